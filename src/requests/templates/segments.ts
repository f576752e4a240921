import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import type { Hole, PartialText } from "../../documents/partial.ts";
import type { TextPart } from "../../documents/parts.ts";
import { textFromParts } from "../../documents/parts.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { withoutEscapes } from "./json-holes.ts";

/** A segment of a text: literal text, or a placeholder that is filled in later. */
export type TextSegment = { embedded: EmbeddedText } | PlaceholderSegment;

export interface PlaceholderSegment extends Hole {
  span: Span;
  /** What it is called in a text, if not by its source. */
  label?: string;
}

const isPlaceholderSegment = (piece: TextSegment): piece is PlaceholderSegment => "source" in piece;

/** Far beyond any AWS request; without a limit, templates could repeat themselves to any length. */
const MAX_SEGMENTS = 2000;
const MAX_LENGTH = 1 << 20;

/** Collects pieces up to a limit. */
export class SegmentList {
  readonly #pieces: TextSegment[] = [];
  #length = 0;

  /** Undefined once the limit is exceeded. */
  get segments(): TextSegment[] | undefined {
    return this.isFull ? undefined : this.#pieces;
  }

  get isFull(): boolean {
    return this.#pieces.length > MAX_SEGMENTS || this.#length > MAX_LENGTH;
  }

  add(pieces: readonly TextSegment[]): void {
    for (const piece of pieces) {
      if (this.isFull) return;
      this.#pieces.push(piece);
      this.#length += isPlaceholderSegment(piece) ? piece.source.length : piece.embedded.text.length;
    }
  }
}

/** The pieces without their positions. */
export const toArnPieces = (pieces: readonly TextSegment[]): (string | { source: string })[] =>
  pieces.map((piece) => (isPlaceholderSegment(piece) ? { source: piece.source } : piece.embedded.text));

export const toTextParts = (pieces: readonly TextSegment[]): TextPart[] =>
  pieces.map((piece) => (isPlaceholderSegment(piece) ? toHole(piece) : piece.embedded.text));

/** The text of the pieces, known or with a hole for each placeholder. */
export const textFromSegments = (pieces: readonly TextSegment[]): string | PartialText =>
  textFromParts(toTextParts(pieces), joinSources(pieces));

const toHole = ({ source, label = source, domain }: PlaceholderSegment): Hole =>
  domain ? { source: label, domain } : { source: label };

/** The text of the pieces, unless there is a placeholder among them. */
export const joinLiterals = (pieces: readonly TextSegment[]): string | undefined =>
  pieces.some(isPlaceholderSegment) ? undefined : joinSources(pieces);

/** The text of the pieces, with the source of each placeholder. */
export const joinSources = (pieces: readonly TextSegment[]): string =>
  pieces.map((piece) => (isPlaceholderSegment(piece) ? piece.source : piece.embedded.text)).join("");

/**
 * A text in which each placeholder is replaced by a stand-in that keeps it valid JSON: outside of strings, a
 * string of its own.
 */
export interface StandInText {
  embedded: EmbeddedText;
  /** Offset of the first stand-in that is outside of a string. */
  firstUnquoted: number | undefined;
  /** Replaces stand-ins in a text by their placeholders; undefined if it contains none. */
  restore(text: string): RestoredText | undefined;
}

export interface RestoredText {
  parts: TextPart[];
  source: string;
  /** The placeholder is not in a string, and may stand for any value. */
  isBare: boolean;
}

