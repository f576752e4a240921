import type { Hole } from "../../documents/partial.ts";

/** A character class, an escape, or one character of a regular expression. */
const TOKEN = /\[(?:\\.|[^\]\\])*\]|\\.|[^()*+?{}|^$]/gs;

/**
 * A hole within a string of JSON. What the string holds differs from what is filled in if that has escapes, so that a
 * domain counts only if it has none.
 */
export function withoutEscapes({ source, domain }: Hole): Hole {
  const { values = [], pattern = "" } = domain ?? {};
  const isPlain = !values.some((value) => /[\\"]/.test(value)) && !mayMatchEscape(pattern);
  return domain && isPlain ? { source, domain } : { source };
}

const mayMatchEscape = (pattern: string): boolean =>
  (pattern.match(TOKEN) ?? []).some((token) => /^(?:\\[pPxuck0-9]|\.)/.test(token) || matchesEscape(token));

function matchesEscape(token: string): boolean {
  try {
    return new RegExp(token).test('\\"');
  } catch {
    return true;
  }
}
