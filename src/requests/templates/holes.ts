import type { Span } from "../../diagnostics/lines.ts";
import type { Embedded } from "../../documents/embedded.ts";
import { embeddedWritten } from "../../documents/embedded.ts";
import { Pieces } from "../../documents/written.ts";

/** A segment of a text: literal text, or a placeholder that is filled in later. */
export type Piece = { embedded: Embedded } | Hole;

export interface Hole {
  /** The source text of the placeholder. */
  source: string;
  span: Span;
}

const isHole = (piece: Piece): piece is Hole => "source" in piece;

/** Far beyond any AWS request; without a limit, templates could repeat themselves to any length. */
const MAX_PIECES = 2000;
const MAX_LENGTH = 1 << 20;

/** Collects pieces up to a limit. */
export class PieceList {
  readonly #pieces: Piece[] = [];
  #length = 0;

  /** Undefined once the limit is exceeded. */
  get pieces(): Piece[] | undefined {
    return this.isFull ? undefined : this.#pieces;
  }

  get isFull(): boolean {
    return this.#pieces.length > MAX_PIECES || this.#length > MAX_LENGTH;
  }

  add(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      if (this.isFull) return;
      this.#pieces.push(piece);
      this.#length += isHole(piece) ? piece.source.length : piece.embedded.text.length;
    }
  }
}

/** The text of the pieces, unless there is a placeholder among them. */
export const wholeText = (pieces: readonly Piece[]): string | undefined =>
  pieces.some(isHole) ? undefined : sourceText(pieces);

/** The text of the pieces, with the source of each placeholder. */
export const sourceText = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (isHole(piece) ? piece.source : piece.embedded.text)).join("");

/**
 * A text in which each placeholder is replaced by a stand-in that keeps it valid JSON: outside of strings, a
 * string of its own.
 */
export interface HoledText {
  embedded: Embedded;
  /** Offset of the first stand-in that is outside of a string. */
  firstBare: number | undefined;
  /** Replaces stand-ins in a text by the source of their placeholders; undefined if it contains none. */
  restored(text: string): string | undefined;
}

/** Placeholders of other tools outside of a JSON string, where nothing in JSON looks like them. */
const BARE = /\$\{[^{}"\n]*\}|\{\{[^{}\n]*\}\}|\{%[^\n]{0,300}?%\}|<[A-Za-z][\w .:-]*>/y;

export function holedText(pieces: readonly Piece[], language: "json" | "yaml" = "json"): HoledText {
  const writer = new HoledWriter(standIn(pieces), language);
  for (const piece of pieces) {
    if (isHole(piece)) writer.hole(piece);
    else writer.literal(piece.embedded);
  }
  return writer.done();
}

/** A private-use character that none of the pieces contains. */
function standIn(pieces: readonly Piece[]): string {
  const used = new Set(sourceText(pieces).match(/[\ue000-\uf8ff]/g));
  for (let code = 0xe000; code <= 0xf8ff; code++) {
    const character = String.fromCharCode(code);
    if (!used.has(character)) return character;
  }
  return "\uf8ff";
}

class HoledWriter {
  readonly #mark: string;
  readonly #out = new Pieces(0);
  readonly #sources: string[] = [];
  #inString = false;
  #firstBare: number | undefined;

  readonly #language: "json" | "yaml";

  constructor(mark: string, language: "json" | "yaml") {
    this.#mark = mark;
    this.#language = language;
  }

  hole({ source, span }: Hole): void {
    const mark = `${this.#mark}${this.#sources.length}${this.#mark}`;
    this.#sources.push(source);
    if (!this.#inString) this.#firstBare ??= this.#out.text.length;
    const isPlain = this.#inString || this.#language === "yaml";
    this.#out.add(isPlain ? mark : `"${mark}"`, span.start, span.end);
  }

  literal(embedded: Embedded): void {
    const { text } = embedded;
    if (this.#language === "yaml") this.#copy(embedded, 0, text.length);
    else this.#copyJson(embedded);
  }

  #copyJson(embedded: Embedded): void {
    const { text } = embedded;
    for (let at = 0; at < text.length; ) {
      const placeholder = this.#inString ? undefined : placeholderAt(text, at);
      const end = at + (placeholder?.length ?? this.#measureToken(text, at));
      if (placeholder !== undefined)
        this.hole({ source: placeholder, span: embedded.span({ start: at, end }) });
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

  #copy(embedded: Embedded, start: number, end: number): void {
    for (let at = start; at < Math.min(end, embedded.text.length); at++) {
      const span = embedded.span({ start: at, end: at + 1 });
      this.#out.add(embedded.text[at]!, span.start, span.end);
    }
  }

  done(): HoledText {
    const marks = new RegExp(`${this.#mark}(\\d+)${this.#mark}`, "g");
    const sources = this.#sources;
    return {
      embedded: embeddedWritten(this.#out),
      firstBare: this.#firstBare,
      restored: (text) =>
        text.includes(this.#mark)
          ? text.replace(marks, (_, index) => sources[Number(index)] ?? "")
          : undefined,
    };
  }
}

function placeholderAt(text: string, at: number): string | undefined {
  BARE.lastIndex = at;
  return BARE.exec(text)?.[0];
}
