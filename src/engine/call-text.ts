import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import { UNREAD } from "../diagnostics/missing.ts";
import type { Unread } from "../requests/request.ts";
import { applySeverities } from "./check-request.ts";
import type { Engine } from "./engine.ts";
import { UNREAD_HELP } from "./extract.ts";

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

/** The finding about a call that is not read; none if the configuration turns it off. */
export function listUnreadFindings(
  { why, help = UNREAD_HELP, operation }: Unread,
  file: string,
  line: number,
  { ruleOptions }: Engine,
): Finding[] {
  const missing = [{ kind: "call", name: operation ?? why, file, line } as const];
  return applySeverities(
    [{ code: UNREAD, status: "undecided", path: [], message: why, help, missing }],
    ruleOptions,
  );
}
