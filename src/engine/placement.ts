import type { Diagnostic, Finding, Place } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import type { DocumentFault } from "../documents/document.ts";
import { isErrorFault } from "../documents/document.ts";

/** A position, with its file if it is not in the file that is checked. */
export type LocatedPlace = Place & Pick<Diagnostic, "file" | "related">;

/** Converts spans to positions in a file, and in others that its requests take text from. */
export class Placement {
  readonly lines: LineIndex;
  readonly #file: string;
  readonly #text: string;
  /** Few files take text from others. */
  #others: Map<string, LineIndex> | undefined;

  constructor(file: string, text: string, lines = new LineIndex(text)) {
    this.#file = file;
    this.#text = text;
    this.lines = lines;
  }

  /** The lines of the file, and of the others that were referred to. */
  get sources(): ReadonlyMap<string, LineIndex> {
    return new Map([[this.#file, this.lines], ...(this.#others ?? [])]);
  }

  place(span: Span): LocatedPlace {
    const { source } = span;
    if (!source) return this.lines.place(trimSpan(span, this.#text));
    const { line, column } = this.lines.place(source.reference);
    const related = [{ file: this.#file, line, column, message: "the command that sends this file" }];
    const { file, text } = source;
    return { ...this.#indexLines(file, text).place(trimSpan(span, text)), file, related };
  }

  /** A position in another file of the run. */
  placeIn({ file, text, place }: NonNullable<Finding["location"]>): LocatedPlace {
    this.#indexLines(file, text);
    return { ...place, file };
  }

  /** Adds files that are referred to. */
  addTexts(texts: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(texts)) this.#indexLines(file, text);
  }

  #indexLines(file: string, text: string): LineIndex {
    if (file === this.#file) return this.lines;
    this.#others ??= new Map();
    const known = this.#others.get(file) ?? new LineIndex(text);
    this.#others.set(file, known);
    return known;
  }
}

/** Where the file that is checked refers to the text of a span. */
export const findReference = (span: Span): Span => span.source?.reference ?? span;

/** Where errors in the text begin, ascending. */
export const listErrorOffsets = (faults: readonly DocumentFault[]): number[] =>
  faults
    .filter(isErrorFault)
    .map(({ span }) => findReference(span).start)
    .sort((a, b) => a - b);

/** Trims trailing white space from a span, so that the marker ends under text. */
export function trimSpan({ start, end }: Span, text: string): Span {
  let last = Math.min(end, Math.max(start, text.length));
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return { start, end: last };
}

/**
 * Whether any of the offsets (ascending) lies within the span. Binary search: a file may have very many
 * faults.
 */
export function hasOffsetWithin(offsets: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && offsets[low]! < end;
}
