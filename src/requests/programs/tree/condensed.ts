import type { Span } from "../../../diagnostics/lines.ts";

/** A text without some stretches, and where its characters stand in the whole. */
export class CondensedText {
  readonly text: string;
  /** Where the stretches that remain begin, in this text and in the whole. */
  readonly #starts: number[] = [];
  readonly #shifts: number[] = [];

  constructor(whole: string, omitted: readonly Span[]) {
    const pieces: string[] = [];
    let [from, length] = [0, 0];
    for (const { start, end } of [...omitted, { start: whole.length, end: whole.length }]) {
      if (start > from || pieces.length === 0) {
        this.#starts.push(length);
        this.#shifts.push(from - length);
        pieces.push(whole.slice(from, start));
        length += start - from;
      }
      from = end;
    }
    this.text = pieces.join("");
  }

  /** The place of the character at an offset. */
  startOf(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return offset + this.#shifts[low]!;
  }

  /** The place behind the character before an offset. */
  endOf(offset: number): number {
    return offset === 0 ? this.startOf(0) : this.startOf(offset - 1) + 1;
  }
}
