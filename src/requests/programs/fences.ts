import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { shownText } from "../mentions/pages/markup.ts";
import { codeInPage } from "../mentions/pages/page-code.ts";
import type { ScriptLine } from "../scripts/lines.ts";
import { splitLines } from "../scripts/lines.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed } from "./languages/index.ts";

/** The blocks of a page that are programs in a language with a reader. */
export function fencedPrograms(
  path: string,
  text: string,
): { language: LanguageReader; within: EmbeddedText }[] {
  return codeInPage(path, text).flatMap(({ language, start, end, isMarkup }) => {
    const known = language && languageNamed(language.name);
    if (!known) return [];
    const within = isMarkup
      ? shownText(text, { start, end })
      : withoutIndentation(text, linesWithin(text, start, end));
    return [{ language: known, within }];
  });
}

const linesWithin = (text: string, from: number, to: number): ScriptLine[] =>
  splitLines(text.slice(from, to)).map(({ start, end, next, ...line }) => ({
    ...line,
    start: from + start,
    end: from + end,
    next: from + next,
  }));

/** What stands before every line of a fence inside of a list item or a quote is no part of the program. */
function withoutIndentation(text: string, lines: readonly ScriptLine[]): EmbeddedText {
  const prompted = lines.filter(({ start, end }) => PROMPT.test(text.slice(start, end)));
  if (prompted.some(({ start, end }) => /^[ \t>]*(?:>>>|In \[)/.test(text.slice(start, end))))
    return behindPrompts(text, prompted);
  const indentations = lines
    .map(({ start, end }) => text.slice(start, end))
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t>]*/.exec(line)![0].length);
  const common = Math.min(...indentations, Number.MAX_SAFE_INTEGER);
  const pieces = new DecodedTextBuilder(lines[0]?.start ?? 0);
  for (const { start, end, next } of lines) pieces.copy(text, Math.min(start + common, end), next);
  return embedDecoded(pieces);
}

/** What Python's console writes before what is typed; all other lines are answers. */
const PROMPT = /^[ \t>]{0,40}?(?:>>>|\.\.\.|In \[\d{1,6}\]:|\.{3,9}:)(?:[ \t]|$)/;

function behindPrompts(text: string, lines: readonly ScriptLine[]): EmbeddedText {
  const pieces = new DecodedTextBuilder(lines[0]!.start);
  for (const { start, end, next } of lines) {
    const prompt = PROMPT.exec(text.slice(start, end))![0].length;
    pieces.copy(text, start + prompt, next);
  }
  return embedDecoded(pieces);
}
