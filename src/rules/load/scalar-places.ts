import type { Span } from "../../diagnostics/lines.ts";

/**
 * From an offset in the text that a YAML scalar stands for to where that character is written. However a scalar
 * is quoted, folded or indented, its characters other than white space come in order, each once: so the n-th of
 * them in the one text is the n-th in the other.
 */
export function placesIn(source: string, { start, end }: Span, value: string): (offset: number) => number {
  const written = characters(source, start, end);
  const meant = [...value.matchAll(/\S/g)].map(({ index }) => index);
  if (written.length !== meant.length) return () => start;
  return (offset) => {
    const nth = meant.findIndex((at) => at >= offset);
    if (nth >= 0) return written[nth] ?? start;
    const last = written.at(-1);
    return last === undefined ? start : last + 1;
  };
}

/** Where each UTF-16 unit of the value that isn't white space is written. */
function characters(source: string, start: number, end: number): number[] {
  const first = source[start];
  if (first === "|" || first === ">") return plainCharacters(source, endOfLine(source, start), end);
  if (first === '"') return quotedCharacters(source, start + 1, end - 1, doubleQuoted);
  if (first === "'") return quotedCharacters(source, start + 1, end - 1, singleQuoted);
  return plainCharacters(source, start, end);
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf("\n", from);
  return end < 0 ? source.length : end;
}

function plainCharacters(source: string, start: number, end: number): number[] {
  const found: number[] = [];
  for (let at = start; at < end; at++) if (/\S/.test(source[at] ?? "")) found.push(at);
  return found;
}

/** How many units an escape takes in the source, and what it stands for; undefined for other characters. */
type Escape = (source: string, at: number) => { length: number; text: string } | undefined;

const singleQuoted: Escape = (source, at) =>
  source.startsWith("''", at) ? { length: 2, text: "'" } : undefined;

const DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };
/** Escapes that stand for white space, which doesn't count here, and the line break that an escape hides. */
const BLANK = new Set(["t", "n", "v", "f", "r", " ", "\t", "_", "L", "P", "\n"]);
const NAMED: Record<string, string> = { "0": "\0", a: "\x07", b: "\b", e: "\x1b", N: "\x85" };

const doubleQuoted: Escape = (source, at) => {
  if (source[at] !== "\\") return undefined;
  const letter = source[at + 1] ?? "";
  const digits = DIGITS[letter];
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    return { length: 2 + digits, text: code <= 0x10ffff ? String.fromCodePoint(code) : "" };
  }
  return { length: 2, text: BLANK.has(letter) ? "" : (NAMED[letter] ?? letter) };
};

function quotedCharacters(source: string, start: number, end: number, escapeAt: Escape): number[] {
  const found: number[] = [];
  for (let at = start; at < end; ) {
    const escaped = escapeAt(source, at);
    const text = escaped?.text ?? source[at] ?? "";
    for (const unit of text.split("")) if (/\S/.test(unit)) found.push(at);
    at += escaped?.length ?? 1;
  }
  return found;
}