/** Placeholders of other tools outside of a JSON string, where nothing in JSON looks like them. */
const UNQUOTED_PLACEHOLDER = /\$\{[^{}"\n]*\}|\{\{[^{}\n]*\}\}|\{%[^\n]{0,300}?%\}|<[A-Za-z][\w .:-]*>/y;

export function toStandInText(
  pieces: readonly TextSegment[],
  language: "json" | "yaml" = "json",
): StandInText {
  const writer = new StandInWriter(findUnusedCharacter(pieces), language);
  for (const piece of pieces) {
    if (isPlaceholderSegment(piece)) writer.addPlaceholder(piece);
    else writer.addLiteral(piece.embedded);
  }
  return writer.finish();
}

/** A private-use character that none of the pieces contains. */
function findUnusedCharacter(pieces: readonly TextSegment[]): string {
  const used = new Set(joinSources(pieces).match(/[\ue000-\uf8ff]/g));
  for (let code = 0xe000; code <= 0xf8ff; code++) {
    const character = String.fromCharCode(code);
    if (!used.has(character)) return character;
  }
  return "\uf8ff";
}

class StandInWriter {
  readonly #mark: string;
  readonly #out = new DecodedTextBuilder(0);
  readonly #holes: { hole: Hole; source: string; isBare: boolean }[] = [];
  #inString = false;
  #firstBare: number | undefined;

  readonly #language: "json" | "yaml";

  constructor(mark: string, language: "json" | "yaml") {
    this.#mark = mark;
    this.#language = language;
  }

  addPlaceholder(placeholder: PlaceholderSegment): void {
    const { source, span } = placeholder;
    const hole = toHole(placeholder);
    const mark = `${this.#mark}${this.#holes.length}${this.#mark}`;
    this.#holes.push({
      hole: this.#inString ? withoutEscapes(hole) : hole,
      source,
      isBare: !this.#inString,
    });
    if (!this.#inString) this.#firstBare ??= this.#out.text.length;
    const isPlain = this.#inString || this.#language === "yaml";
    this.#out.add(isPlain ? mark : `"${mark}"`, span.start, span.end);
  }

  addLiteral(embedded: EmbeddedText): void {
    const { text } = embedded;
    if (this.#language === "yaml") this.#copy(embedded, 0, text.length);
    else this.#copyJson(embedded);
  }

  #copyJson(embedded: EmbeddedText): void {
    const { text } = embedded;
    for (let at = 0; at < text.length; ) {
      const placeholder = this.#inString ? undefined : matchPlaceholder(text, at);
      const end = at + (placeholder?.length ?? this.#measureToken(text, at));
      if (placeholder !== undefined)
        this.addPlaceholder({ source: placeholder, span: embedded.span({ start: at, end }) });
      else this.#copy(embedded, at, end);
      at = end;
    }
  }

  /**
   * The length of the next token: an escape, or a single character. Tracks whether it is inside of a string.
   */
  #measureToken(text: string, at: number): number {
    if (text[at] === '"') this.#inString = !this.#inString;
    return this.#inString && text[at] === "\\" ? 2 : 1;
  }

  #copy(embedded: EmbeddedText, start: number, end: number): void {
    for (let at = start; at < Math.min(end, embedded.text.length); at++) {
      const span = embedded.span({ start: at, end: at + 1 });
      this.#out.add(embedded.text[at]!, span.start, span.end);
    }
  }

  finish(): StandInText {
    const marks = new RegExp(`${this.#mark}(\\d+)${this.#mark}`, "g");
    const restore = (text: string): RestoredText => {
      // With one capturing group, every second piece is the number of a placeholder.
      const pieces = text
        .split(marks)
        .map((piece, at) => (at % 2 === 0 ? piece : (this.#holes[Number(piece)] ?? "")));
      return {
        parts: pieces.map((piece) => (typeof piece === "object" ? piece.hole : piece)),
        source: pieces.map((piece) => (typeof piece === "object" ? piece.source : piece)).join(""),
        isBare: pieces.some((piece) => typeof piece === "object" && piece.isBare),
      };
    };
    return {
      embedded: embedDecoded(this.#out),
      firstUnquoted: this.#firstBare,
      restore: (text) => (text.includes(this.#mark) ? restore(text) : undefined),
    };
  }
}

function matchPlaceholder(text: string, at: number): string | undefined {
  UNQUOTED_PLACEHOLDER.lastIndex = at;
  return UNQUOTED_PLACEHOLDER.exec(text)?.[0];
}
