import type { Place } from "./diagnostic.ts";

/** A range of text by offsets (UTF-16 code units), the end exclusive. */
export interface Span {
  start: number;
  end: number;
  /** The text that the offsets refer to, if it is not that of the file that is checked. */
  source?: SpanSource;
}

/** Another file, whose text is part of a request. */
export interface SpanSource {
  file: string;
  text: string;
  /** Where the file that is checked refers to it. */
  reference: Span;
}

/** Where the line ends that an offset is in, before its line feed. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Converts offsets to lines and columns. Lines end at LF; a CR before it is part of the line ending. */
export class LineIndex {
  readonly text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  place({ start, end }: Span): Place {
    const from = this.#position(start);
    const to = this.#position(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  /** The 1-based line of an offset. Near the start of the text, this doesn't build the index of all lines. */
  lineOf(offset: number): number {
    if (this.#starts || offset > 1000) return this.#position(offset).line;
    let line = 1;
    for (let at = 0; at < offset; at++) if (this.text.charCodeAt(at) === 10) line++;
    return line;
  }

  /** The text of a 1-based line, without its line ending. */
  lineText(line: number): string {
    const start = this.#lineStarts[line - 1];
    if (start === undefined) return "";
    const next = this.#lineStarts[line] ?? this.text.length + 1;
    return this.text.slice(start, next - 1).replace(/\r$/, "");
  }

  #position(offset: number): { line: number; column: number } {
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  get #lineStarts(): number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}
