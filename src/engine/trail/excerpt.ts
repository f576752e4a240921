import { ExcerptLines } from "../../diagnostics/excerpt-lines.ts";
import { LineIndex } from "../../diagnostics/lines.ts";
import type { Excerpt, FileSource } from "../../files/source.ts";

const NO_EXCERPT: Excerpt = { origins: [], problems: [], unchecked: [], records: 0, reads: 0 };

/** The text of a file as far as it is read, its lines, and what is known of the rest. */
export interface ReadText {
  text: string;
  lines: LineIndex;
  excerpt: Excerpt;
}

export function readTextOf(source: FileSource): ReadText {
  const { text = "", excerpt } = "text" in source ? source : {};
  const lines = excerpt ? new ExcerptLines(text, excerpt.origins) : new LineIndex(text);
  return { text, lines, excerpt: excerpt ?? NO_EXCERPT };
}
