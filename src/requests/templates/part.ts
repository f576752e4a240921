import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { composeEmbedded, EmbeddedDocument, readEmbeddedScalar } from "../../documents/embedded.ts";
import { getKnownMembers } from "../../documents/parts.ts";
import type { TextSegment } from "./segments.ts";

/** A document that knows what its texts are put together of: one that a program makes. */
export interface PiecedDocument extends Document {
  piecesAt(path: Path): readonly TextSegment[] | undefined;
}

/** A value in a document together with its path, for walking a document while keeping positions. */
export class DocumentPart {
  readonly document: Document;
  /** The text of the file that contains the document. */
  readonly text: string;
  readonly path: Path;
  readonly value: unknown;

  constructor(document: Document, text: string, path: Path = [], value: unknown = document.value) {
    this.document = document;
    this.text = text;
    this.path = path;
    this.value = value;
  }

  /** A known member of an object; undefined if there is none or the value is not an object. */
  member(key: string): DocumentPart | undefined {
    const members = getKnownMembers(this.value) ?? {};
    return Object.hasOwn(members, key) ? this.#createChild(key, members[key]) : undefined;
  }

  members(): [string, DocumentPart][] {
    const members = Object.entries(getKnownMembers(this.value) ?? {});
    return members.map(([key, value]) => [key, this.#createChild(key, value)]);
  }

  items(): DocumentPart[] {
    return Array.isArray(this.value) ? this.value.map((item, index) => this.#createChild(index, item)) : [];
  }

  /** The value of a member, if it is a string. */
  textMember(key: string): string | undefined {
    const value = this.member(key)?.value;
    return typeof value === "string" ? value : undefined;
  }

  /** The content of a custom YAML tag. */
  tagged(): { tag: string; part: DocumentPart } | undefined {
    const tagged = this.value instanceof Unknown ? this.value.tagged : undefined;
    return tagged && { tag: tagged.tag, part: this.#createPart(this.path, tagged.value) };
  }

  span(at: "key" | "value" = "value"): Span {
    return this.document.span(this.path, at);
  }

  /** What a text is put together of, where its document knows. */
  pieces(): readonly TextSegment[] | undefined {
    const { document, path } = this;
    return "piecesAt" in document ? (document as PiecedDocument).piecesAt(path) : undefined;
  }

  /** A text with the positions of its characters in the file. */
  embedded(value: string): EmbeddedText {
    const { document, path, text } = this;
    const [only, ...others] = this.pieces() ?? [];
    if (only && "embedded" in only && others.length === 0) return only.embedded;
    if (!(document instanceof EmbeddedDocument))
      return readEmbeddedScalar(text, document.span(path, "value"), value);
    const { within, inner } = document;
    return composeEmbedded(within, readEmbeddedScalar(within.text, inner.span(path, "value"), value));
  }

  #createChild(key: string | number, value: unknown): DocumentPart {
    return this.#createPart([...this.path, key], value);
  }

  #createPart(path: Path, value: unknown): DocumentPart {
    return new DocumentPart(this.document, this.text, path, value);
  }
}
