import { isUtf8 } from "node:buffer";

/** A line of the input, or the beginning of one that is too long or isn't UTF-8. */
export interface InputLine {
  text: string;
  fault?: "too-large" | "encoding";
}

/** As much of a line that is too long is kept, to find its id. */
const MAX_HEAD = 65_536;

/** A line may come byte by byte, and each piece takes memory of its own. */
const MAX_PIECES = 1000;

const NEWLINE = 10;
const BYTE_ORDER_MARK = "\uFEFF";

/** Splits bytes into lines, and keeps no more of one than the limit. */
export class LineSplitter {
  readonly #limit: number;
  #pending: Buffer[] = [];
  #length = 0;
  #isFirst = true;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines that end in these bytes. */
  *split(bytes: Buffer): Generator<InputLine> {
    let start = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
      this.#add(bytes.subarray(start, at));
      yield this.#take();
      start = at + 1;
    }
    this.#add(bytes.subarray(start));
  }

  /** The last line, if the input doesn't end with a line break. */
  *end(): Generator<InputLine> {
    if (this.#length > 0) yield this.#take();
  }

  #add(bytes: Buffer): void {
    const room = this.#length > this.#limit ? 0 : this.#limit + 1 - this.#length;
    this.#length += bytes.length;
    // A copy of the head: the rest of a piece must not be kept for it.
    if (room > 0 && bytes.length > 0) this.#pending.push(bytes.subarray(0, room));
    if (this.#pending.length > MAX_PIECES) this.#pending = [Buffer.concat(this.#pending)];
    if (this.#length > this.#limit && room > 0)
      this.#pending = [Buffer.from(Buffer.concat(this.#pending).subarray(0, MAX_HEAD))];
  }

  #take(): InputLine {
    const bytes = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending);
    const isLong = this.#length > this.#limit;
    this.#pending = [];
    this.#length = 0;
    const text = bytes.toString();
    const line = this.#isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    this.#isFirst = false;
    if (isLong) return { text: line, fault: "too-large" };
    return line.includes("\uFFFD") && !isUtf8(bytes) ? { text: line, fault: "encoding" } : { text: line };
  }
}
