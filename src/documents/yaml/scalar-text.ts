import type { Span } from "../../diagnostics/lines.ts";
import type { DecodedText } from "../written.ts";
import { DecodedTextBuilder } from "../written.ts";
import { decodeBlockScalar } from "./scalar-block.ts";

/**
 * Decodes the JSON string or YAML scalar in a span of the source. A block scalar with an explicit indentation
 * indicator depends on its context; `value`, as the YAML parser decoded it, resolves that.
 */
export function decodeScalar(source: string, { start, end }: Span, value?: string): DecodedText {
  const first = source[start];
  if (first === "|" || first === ">") return decodeBlockScalar(source, { start, end }, value);
  if (first === '"') return decodeFlowScalar(source, start + 1, end - 1, decodeDoubleQuotedEscape);
  if (first === "'") return decodeFlowScalar(source, start + 1, end - 1, decodeSingleQuotedEscape);
  return decodeFlowScalar(source, start, end, () => undefined);
}

/** Length of the escape in the source and the text that it stands for; undefined for any other character. */
type EscapeDecoder = (source: string, at: number) => { length: number; text: string } | undefined;

const decodeSingleQuotedEscape: EscapeDecoder = (source, at) =>
  source.startsWith("''", at) ? { length: 2, text: "'" } : undefined;

const DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };
/** YAML 1.2, section 5.7, which includes the escapes of JSON. */
const NAMED: Record<string, string> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

const decodeDoubleQuotedEscape: EscapeDecoder = (source, at) => {
  if (source[at] !== "\\") return undefined;
  const letter = source[at + 1] ?? "";
  const digits = DIGITS[letter];
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    return { length: 2 + digits, text: code <= 0x10ffff ? String.fromCodePoint(code) : "" };
  }
  const hidden = /\r?\n[ \t]*/y;
  hidden.lastIndex = at + 1;
  const lineBreak = hidden.exec(source);
  if (lineBreak) return { length: 1 + lineBreak[0].length, text: "" };
  return { length: 2, text: NAMED[letter] ?? letter };
};

/** A line break with the white space around it and the empty lines after it. */
const FOLD = /[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/y;

/**
 * Decodes quoted and plain scalars: a single line break folds into a space, of several all but the first are
 * kept.
 */
function decodeFlowScalar(source: string, start: number, end: number, escapeAt: EscapeDecoder): DecodedText {
  const pieces = new DecodedTextBuilder(start);
  const text = source.slice(0, end);
  for (let at = start; at < end; ) {
    const fold = isBlank(text.charCodeAt(at)) ? matchFold(text, at) : undefined;
    const escaped = fold ? undefined : escapeAt(text, at);
    if (fold) addFold(pieces, fold, at);
    else if (escaped) pieces.add(escaped.text, at, at + escaped.length);
    else pieces.copy(text, at, findBlanksEnd(text, at));
    at += fold?.length ?? escaped?.length ?? findBlanksEnd(text, at) - at;
  }
  return pieces;
}

/**
 * The end of the character at `at`, or of a whole run of blanks: testing each blank of a long run for a fold
 * would take quadratic time.
 */
function findBlanksEnd(text: string, at: number): number {
  let end = at + 1;
  if (text[at] === " " || text[at] === "\t") while (text[end] === " " || text[end] === "\t") end++;
  return end;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;

function matchFold(text: string, at: number): string | undefined {
  FOLD.lastIndex = at;
  return FOLD.exec(text)?.[0];
}

function addFold(pieces: DecodedTextBuilder, fold: string, at: number): void {
  const breaks = [...fold.matchAll(/\r?\n/g)];
  if (breaks.length === 1) pieces.add(" ", at, at + fold.length);
  for (const {
    index,
    0: { length },
  } of breaks.slice(1)) {
    pieces.add("\n", at + index, at + index + length);
  }
}
