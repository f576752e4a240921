// Errors in pages, models and limits files, with positions.

import { escapeHarmful } from "../diagnostics/text.ts";
import type { Position } from "./page/lines.ts";

/** A page, a model or a limits file that can't be converted to a schema. `line` and `column` start at 1. */
export class PageError extends Error {
  readonly page: string;
  readonly line: number;
  readonly column: number;
  readonly help: string;

  constructor(page: string, at: Position, message: string, help: string) {
    super(message);
    this.name = "PageError";
    this.page = page;
    this.line = at.line;
    this.column = at.column;
    this.help = help;
  }
}

const MAX_QUOTE_LENGTH = 80;

/** Puts untrusted text in backticks, escaped and truncated for a message. */
export function quoteShort(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MAX_QUOTE_LENGTH));
  const long = text.length > 2 * MAX_QUOTE_LENGTH || characters.length > MAX_QUOTE_LENGTH;
  const shown = long ? `${characters.slice(0, MAX_QUOTE_LENGTH).join("")}…` : text;
  return `\`${escapeHarmful(shown).replaceAll("`", "'")}\``;
}
