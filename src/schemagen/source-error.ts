// What is wrong with a page (or with the limits file beside it), told as a compiler tells it.

import { harmless } from "../diagnostics/text.ts";
import type { Place } from "./page/lines.ts";

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

/** Text of others between backticks, harmless and short enough for a message. */
export function quote(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST_QUOTE));
  const long = text.length > 2 * LONGEST_QUOTE || characters.length > LONGEST_QUOTE;
  const shown = long ? `${characters.slice(0, LONGEST_QUOTE).join("")}…` : text;
  return `\`${harmless(shown).replaceAll("`", "'")}\``;
}
