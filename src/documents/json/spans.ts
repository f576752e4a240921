import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";

/** A value whose end is known, and whose parts are found when one is asked for. */
interface ValueSpan extends Span {
  parts?: Map<string, Part>;
}

interface Part {
  key: Span | undefined;
  value: ValueSpan;
}

/**
 * The positions of the values in a valid JSON text without duplicate keys. Only the objects and lists on the way
 * to a value are read: a context file may be large, and a finding points at one statement in it.
 */
export class JsonSpans {
  readonly #text: string;
  #root: ValueSpan | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The span of the part at `path`, or of its nearest existing ancestor. */
  find(path: Path, at: "key" | "value"): Span {
    this.#root ??= { start: this.#skipSpace(0), end: this.#text.trimEnd().length };
    let part: Part = { key: undefined, value: this.#root };
    for (const name of path) {
      const { value } = part;
      value.parts ??= this.#readParts(value.start);
      const next = value.parts.get(String(name));
      if (!next) return toSpan(value);
      part = next;
    }
    return toSpan(at === "key" && part.key ? part.key : part.value);
  }

  #readParts(start: number): Map<string, Part> {
    const parts = new Map<string, Part>();
    const isObject = this.#text.charCodeAt(start) === OPEN_BRACE;
    if (!isObject && this.#text.charCodeAt(start) !== OPEN_BRACKET) return parts;
    let at = this.#skipSpace(start + 1);
    while (!isClosing(this.#text.charCodeAt(at))) {
      const key = isObject ? { start: at, end: findClosingQuote(this.#text, at) + 1 } : undefined;
      const value = this.#readValue(key ? this.#skipSpace(this.#skipSpace(key.end) + 1) : at);
      const name = key ? (JSON.parse(this.#text.slice(key.start, key.end)) as string) : String(parts.size);
      parts.set(name, { key, value });
      at = this.#skipSpace(value.end);
      if (this.#text.charCodeAt(at) === COMMA) at = this.#skipSpace(at + 1);
    }
    return parts;
  }

  #readValue(start: number): ValueSpan {
    const text = this.#text;
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) at = findClosingQuote(text, at);
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
      else if (isClosing(code)) depth--;
      else if (depth > 0 || !isEndOfScalar(text.charCodeAt(at + 1))) continue;
      if (depth === 0) return { start, end: at + 1 };
    }
    return { start, end: text.length };
  }

  #skipSpace(start: number): number {
    let at = start;
    while (isJsonSpace(this.#text.charCodeAt(at))) at++;
    return at;
  }
}

/** The position of the quote that ends a string of valid JSON. */
export function findClosingQuote(text: string, open: number): number {
  let before = open;
  for (;;) {
    const at = text.indexOf('"', before + 1);
    if (at < 0) return text.length;
    let start = at;
    while (text.charCodeAt(start - 1) === BACKSLASH) start--;
    if ((at - start) % 2 === 0) return at;
    before = at;
  }
}

const toSpan = ({ start, end }: Span): Span => ({ start, end });

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d || Number.isNaN(code);

export const isJsonSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Whether a number or a word ends before this character, of which there is none at the end of the text. */
const isEndOfScalar = (code: number): boolean => code === COMMA || isClosing(code) || isJsonSpace(code);
