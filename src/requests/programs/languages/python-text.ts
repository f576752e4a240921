import { codedEscape, lineEnd } from "../model/escapes.ts";
import type { Escape } from "../model/reader.ts";

/** Python language reference, "String and Bytes literals". */
const NAMED: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const CODED = /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y;

/** The escape at a place of a text that isn't raw. Names of characters (`\N{BULLET}`) aren't known here. */
export function pythonEscape(source: string, at: number): Escape | "unknown" | undefined {
  const line = lineEnd(source, at);
  if (line || source[at] !== "\\") return line;
  if (source.startsWith("\\\r\n", at)) return { length: 3, text: "" };
  const named = NAMED[source[at + 1] ?? ""];
  if (named !== undefined) return { length: 2, text: named };
  if (source.startsWith("\\N{", at)) return "unknown";
  CODED.lastIndex = at;
  const coded = CODED.exec(source);
  // What is no escape stands for itself, with the backslash.
  if (!coded) return { length: 2, text: source.slice(at, at + 2) };
  const [whole, octal, ...hexadecimal] = coded;
  const code = octal === undefined ? Number.parseInt(hexadecimal.join(""), 16) : Number.parseInt(octal, 8);
  return codedEscape(whole, code, false);
}

/** A whole number in any notation, or a decimal one; undefined for complex numbers, and what an old Python reads otherwise. */
export function pythonNumber(source: string): number | bigint | undefined {
  const digits = source.replaceAll("_", "").toLowerCase();
  if (!/^(?:\d+|0[xob][\da-f]+)$/.test(digits) || /^0\d/.test(digits)) {
    const float = /^[\d.]+(?:e[+-]?\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
    return Number.isNaN(float) ? undefined : float;
  }
  const whole = BigInt(digits);
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
}
