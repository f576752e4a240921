import { codedEscape, lineEnd } from "../../model/escapes.ts";
import type { Escape, EscapeAt } from "../../model/reader.ts";

const NAMED: Readonly<Record<string, string>> = {
  "\n": "",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
};

const CODED = /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{4})|u\{[ \t]*([\da-fA-F]{1,6})[ \t]*\})/y;

/** The escape at a place of a text in double quotes (Ruby's documentation, "Literals"). */
export function rubyEscape(source: string, at: number): Escape | "unknown" | undefined {
  if (source[at] !== "\\") return lineEnd(source, at);
  if (source.startsWith("\\\r\n", at)) return { length: 3, text: "" };
  const next = source[at + 1] ?? "";
  CODED.lastIndex = at;
  const [whole, octal, byte, unit, point] = CODED.exec(source) ?? [];
  if (whole !== undefined) {
    const code =
      octal === undefined ? Number.parseInt(byte ?? unit ?? point!, 16) : Number.parseInt(octal, 8);
    return codedEscape(whole, code, octal !== undefined || byte !== undefined);
  }
  // Control and meta characters, and several characters at once.
  if (/[cCMxu]/.test(next)) return "unknown";
  return { length: 1 + next.length, text: NAMED[next] ?? next };
}

/** In a text that is taken as it is, a backslash stands only for itself or for what would end the text. */
export const rawRubyEscape =
  (ends: string): EscapeAt =>
  (source, at) => {
    const next = source[at + 1] ?? "";
    return source[at] === "\\" && (next === "\\" || ends.includes(next)) && next !== ""
      ? { length: 2, text: next }
      : lineEnd(source, at);
  };

/** How the text in a pair of quotes is written, by what opens it: `'`, `"`, `%q(`, `:"`. */
export function rubyEscapeOf(opening: string): EscapeAt {
  const isRaw = opening === "'" || opening === ":'" || /^%[qwis]/.test(opening);
  if (!isRaw) return rubyEscape;
  const last = opening.at(-1)!;
  const pair = ["()", "[]", "{}", "<>"].find(([open]) => open === last);
  return rawRubyEscape(pair ?? last);
}

/** Reads the lines of a here-document without the indentation that all of them have. */
export function dedented(lines: string, escapeAt: EscapeAt): EscapeAt | undefined {
  const filled = lines.split("\n").filter((line) => line.trim() !== "");
  // A tab is as wide as where it stands makes it.
  if (filled.some((line) => /^ *\t/.test(line))) return undefined;
  const indentation = Math.min(...filled.map((line) => /^ */.exec(line)![0].length), Number.MAX_SAFE_INTEGER);
  return (source, at) => {
    const isLineStart = source[at - 1] === "\n";
    if (!isLineStart || source[at] !== " ") return escapeAt(source, at);
    let end = at;
    while (source[end] === " " && end - at < indentation) end++;
    return end > at ? { length: end - at, text: "" } : escapeAt(source, at);
  };
}

/** A whole number in any notation, or a decimal one; undefined for what isn't plain. */
export function rubyNumber(source: string): number | bigint | undefined {
  const digits = source.replaceAll("_", "").toLowerCase().replace(/^0d/, "");
  if (/^0\d/.test(digits)) return undefined;
  const value = Number(digits);
  if (Number.isNaN(value)) return undefined;
  return /^[\da-fxob]+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
}
