import type { Span } from "../../diagnostics/lines.ts";
import type { Embedded } from "../../documents/embedded.ts";
import { embeddedWritten } from "../../documents/embedded.ts";
import { Pieces } from "../../documents/written.ts";

/** A stretch of a text: written as it is, or a hole that something else fills. */
export type Piece = { embedded: Embedded } | Hole;

export interface Hole {
  /** What stands in the hole's place. */
  source: string;
  span: Span;
}

const isHole = (piece: Piece): piece is Hole => "source" in piece;

/** Far more than an AWS request holds; templates can repeat themselves to any length. */
const MAX_PIECES = 2000;
const MAX_LENGTH = 1 << 20;

/** Collects pieces, up to a limit. */
export class PieceList {
  readonly #pieces: Piece[] = [];
  #length = 0;

  /** Undefined once there are too many, or one that can't be read. */
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

/** The text that pieces make, if there is no hole in it. */
export const wholeText = (pieces: readonly Piece[]): string | undefined =>
  pieces.some(isHole) ? undefined : sourceText(pieces);

/** The text that pieces make, with what stands in the holes. */
export const sourceText = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (isHole(piece) ? piece.source : piece.embedded.text)).join("");

/**
 * A text with holes as JSON text: each hole has a stand-in, which is a string of its own where the hole is not inside
 * of a string.
 */
export interface HoledText {
  embedded: Embedded;
  /** Where the first stand-in begins that is a value by itself. */
  firstBare: number | undefined;
  /** The source of the hole, or the holes, where a text holds stand-ins; undefined where it holds none. */
  restored(text: string): string | undefined;
}

/** Placeholders of other tools that stand outside of a JSON string, where JSON has nothing that looks like them. */
const BARE = /\$\{[^{}"\n]*\}|\{\{[^{}\n]*\}\}|\{%[^\n]{0,300}?%\}|<[A-Za-z][\w .:-]*>/y;

export function holedText(pieces: readonly Piece[], language: "json" | "yaml" = "json"): HoledText {
  const writer = new HoledWriter(standIn(pieces), language);
  for (const piece of pieces) {
    if (isHole(piece)) writer.hole(piece);
    else writer.literal(piece.embedded);
  }
  return writer.done();
}

/** A private-use character that none of the pieces holds. */
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
    else this.#json(embedded);
  }

  #json(embedded: Embedded): void {
    const { text } = embedded;
    for (let at = 0; at < text.length; ) {
      const placeholder = this.#inString ? undefined : placeholderAt(text, at);
      const end = at + (placeholder?.length ?? this.#step(text, at));
      if (placeholder !== undefined)
        this.hole({ source: placeholder, span: embedded.span({ start: at, end }) });
      else this.#copy(embedded, at, end);
      at = end;
    }
  }

  /** How many characters belong together: an escape, or one. Minds where strings begin and end. */
  #step(text: string, at: number): number {
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
