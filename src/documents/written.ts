/** A decoded text together with the source position of each of its UTF-16 units. */
export interface DecodedText {
  text: string;
  /** Start and end in the source of each unit; several units may come from one escape. */
  starts: number[];
  ends: number[];
  /** Where the first unit would be: the position of an empty text. */
  from: number;
}

/** Builds a decoded text and its source positions piece by piece. */
export class DecodedTextBuilder implements DecodedText {
  text = "";
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly from: number;

  constructor(from: number) {
    this.from = from;
  }

  /** Adds a text that a whole stretch of the source, such as an escape, decodes to. */
  add(text: string, start: number, end: number): void {
    this.text += text;
    for (let unit = 0; unit < text.length; unit++) {
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  /** Adds a stretch of the source that needs no decoding. */
  copy(source: string, start: number, end: number): void {
    this.text += source.slice(start, end);
    for (let at = start; at < end; at++) {
      this.starts.push(at);
      this.ends.push(at + 1);
    }
  }
}
