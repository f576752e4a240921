import type { Span } from "../../diagnostics/lines.ts";
import type { DecodedText } from "../written.ts";
import { DecodedTextBuilder } from "../written.ts";

/** A line of a block scalar without its line break; `next` is where the following line starts. */
interface BlockLine extends Span {
  /** Number of leading spaces. */
  spaces: number;
  next: number;
}

const HEADER = /[|>]([-+]?)([1-9]?)([-+]?)[^\n]*(?:\n|$)/y;

/** Decodes a literal (`|`) or folded (`>`) block scalar (YAML 1.2, section 8.1). */
export function decodeBlockScalar(source: string, { start, end }: Span, value?: string): DecodedText {
  HEADER.lastIndex = start;
  const [header = "", before = "", digit = "", after = ""] = HEADER.exec(source.slice(0, end)) ?? [];
  const lines = splitBlockLines(source, start + header.length, end);
  const chomp = before || after;
  const fold = source[start] === ">";
  const read = (indent: number) => new BlockReader(source, lines, indent, fold).read(chomp, start);
  const first = lines.find((line) => line.start + line.spaces < line.end);
  const found = first?.spaces ?? Math.max(0, ...lines.map(({ spaces }) => spaces));
  if (digit === "" || value === undefined) return read(found);
  // An indentation indicator is relative to the parent's indentation, which is not known here: try all that
  // fit until one yields the known value.
  const indents = Array.from({ length: found + 1 }, (_, less) => found - less).slice(0, 64);
  return indents.map(read).find(({ text }) => text === value) ?? read(found);
}

function splitBlockLines(source: string, start: number, end: number): BlockLine[] {
  const lines: BlockLine[] = [];
  for (let at = start; at < end; ) {
    const newline = source.indexOf("\n", at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    let last = newline < 0 || newline >= end ? end : newline;
    if (last > at && source[last - 1] === "\r") last--;
    let spaces = 0;
    while (at + spaces < last && source[at + spaces] === " ") spaces++;
    lines.push({ start: at, end: last, spaces, next });
    at = next;
  }
  return lines;
}

class BlockReader {
  readonly #source: string;
  readonly #lines: readonly BlockLine[];
  readonly #indent: number;
  readonly #fold: boolean;

  constructor(source: string, lines: readonly BlockLine[], indent: number, fold: boolean) {
    this.#source = source;
    this.#lines = lines;
    this.#indent = indent;
    this.#fold = fold;
  }

  read(chomp: string, start: number): DecodedText {
    const lines = this.#lines;
    const pieces = new DecodedTextBuilder(
      Math.min((lines[0]?.start ?? start) + this.#indent, lines[0]?.end ?? start),
    );
    const last = lines.findLastIndex((line) => !this.#isEmpty(line));
    let previous: BlockLine | undefined;
    /** Lines since the last non-empty one whose breaks are not written yet. */
    let breaks: BlockLine[] = [];
    for (const line of lines.slice(0, last + 1)) {
      if (!this.#isEmpty(line)) {
        this.#addBreaks(pieces, breaks, this.#isFolded(previous, line));
        pieces.copy(this.#source, this.#contentStart(line), line.end);
        previous = line;
        breaks = [];
      }
      breaks.push(line);
    }
    if (last >= 0 && chomp !== "-") this.#addBreak(pieces, lines[last]!);
    if (chomp === "+") for (const line of lines.slice(last + 1)) this.#addKeptLine(pieces, line);
    return pieces;
  }

  #contentStart({ start, end }: BlockLine): number {
    return Math.min(start + this.#indent, end);
  }

  /** A line of spaces only still has content if it is longer than the indentation. */
  #isEmpty(line: BlockLine): boolean {
    return this.#contentStart(line) === line.end;
  }

  /** Whether the break between two lines folds into a space; next to a more-indented line it is kept. */
  #isFolded(before: BlockLine | undefined, line: BlockLine): boolean {
    return this.#fold && before !== undefined && !this.#isIndented(before) && !this.#isIndented(line);
  }

  #isIndented(line: BlockLine): boolean {
    return line.spaces > this.#indent || this.#source[this.#contentStart(line)] === "\t";
  }

  #addBreaks(pieces: DecodedTextBuilder, breaks: readonly BlockLine[], folded: boolean): void {
    const [first, ...more] = breaks;
    if (folded && more.length === 0 && first) pieces.add(" ", first.end, first.next);
    for (const line of folded ? more : breaks) this.#addBreak(pieces, line);
  }

  /** The break at the end of a line; it may be missing in the last line of a file. */
  #addBreak(pieces: DecodedTextBuilder, { end, next }: BlockLine): void {
    pieces.add("\n", end, next);
  }

  #addKeptLine(pieces: DecodedTextBuilder, line: BlockLine): void {
    pieces.copy(this.#source, this.#contentStart(line), line.end);
    if (line.next > line.end) this.#addBreak(pieces, line);
  }
}
