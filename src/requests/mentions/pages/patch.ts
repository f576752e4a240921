import type { Unread } from "../../request.ts";
import type { ScriptLine } from "../../scripts/lines.ts";
import { splitLines } from "../../scripts/lines.ts";
import { languageByName } from "../detect-language.ts";
import { findCalls, placedAt } from "../find.ts";
import type { KnownNames } from "../names.ts";
import type { ProgramLanguage } from "../program-language.ts";
import { certainCallsInPart } from "../texts.ts";

/** What a patch changes in one place. */
interface Hunk {
  start: number;
  /** By the name of the file that is patched, which the patch says or doesn't. */
  language: ProgramLanguage | undefined;
  /** Its lines as they are once it is applied: what it takes away is blank, and every character keeps its place. */
  kept: string;
  adds: boolean;
}

/**
 * The calls in what a patch adds, and in the lines around that: an argument of a call may be all that changes. A hunk is
 * only a part of a file, so that what it calls is said and not read. `guess` tells a language where none is known.
 */
export const callsInPatch = (
  text: string,
  names: KnownNames,
  guess?: (code: string) => ProgramLanguage | undefined,
): Unread[] =>
  hunksOf(text)
    .filter(({ adds }) => adds)
    .flatMap(({ start, kept, language = guess?.(kept) }) => {
      // A hunk may begin inside of a comment or a string: what is certain without them counts, too.
      const told = language ? findCalls(kept, language, names) : [];
      const places = new Set(told.map(({ span }) => span.start));
      const others = certainCallsInPart(kept, names, "patch").filter(({ span }) => !places.has(span.start));
      return placedAt(start, [...told, ...others]);
    });

/** What begins a hunk, in a unified patch, in one with context, and in one that `ed` understands. */
const HUNK = /^(?:@@|\*{15}|(?:\*{3}|---) \d{1,9}(?:,\d{1,9})? (?:\*{4}|----)|\d{1,9}(?:,\d{1,9})?[acd]\d)/;
/** The file in its new state; the line above names its old one. */
const FILE = /^(?:\+{3}|---) (?:[ab]\/)?(\S[^\t\r\n]{0,500})/;

/** `--- a/x` and `+++ b/x`, or `*** a/x` and `--- b/x`: hunks may have lines that begin so, but hardly below each other. */
const nameFiles = (line: string, next: string): boolean =>
  !HUNK.test(next) &&
  ((/^--- \S/.test(line) && /^\+{3} \S/.test(next)) || (/^\*{3} \S/.test(line) && /^--- \S/.test(next)));

/** Lines of a hunk begin with a mark, or are empty. */
const MARKED = /^(?:[-+ !<>\\\t]|$)/;

function hunksOf(text: string): Hunk[] {
  const lines = splitLines(text);
  const indentation = leastIndentation(text, lines);
  const contents = lines.map(({ start, end }) => text.slice(Math.min(start + indentation, end), end));
  const isWhole = !contents.some((content) => HUNK.test(content));
  const hunks: Hunk[] = [];
  let language: ProgramLanguage | undefined;
  let open: Hunk | undefined;
  const begin = (start: number): Hunk => {
    const hunk = { start, language, kept: "", adds: false };
    hunks.push(hunk);
    return hunk;
  };
  for (const [index, line] of lines.entries()) {
    const content = contents[index]!;
    const isNew = nameFiles(contents[index - 1] ?? "", content);
    if (isNew) language = languageByName(FILE.exec(content)?.[1]?.trim() ?? "");
    const isHead = isNew || nameFiles(content, contents[index + 1] ?? "");
    if (HUNK.test(content)) open = begin(line.next);
    else if (isHead || !(isWhole || MARKED.test(content))) open = undefined;
    else if (isWhole || open) {
      open ??= begin(line.start);
      open.kept += keptOf(text, line, content);
      open.adds ||= /^[+>!]/.test(content);
    }
  }
  return hunks;
}

/** A line of the file as it is once it is patched, at the same length. */
function keptOf(text: string, { start, end, next }: ScriptLine, content: string): string {
  const before = " ".repeat(end - start - content.length);
  const [mark = ""] = content;
  const kept = /[-<\\]/.test(mark) ? " ".repeat(content.length) : content.replace(/^[+>! ]/, " ");
  return before + kept + text.slice(end, next);
}

/** What stands before every line of a block inside of a list. */
function leastIndentation(text: string, lines: readonly ScriptLine[]): number {
  const depths = lines
    .map(({ start, end }) => text.slice(start, end))
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)![0].length);
  return depths.reduce((least, depth) => Math.min(least, depth), text.length);
}
