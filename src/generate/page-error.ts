// What is wrong with a page (or with the limits file beside it), told as a compiler tells it.

import type { Place } from "./page-lines.ts";

/** A page, or the limits file beside it, that can't be turned into a schema. */
export class PageError extends Error {
  readonly page: string;
  readonly line: number;
  readonly column: number;
  readonly help: string;

  constructor(page: string, at: Place, message: string, help: string) {
    super(message);
    this.name = "PageError";
    this.page = page;
    this.line = at.line;
    this.column = at.column;
    this.help = help;
  }
}

const LONGEST_QUOTE = 80;

// C0 and C1 controls move a terminal's cursor, bidirectional controls reorder what follows, zero-width
// characters hide, and a lone surrogate can't be written at all.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of others, harmless for a terminal. */
export function harmless(text: string): string {
  return text.replace(UNSAFE, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** Text of others between backticks, harmless and short enough for a message. */
export function quote(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST_QUOTE));
  const long = text.length > 2 * LONGEST_QUOTE || characters.length > LONGEST_QUOTE;
  const shown = long ? `${characters.slice(0, LONGEST_QUOTE).join("")}…` : text;
  return `\`${harmless(shown).replaceAll("`", "'")}\``;
}
