import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { valueAt } from "../diagnostics/pointer.ts";
import type { Document, Fault, ParsedText } from "./document.ts";
import { Unknown } from "./document.ts";
import { parseJson } from "./json/json.ts";
import type { Written } from "./written.ts";
import { readScalar } from "./yaml/scalar-text.ts";

/**
 * A text embedded in a file, however it is escaped there, with a mapping from its offsets to those of the
 * file.
 */
export interface Embedded {
  readonly text: string;
  /**
   * Maps an offset in the text to an offset in the file; the text's length maps to just after its last
   * character.
   */
  at(offset: number): number;
  span(inner: Span): Span;
}

/**
 * The text at `path`: a JSON string or a YAML scalar of any style, also within an `EmbeddedDocument`. For a
 * tagged scalar (`!Sub "…"`), whose value is an `Unknown`, the caller interprets the text. Undefined for any
 * other value.
 */
export function embeddedText(file: string, document: Document, path: Path): Embedded | undefined {
  if (document instanceof EmbeddedDocument) {
    const inner = embeddedText(document.within.text, document.inner, path);
    return inner && composed(document.within, inner);
  }
  const value = valueAt(document.value, path);
  if (typeof value !== "string" && !(value instanceof Unknown)) return undefined;
  const span = document.span(path, "value");
  return typeof value === "string" ? scalarAt(file, span, value) : new WrittenText(readScalar(file, span));
}

/** The scalar written in `span` of the source, whose value is already known. */
export function scalarAt(source: string, span: Span, value: string): Embedded {
  const written = readScalar(source, span, value);
  // For an alias, or a form that `readScalar` decodes otherwise, only the position of the whole is known.
  return written.text === value ? new WrittenText(written) : new Opaque(value, span);
}

/** A part of a file without any escapes. */
export const embeddedSlice = (file: string, { start, end }: Span): Embedded => ({
  text: file.slice(start, end),
  at: (offset) => start + offset,
  span: (inner) => ({ start: start + inner.start, end: start + inner.end }),
});

export const embeddedWritten = (written: Written): Embedded => new WrittenText(written);

/** Composes two mappings: `inner` is embedded in the text of `outer`. */
export const composed = (outer: Embedded, inner: Embedded): Embedded => ({
  text: inner.text,
  at: (offset) => outer.at(inner.at(offset)),
  span: (span) => outer.span(inner.span(span)),
});

/** Parses an embedded text (as JSON by default); all positions of the result are positions in the file. */
export function embeddedDocument(
  within: Embedded,
  parse: (text: string) => ParsedText = parseJson,
): ParsedText {
  const { documents, faults, directives } = parse(within.text);
  const outward = <T extends { span: Span }>(placed: T): T => ({ ...placed, span: within.span(placed.span) });
  return {
    documents: documents.map((document) => new EmbeddedDocument(document, within)),
    faults: faults.map((fault): Fault => outward(fault)),
    directives: directives.map(outward),
  };
}

/** A document parsed from an embedded text. */
export class EmbeddedDocument implements Document {
  readonly value: unknown;
  /** The same document with positions relative to its own text. */
  readonly inner: Document;
  readonly within: Embedded;

  constructor(inner: Document, within: Embedded) {
    this.value = inner.value;
    this.inner = inner;
    this.within = within;
  }

  span(path: Path, at: "key" | "value"): Span {
    return this.within.span(this.inner.span(path, at));
  }
}

class WrittenText implements Embedded {
  readonly text: string;
  readonly #written: Written;

  constructor(written: Written) {
    this.text = written.text;
    this.#written = written;
  }

  at(offset: number): number {
    const { starts, ends, from } = this.#written;
    return starts[Math.max(0, offset)] ?? ends.at(-1) ?? from;
  }

  span({ start, end }: Span): Span {
    if (end <= start) return { start: this.at(start), end: this.at(start) };
    const last = this.#written.ends[Math.min(end, this.text.length) - 1];
    return { start: this.at(start), end: last ?? this.at(start) };
  }
}

/** A text for which only the position of the whole is known. */
class Opaque implements Embedded {
  readonly text: string;
  readonly #span: Span;

  constructor(text: string, span: Span) {
    this.text = text;
    this.#span = span;
  }

  at(): number {
    return this.#span.start;
  }

  span(): Span {
    return this.#span;
  }
}
