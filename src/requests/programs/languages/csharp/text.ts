import { codedEscape } from "../../model/escapes.ts";
import type { Escape, EscapeAt } from "../../model/reader.ts";

const NAMED: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  "\\": "\\",
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

const CODED = /\\(?:x([\da-fA-F]{1,4})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y;

/** The escape at a place of a regular string literal (C# specification, 6.4.5.6). */
export function csharpEscape(source: string, at: number): Escape | "unknown" | undefined {
  if (source[at] !== "\\") return undefined;
  const named = NAMED[source[at + 1] ?? ""];
  if (named !== undefined) return { length: 2, text: named };
  CODED.lastIndex = at;
  const [whole, ...codes] = CODED.exec(source) ?? [];
  const code = Number.parseInt(codes.find((digits) => digits !== undefined) ?? "", 16);
  return whole === undefined ? "unknown" : codedEscape(whole, code, false);
}

/** In a verbatim string, only the quote is doubled. */
export const verbatimEscape: EscapeAt = (source, at) =>
  source.startsWith('""', at) ? { length: 2, text: '"' } : undefined;

/** A number without a suffix, or of which the suffix only says the type. */
export function csharpNumber(source: string): number | undefined {
  const plain = source.replaceAll("_", "").toLowerCase();
  const digits = plain.startsWith("0x")
    ? plain.replace(/[ul]{1,2}$/, "")
    : plain.replace(/(?:[ul]{1,2}|[fdm])$/, "");
  const value = Number(digits);
  return Number.isNaN(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) ? undefined : value;
}
