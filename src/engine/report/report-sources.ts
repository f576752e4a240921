import { LineIndex } from "../../diagnostics/lines.ts";
import { readSource } from "../../files/source.ts";

/** The lines of files by name. Those whose text wasn't kept are read again when they are shown. */
export class ReportSources extends Map<string, LineIndex> {
  readonly #unread = new Set<string>();

  add(file: string, lines: LineIndex | undefined): void {
    if (lines) this.set(file, lines);
    else this.#unread.add(file);
  }

  override get(file: string): LineIndex | undefined {
    const known = super.get(file);
    if (known || !this.#unread.delete(file)) return known;
    const source = readSource(file);
    if (!("text" in source)) return undefined;
    const lines = new LineIndex(source.text);
    this.set(file, lines);
    return lines;
  }
}
