import type { Place } from "./diagnostic.ts";
import { LineIndex, type Span } from "./lines.ts";

/** Where a line of an excerpt begins in the file that it is taken from; `offset` is that in the excerpt. */
export interface ExcerptOrigin {
  offset: number;
  line: number;
  column: number;
}

/** The lines of a file of which only an excerpt is in memory. */
export class ExcerptLines extends LineIndex {
  readonly #origins: readonly ExcerptOrigin[];

  /** Where the lines of the excerpt begin. */
  get origins(): readonly ExcerptOrigin[] {
    return this.#origins;
  }

  constructor(excerpt: string, origins: readonly ExcerptOrigin[]) {
    super(excerpt);
    this.#origins = origins;
  }

  override place({ start, end }: Span): Place {
    const from = this.#locate(start);
    const to = this.#locate(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  override lineOf(offset: number): number {
    return this.#locate(offset).line;
  }

  /** A line of which only parts are in memory isn't shown. */
  override lineText(line: number): string {
    const found = this.#origins.filter((origin) => origin.line === line);
    const [only] = found;
    if (found.length !== 1 || only!.column !== 1) return "";
    return this.text.slice(only!.offset).split(/\r?\n/, 1)[0]!;
  }

  #locate(offset: number): { line: number; column: number } {
    const origin = this.#findOrigin(offset);
    if (!origin) return { line: 1, column: 1 };
    const passed = this.text.slice(origin.offset, offset);
    const lineStart = passed.lastIndexOf("\n");
    if (lineStart < 0) return { line: origin.line, column: origin.column + passed.length };
    return { line: origin.line + passed.split("\n").length - 1, column: passed.length - lineStart };
  }

  #findOrigin(offset: number): ExcerptOrigin | undefined {
    let low = 0;
    let high = this.#origins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#origins[middle]!.offset <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#origins[low];
  }
}
