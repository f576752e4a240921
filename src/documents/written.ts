/** A text that is written inside another, with where each of its UTF-16 units is written there. */
export interface Written {
  text: string;
  /** Per unit where what stands for it starts and ends; several units may come of one escape. */
  starts: number[];
  ends: number[];
  /** Where the first unit would stand: the place of a text without any. */
  from: number;
}

/** Collects a text and its places piece by piece. */
export class Pieces implements Written {
  text = "";
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly from: number;

  constructor(from: number) {
    this.from = from;
  }

  /** A text that one stretch of the source stands for as a whole. */
  add(text: string, start: number, end: number): void {
    this.text += text;
    for (let unit = 0; unit < text.length; unit++) {
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  /** A stretch of the source that stands for itself. */
  copy(source: string, start: number, end: number): void {
    this.text += source.slice(start, end);
    for (let at = start; at < end; at++) {
      this.starts.push(at);
      this.ends.push(at + 1);
    }
  }
}
