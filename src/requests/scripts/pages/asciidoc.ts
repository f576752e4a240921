import type { ScriptKind } from "../kind.ts";
import type { ScriptLine } from "../lines.ts";
import { splitLines } from "../lines.ts";
import type { CodeBlock } from "./code-block.ts";
import { getLineHead, isShellLanguage, readCodeBlock, readPromptLines } from "./code-block.ts";

/** Listing and literal blocks of AsciiDoc. */
export const asciidocScripts: ScriptKind = {
  matches: (path) => /\.(?:adoc|asciidoc|asc)$/i.test(path),
  isProse: true,
  findScripts: (text) => {
    const { blocks, outside } = findBlocks(text);
    return [...blocks.flatMap((block) => readCodeBlock(text, block)), ...readPromptLines(text, outside)];
  },
};

/** `[source,bash]`, `[source%linenums,bash,subs="…"]`, `[,bash]`. */
const ATTRIBUTES = /^\[([^\]]*)\]/;
const DELIMITER = /^(-{4,}|\.{4,}|`{3,})(\w[\w-]*)?[ \t]*$/;

function findBlocks(text: string): { blocks: CodeBlock[]; outside: ScriptLine[] } {
  const blocks: CodeBlock[] = [];
  const outside: ScriptLine[] = [];
  let open: (CodeBlock & { mark: string }) | undefined;
  let language = "";
  for (const line of splitLines(text)) {
    const head = getLineHead(text, line);
    const [, mark, fenced = ""] = DELIMITER.exec(head) ?? [];
    if (open) {
      if (mark === open.mark) open = undefined;
      else open.lines.push(line);
    } else if (mark !== undefined) {
      open = { mark, lines: [], isShell: isShellLanguage(language || fenced) };
      blocks.push(open);
      language = "";
    } else {
      const attributes = ATTRIBUTES.exec(head);
      // The block may have a title between its attributes and its first line.
      if (attributes) language = /^[^,]*,[ \t]*([\w-]+)/.exec(attributes[1]!)?.[1] ?? "";
      else if (!head.startsWith(".")) language = "";
      outside.push(line);
    }
  }
  return { blocks, outside };
}
