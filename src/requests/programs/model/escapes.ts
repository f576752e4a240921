import type { Escape, EscapeAt } from "./reader.ts";

/** What an escape says by a number: a character, or a byte, which above ASCII is a part of one. */
export const codedEscape = (whole: string, code: number, isByte: boolean): Escape | "unknown" =>
  code > (isByte ? 0x7f : 0x10ffff) ? "unknown" : { length: whole.length, text: String.fromCodePoint(code) };

/** A line of a program ends with a line feed, however it ends in the file. */
export const lineEnd = (source: string, at: number): Escape | undefined =>
  source[at] === "\r" ? { length: source[at + 1] === "\n" ? 2 : 1, text: "\n" } : undefined;

/** The escapes of a text where braces begin holes, and stand for themselves when they are doubled. */
export const withDoubledBraces =
  (escapeAt: EscapeAt): EscapeAt =>
  (source, at) =>
    source.startsWith("{{", at) || source.startsWith("}}", at)
      ? { length: 2, text: source[at]! }
      : escapeAt(source, at);

/** The escapes of a text whose lines begin where its end does: their indentation is left out. */
export const withoutIndentation =
  (indentation: string, escapeAt: EscapeAt): EscapeAt =>
  (source, at) => {
    const isIndented = indentation !== "" && source[at - 1] === "\n" && source.startsWith(indentation, at);
    return isIndented ? { length: indentation.length, text: "" } : escapeAt(source, at);
  };

/** Where the line before another ends. */
export const endOfLineBefore = (source: string, lineStart: number): number =>
  lineStart - (source[lineStart - 2] === "\r" ? 2 : 1);
