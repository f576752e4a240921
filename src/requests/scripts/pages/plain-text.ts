import type { ScriptKind } from "../kind.ts";
import { splitLines } from "../lines.ts";
import { readCodeBlock } from "./code-block.ts";

/** Other texts may be documents. */
const COMMAND_LINE =
  /^[ \t]*(?:\S{0,80}[$%#>][ \t]+)?(?:[A-Z_]+=\S+[ \t]+)*(?:sudo[ \t]+|time[ \t]+)?aws[ \t]/m;

/** Pages without a mark for blocks of code that is known here: their commands stand behind prompts, or begin lines. */
export const plainTextScripts: ScriptKind = {
  matches: (path, text) =>
    /\.(?:txt|text|org|tex|texi|man|pod|wiki|textile)$/i.test(path) && COMMAND_LINE.test(text),
  isProse: true,
  findScripts: (text) => readCodeBlock(text, { lines: splitLines(text), isShell: undefined }),
};
