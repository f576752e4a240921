import type { Span } from "../../diagnostics/lines.ts";

/** A line of a text, without its line break. */
export interface ScriptLine extends Span {
  /** Where the next line starts. */
  next: number;
  /** The line ends in a backslash that continues it. */
  isContinued: boolean;
}

export function splitLines(text: string): ScriptLine[] {
  const lines: ScriptLine[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const stop = newline < 0 ? text.length : newline;
    const end = stop > start && text[stop - 1] === "\r" ? stop - 1 : stop;
    let slashes = 0;
    while (end - slashes > start && text[end - slashes - 1] === "\\") slashes++;
    lines.push({ start, end, next, isContinued: slashes % 2 === 1 });
    start = next;
  }
  return lines;
}

/** The lines of a text, each with those that continue it. */
export function joinContinuedLines(text: string): Span[] {
  const joined: Span[] = [];
  let isOpen = false;
  for (const { start, end, isContinued } of splitLines(text)) {
    if (isOpen) joined.at(-1)!.end = end;
    else joined.push({ start, end });
    isOpen = isContinued;
  }
  return joined;
}
