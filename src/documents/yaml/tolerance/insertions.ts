import type { Span } from "../../../diagnostics/lines.ts";

/** A text with something inserted, which keeps what each of its offsets is in the original. */
export class PatchedText {
  readonly text: string;
  /** Ascending, by offset in the original. */
  readonly #insertions: readonly Insertion[];
  readonly #original: string;

  constructor(original: string, insertions: readonly Insertion[] = []) {
    this.#original = original;
    this.#insertions = insertions;
    let from = 0;
    const parts: string[] = [];
    for (const { at, text } of insertions) {
      parts.push(original.slice(from, at), text);
      from = at;
    }
    this.text = parts.join("") + original.slice(from);
  }

  /** With more insertions, at offsets in this text. */
  insert(more: readonly Insertion[]): PatchedText {
    const added = more.map(({ at, text }) => ({ at: this.toOriginal(at), text }));
    // Stable, so that what is inserted at one place stays in order.
    const all = [...this.#insertions, ...added].sort((a, b) => a.at - b.at);
    return new PatchedText(this.#original, all);
  }

  /** With spaces instead of a stretch of this text. */
  blank({ start, end }: Span): PatchedText {
    const [from, to] = [this.toOriginal(start), this.toOriginal(end)];
    const blanked = this.#original.slice(from, to).replace(/[^\r\n]/g, " ");
    const original = this.#original.slice(0, from) + blanked + this.#original.slice(to);
    const kept = this.#insertions.filter(({ at }) => at < from || at >= to);
    return new PatchedText(original, kept);
  }

  toOriginal(offset: number): number {
    let added = 0;
    for (const { at, text } of this.#insertions) {
      if (offset < at + added) break;
      if (offset < at + added + text.length) return at;
      added += text.length;
    }
    return offset - added;
  }
}

export interface Insertion {
  at: number;
  text: string;
}
