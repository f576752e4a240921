import { codedEscape } from "../../model/escapes.ts";
import type { Escape, EscapeAt } from "../../model/reader.ts";

const NAMED: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  v: "\v",
  e: "\x1b",
  f: "\f",
  "\\": "\\",
  $: "$",
};

const CODED = /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|u\{([\da-fA-F]{1,6})\})/y;

/** The escape at a place of a text in double quotes, or without any (PHP's manual, "Strings"). */
export const phpEscape =
  (quote: string): EscapeAt =>
  (source, at): Escape | "unknown" | undefined => {
    if (source[at] !== "\\") return undefined;
    const next = source[at + 1] ?? "";
    if (next !== "" && next === quote) return { length: 2, text: quote };
    if (Object.hasOwn(NAMED, next)) return { length: 2, text: NAMED[next]! };
    CODED.lastIndex = at;
    const [whole, octal, byte, point] = CODED.exec(source) ?? [];
    // What is no escape stands for itself, with the backslash.
    if (whole === undefined) return undefined;
    const code = octal === undefined ? Number.parseInt(byte ?? point!, 16) : Number.parseInt(octal, 8);
    return codedEscape(whole, code, point === undefined);
  };

/** In single quotes, a backslash stands for itself, but before another or the quote. */
export function rawPhpEscape(source: string, at: number): Escape | undefined {
  const next = source[at + 1] ?? "";
  return source[at] === "\\" && (next === "\\" || next === "'") ? { length: 2, text: next } : undefined;
}

/** A whole number in any notation, or a decimal one; undefined for what isn't plain. */
export function phpNumber(source: string): number | undefined {
  const digits = source.replaceAll("_", "").toLowerCase();
  const value = Number(digits);
  const isWhole = /^[\da-fxob]+$/.test(digits);
  return Number.isNaN(value) || /^0\d/.test(digits) || (isWhole && !Number.isSafeInteger(value))
    ? undefined
    : value;
}
