import type { Escape, EscapeAt } from "../../model/reader.ts";

const NAMED: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The escape at a place of a text in which variables are replaced (about_Special_Characters, about_Quoting_Rules). */
export const expandableEscape =
  (isHere: boolean): EscapeAt =>
  (source, at): Escape | "unknown" | undefined => {
    if (!isHere && source[at] === '"') return { length: 2, text: '"' };
    if (source[at] !== "`") return undefined;
    const next = source[at + 1] ?? "";
    // A character by its number, or a line that goes on: rare enough.
    if (next === "" || next === "u" || next === "\r" || next === "\n") return "unknown";
    return { length: 2, text: NAMED[next] ?? next };
  };

/** In single quotes, everything stands for itself, but the quote, which is doubled. */
export const quoteEscape = (source: string, at: number): Escape | undefined =>
  source[at] === "'" ? { length: 2, text: "'" } : undefined;

/** A whole or decimal number without a suffix or a multiplier. */
export const powershellNumber = (source: string): number | undefined =>
  /^\d{1,15}(?:\.\d{1,15})?$/.test(source) ? Number(source) : undefined;

/** A word without quotes that is what it says. */
export const isPlainWord = (word: string): boolean => /^[^$`'"(){}@,;|&<>#\s]+$/.test(word);

/** The prompt of a session that is shown, and the one of its lines that go on. */
const PROMPT = /^(?:[ \t]*PS(?: (?:[A-Za-z]:|[/~])[^>\n]*)?>|>>)(?=[ \t])/gm;

/** Words without quotes in a list, with blanks behind the comma, as the grammar doesn't know them. */
const COMMA_AND_BLANK = /(?<=[\s,][A-Za-z0-9_.:/\\*-]{1,200},)[ \t]{1,20}(?=[A-Za-z_/\\.*])/g;

/** The text as the grammar reads it, with every character in its place. */
export const preparedText = (text: string): string =>
  text
    .replace(PROMPT, (prompt) => " ".repeat(prompt.length))
    .replace(COMMA_AND_BLANK, (blanks) => "_".repeat(blanks.length));
