import type { ScriptKind } from "../kind.ts";
import type { ScriptLine } from "../lines.ts";
import { splitLines } from "../lines.ts";
import type { CodeBlock } from "./code-block.ts";
import {
  dedentLines,
  getLineHead,
  isShellLanguage,
  measureIndent,
  readCodeBlock,
  readPromptLines,
} from "./code-block.ts";

/** Code blocks of reStructuredText: those of a directive, and literal blocks after `::`. */
export const restructuredTextScripts: ScriptKind = {
  matches: (path) => /\.(?:rst|rest)$/i.test(path),
  isProse: true,
  findScripts: (text) => {
    const { blocks, outside } = findBlocks(text);
    return [...blocks.flatMap((block) => readCodeBlock(text, block)), ...readPromptLines(text, outside)];
  },
};

const DIRECTIVE =
  /^[ \t]*\.\. (?:code-block|code|sourcecode|highlight|prompt|parsed-literal|literalinclude|tabs?)::[ \t]*([\w-]*)/;
const SUBSTITUTION = /(?<=[\s"'=/])\|[\w-]{1,60}\|/;
const LITERAL = /::[ \t]*$/;
const DIRECTIVE_OPTION = /^[ \t]*:[\w-]+:/;

function findBlocks(text: string): { blocks: CodeBlock[]; outside: ScriptLine[] } {
  const blocks: CodeBlock[] = [];
  const outside: ScriptLine[] = [];
  const lines = splitLines(text);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const head = getLineHead(text, line);
    const directive = DIRECTIVE.exec(head);
    if (
      !directive &&
      (!LITERAL.test(text.slice(Math.max(line.start, line.end - 40), line.end)) || /^[ \t]*\.\. /.test(head))
    ) {
      outside.push(line);
      continue;
    }
    const block = collectIndented(text, lines, at + 1, measureIndent(text, line));
    if (block.length === 0) continue;
    at += block.length;
    const content = directive
      ? block.filter((inner) => !DIRECTIVE_OPTION.test(getLineHead(text, inner)))
      : block;
    const width = content
      .filter((inner) => !isBlank(text, inner))
      .reduce((least, inner) => Math.min(least, measureIndent(text, inner)), Number.POSITIVE_INFINITY);
    // In a parsed literal, `|name|` is filled in; a shell would take it for pipes.
    const isFilledIn = content.some((inner) => SUBSTITUTION.test(getLineHead(text, inner)));
    blocks.push({
      lines: dedentLines(text, content, width),
      isShell: isFilledIn ? false : isShellLanguage(directive?.[1] ?? ""),
    });
  }
  return { blocks, outside };
}

/** The lines from `from` on that are indented more than `indent`, and the blank lines between them. */
function collectIndented(
  text: string,
  lines: readonly ScriptLine[],
  from: number,
  indent: number,
): ScriptLine[] {
  let end = from;
  for (let at = from; at < lines.length; at++) {
    if (isBlank(text, lines[at]!)) continue;
    if (measureIndent(text, lines[at]!) <= indent) break;
    end = at + 1;
  }
  return lines.slice(from, end);
}

const isBlank = (text: string, { start, end }: ScriptLine): boolean => text.slice(start, end).trim() === "";
