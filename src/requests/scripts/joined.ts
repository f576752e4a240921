import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { UNKNOWN_TEXT } from "../aws-cli/argument.ts";

/** Stands for a stretch of a script that is known only at run time: it may set any variable, or change the directory. */
export const UNKNOWN_LINE = `. ${UNKNOWN_TEXT}`;

/** A line of a script that is not in the file. */
export interface AddedLine {
  text: string;
  /** Where it would be in the file. */
  at: number;
}

/** Joins texts that one shell runs, one after the other: each begins on a line of its own. */
export function joinTexts(texts: readonly (EmbeddedText | AddedLine)[]): EmbeddedText {
  const [first] = texts;
  const pieces = new DecodedTextBuilder(first ? getStart(first) : 0);
  for (const text of texts) {
    const end = "span" in text ? copyText(pieces, text) : addLine(pieces, text);
    pieces.add("\n", end, end);
  }
  return embedDecoded(pieces);
}

const getStart = (text: EmbeddedText | AddedLine): number => ("span" in text ? text.at(0) : text.at);

function addLine(pieces: DecodedTextBuilder, { text, at }: AddedLine): number {
  pieces.add(text, at, at);
  return at;
}

function copyText(pieces: DecodedTextBuilder, inside: EmbeddedText): number {
  const { text } = inside;
  for (let at = 0; at < text.length; at++) {
    const { start, end } = inside.span({ start: at, end: at + 1 });
    pieces.add(text[at]!, start, end);
  }
  return inside.span({ start: 0, end: text.length }).end;
}

/** Replaces what a pattern finds; a replacement has the position of all that it replaces. */
export function replaceMatches(
  inside: EmbeddedText,
  pattern: RegExp,
  replace: (found: RegExpMatchArray) => string,
): EmbeddedText {
  const matches = [...inside.text.matchAll(pattern)];
  if (matches.length === 0) return inside;
  const pieces = new DecodedTextBuilder(inside.at(0));
  const copy = (start: number, end: number): void => {
    for (let at = start; at < end; at++) {
      const span = inside.span({ start: at, end: at + 1 });
      pieces.add(inside.text[at]!, span.start, span.end);
    }
  };
  let from = 0;
  for (const match of matches) {
    const end = match.index + match[0].length;
    copy(from, match.index);
    const span = inside.span({ start: match.index, end });
    pieces.add(replace(match), span.start, span.end);
    from = end;
  }
  copy(from, inside.text.length);
  return embedDecoded(pieces);
}
