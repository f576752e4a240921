import { endOfLine } from "../../diagnostics/lines.ts";

const SPACE = 0x20;

/** A shorter stretch is blanked by a loop: `fill` takes as long as a few characters do. */
const SHORT = 32;

/**
 * A text of which stretches become blank, in order from its beginning. It has as many characters, and the same lines. It is kept as
 * bytes, since pieces of text that are put together in the end take several times as long, most of it for garbage collection.
 */
export class BlankedText {
  readonly #text: string;
  readonly #bytes: Buffer;
  /** Bytes a character. */
  readonly #width: 1 | 2;
  /** As far as it is decided what is blank. */
  #done = 0;
  /** The end of the line that was blanked last. */
  #lineEnd = -1;

  constructor(text: string) {
    this.#text = text;
    this.#width = WIDE.test(text) ? 2 : 1;
    this.#bytes = Buffer.from(text, ENCODINGS[this.#width]);
  }

  keepUntil(end: number): void {
    if (end > this.#done) this.#done = end;
  }

  /** Blanks what is neither kept nor blank before a place. */
  blankUntil(end: number): void {
    for (let at = this.#done; at < end; at = this.#lineEnd + 1) {
      if (this.#lineEnd < at) this.#lineEnd = endOfLine(this.#text, at);
      this.#blankLine(at, Math.min(this.#lineEnd, end));
    }
    this.keepUntil(end);
  }

  done(): string {
    return this.#bytes.toString(ENCODINGS[this.#width]);
  }

  #blankLine(start: number, end: number): void {
    const bytes = this.#bytes;
    if (this.#width === 1 && end - start >= SHORT) fillBytes.call(bytes, SPACE, start, end);
    else if (this.#width === 1) for (let at = start; at < end; at++) bytes[at] = SPACE;
    else
      for (let at = start; at < end; at++) {
        bytes[2 * at] = SPACE;
        bytes[2 * at + 1] = 0;
      }
  }
}

/** That of `Buffer` looks for more kinds of values. */
const fillBytes = Uint8Array.prototype.fill;

const WIDE = /[^\0-\xff]/;
const ENCODINGS = { 1: "latin1", 2: "utf16le" } as const;
