// Errors in pages, models and limits files, with positions.

import { harmless } from "../diagnostics/text.ts";
import type { Place } from "./page/lines.ts";

/** A page, a model or a limits file that can't be converted to a schema. `line` and `column` start at 1. */
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

/** Puts untrusted text in backticks, escaped and truncated for a message. */
export function quote(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST_QUOTE));
  const long = text.length > 2 * LONGEST_QUOTE || characters.length > LONGEST_QUOTE;
  const shown = long ? `${characters.slice(0, LONGEST_QUOTE).join("")}…` : text;
  return `\`${harmless(shown).replaceAll("`", "'")}\``;
}
