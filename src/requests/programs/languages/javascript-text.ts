import { codedEscape, lineEnd } from "../model/escapes.ts";
import type { Escape } from "../model/reader.ts";

const NAMED: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
  "\u2028": "",
  "\u2029": "",
};

const CODED = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\})/y;

/** The escape at a place of a string literal (ECMA-262, "String Literals"). */
export function javascriptEscape(source: string, at: number): Escape | "unknown" | undefined {
  if (source[at] !== "\\") return undefined;
  if (source.startsWith("\\\r\n", at)) return { length: 3, text: "" };
  const next = source[at + 1] ?? "";
  if (Object.hasOwn(NAMED, next)) return { length: 2, text: NAMED[next]! };
  if (next === "0" && !/\d/.test(source[at + 2] ?? "")) return { length: 2, text: "\0" };
  if (/\d/.test(next)) return "unknown";
  if (next !== "x" && next !== "u") return { length: 2, text: next };
  CODED.lastIndex = at;
  const [whole, ...codes] = CODED.exec(source) ?? [];
  const code = Number.parseInt(codes.find((digits) => digits !== undefined) ?? "", 16);
  return whole === undefined ? "unknown" : codedEscape(whole, code, false);
}

/** In a template, lines end with a line feed, however they end in the file. */
export const templateEscape = (source: string, at: number): Escape | "unknown" | undefined =>
  lineEnd(source, at) ?? javascriptEscape(source, at);
