import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { valueAt } from "../diagnostics/pointer.ts";
import type { Document, DocumentFault, ParsedText } from "./document.ts";
import { Unknown } from "./document.ts";
import { parseJson } from "./json/json.ts";
import type { DecodedText } from "./written.ts";
import { decodeScalar } from "./yaml/scalar-text.ts";

/**
 * A text embedded in a file, however it is escaped there, with a mapping from its offsets to those of the
 * file.
 */
export interface EmbeddedText {
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
export function readEmbeddedText(file: string, document: Document, path: Path): EmbeddedText | undefined {
  if (document instanceof EmbeddedDocument) {
    const inner = readEmbeddedText(document.within.text, document.inner, path);
    return inner && composeEmbedded(document.within, inner);
  }
  const value = valueAt(document.value, path);
  if (typeof value !== "string" && !(value instanceof Unknown)) return undefined;
  const span = document.span(path, "value");
  return typeof value === "string"
    ? readEmbeddedScalar(file, span, value)
    : new MappedText(decodeScalar(file, span));
}

/** The scalar written in `span` of the source, whose value is already known. */
export function readEmbeddedScalar(source: string, span: Span, value: string): EmbeddedText {
  const written = decodeScalar(source, span, value);
  // For an alias, or a form that `readScalar` decodes otherwise, only the position of the whole is known.
  return written.text === value ? new MappedText(written) : opaqueText(value, span);
}

/** A part of a file without any escapes. */
export const embedSlice = (file: string, { start, end }: Span): EmbeddedText => ({
  text: file.slice(start, end),
  at: (offset) => start + offset,
  span: (inner) => ({ start: start + inner.start, end: start + inner.end }),
});

/** A part of an embedded text; up to its end by default. */
export const sliceText = (inside: EmbeddedText, from: number, to?: number): EmbeddedText => ({
  text: inside.text.slice(from, to),
  at: (offset) => inside.at(offset + from),
  span: ({ start, end }) => inside.span({ start: start + from, end: end + from }),
});

/** A different text of the same length at the same positions. */
export const replaceText = (inside: EmbeddedText, text: string): EmbeddedText => ({
  text,
  at: (offset) => inside.at(offset),
  span: (span) => inside.span(span),
});

/** A text for which only the position of the whole is known. */
export const opaqueText = (text: string, span: Span): EmbeddedText => ({
  text,
  at: () => span.start,
  span: () => span,
});

export const embedDecoded = (written: DecodedText): EmbeddedText => new MappedText(written);

/** Composes two mappings: `inner` is embedded in the text of `outer`. */
export const composeEmbedded = (outer: EmbeddedText, inner: EmbeddedText): EmbeddedText => ({
  text: inner.text,
  at: (offset) => outer.at(inner.at(offset)),
  span: (span) => outer.span(inner.span(span)),
});

/** Parses an embedded text (as JSON by default); all positions of the result are positions in the file. */
export function parseEmbedded(
  within: EmbeddedText,
  parse: (text: string) => ParsedText = parseJson,
): ParsedText {
  const { documents, faults, directives } = parse(within.text);
  const outward = <T extends { span: Span }>(placed: T): T => ({ ...placed, span: within.span(placed.span) });
  return {
    documents: documents.map((document) => new EmbeddedDocument(document, within)),
    faults: faults.map((fault): DocumentFault => outward(fault)),
    directives: directives.map(outward),
  };
}

/** A document parsed from an embedded text. */
export class EmbeddedDocument implements Document {
  readonly value: unknown;
  /** The same document with positions relative to its own text. */
  readonly inner: Document;
  readonly within: EmbeddedText;

  constructor(inner: Document, within: EmbeddedText) {
    this.value = inner.value;
    this.inner = inner;
    this.within = within;
  }

  span(path: Path, at: "key" | "value"): Span {
    return this.within.span(this.inner.span(path, at));
  }
}

class MappedText implements EmbeddedText {
  readonly text: string;
  readonly #written: DecodedText;

  constructor(written: DecodedText) {
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
