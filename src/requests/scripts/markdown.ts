import type { ScriptKind } from "./kind.ts";
import type { ScriptLine } from "./lines.ts";
import { splitLines } from "./lines.ts";
import type { CodeBlock } from "./pages/code-block.ts";
import {
  dedentLines,
  getLineHead,
  isShellLanguage,
  measureIndent,
  readCodeBlock,
  readPromptLines,
} from "./pages/code-block.ts";
import { findIndentedBlocks } from "./pages/indented-blocks.ts";

/** Code blocks that contain a shell script or a terminal session. */
export const markdownScripts: ScriptKind = {
  matches: (path) => /\.(?:md|markdown|mdx|rmd|qmd)$/i.test(path),
  isProse: true,
  findScripts: (text) => {
    const { fences, outside } = findFences(text);
    const blocks = [...fences, ...findIndentedBlocks(text, outside)];
    return [...blocks.flatMap((block) => readCodeBlock(text, block)), ...readPromptLines(text, outside)];
  },
};

const OPENING = /^[ \t>*+\d.-]*?(`{3,}|~{3,})[ \t]*\{?\.?([\w-]*)[^`]*$/;

interface OpenFence extends CodeBlock {
  mark: string;
  isQuoted: boolean;
  indent: number;
}

/** The fenced blocks of a page, and the lines outside of them. */
function findFences(text: string): { fences: CodeBlock[]; outside: ScriptLine[] } {
  const fences: CodeBlock[] = [];
  const outside: ScriptLine[] = [];
  let open: OpenFence | undefined;
  for (const line of splitLines(text)) {
    const head = getLineHead(text, line);
    if (open && isClosing(head, open.mark)) open = undefined;
    else if (open) open.lines.push(...trimLine(text, line, open));
    else {
      const [, mark, language = ""] = OPENING.exec(head) ?? [];
      if (mark === undefined) outside.push(line);
      else {
        const isQuoted = measureQuoteMarker(head) > 0;
        open = {
          mark,
          lines: [],
          isShell: isShellLanguage(language),
          isQuoted,
          indent: measureIndent(text, line),
        };
        fences.push(open);
      }
    }
  }
  return { fences, outside };
}

/** A line without what the block around it puts before it. */
const trimLine = (text: string, line: ScriptLine, { isQuoted, indent }: OpenFence): ScriptLine[] =>
  isQuoted
    ? [{ ...line, start: line.start + measureQuoteMarker(getLineHead(text, line)) }]
    : dedentLines(text, [line], indent);

/** The length of the `> ` markers of a block quote. */
const measureQuoteMarker = (line: string): number => /^(?:[ \t]*>[ ]?)*/.exec(line)![0].length;

function isClosing(line: string, mark: string): boolean {
  const text = line.trim().replace(/^(?:>\s*)+/, "");
  return text.length >= mark.length && text === mark[0]!.repeat(text.length);
}
