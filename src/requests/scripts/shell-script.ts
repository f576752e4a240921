import { embedSlice } from "../../documents/embedded.ts";
import { isShellFile, SHEBANG } from "../../files/file-kinds.ts";
import { toShellText } from "../aws-cli/shell-text.ts";
import type { ScriptKind } from "./kind.ts";

/** A shell script, recognized by its name or its first line. */
export const shellScripts: ScriptKind = {
  matches: (path, text) => isShellFile(path) || SHEBANG.test(text),
  findScripts: (text) => [{ shell: toShellText(embedSlice(text, { start: 0, end: text.length })) }],
};
