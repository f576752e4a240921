import type { Span } from "../diagnostics/lines.ts";

/** Enough to tell a call from another one. */
const MAX_CALL_LENGTH = 10_000;

/**
 * The text of a call that is not read: the statement around a place, to the line's end at which all brackets are closed.
 * Layout doesn't count. What was accepted of a call isn't accepted of the same call with other arguments.
 */
export function extractCallText(text: string, { start, end }: Span): string {
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - MAX_CALL_LENGTH);
  const limit = Math.min(text.length, from + MAX_CALL_LENGTH);
  let depth = 0;
  let at = from;
  for (; at < limit; at++) {
    const character = text[at]!;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "\n" && at >= end && depth <= 0 && !/\\\r?$/.test(text.slice(at - 2, at))) break;
  }
  return text.slice(from, at).replaceAll(/\s+/g, " ").trim();
}
