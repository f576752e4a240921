import type { ParsedText } from "../document.ts";
import { MAX_DOCUMENT_DEPTH } from "../limits.ts";
import { findClosingQuote, isJsonSpace, JsonSpans } from "./spans.ts";
import type { JsonNode } from "./tree.ts";
import { findJsonSpan, parseJsonTree } from "./tree.ts";

/**
 * Parses a JSON text. Valid text goes through the native parser; positions are read only when one is requested.
 * The slower tree is built of text that is faulty, or that the native parser doesn't read exactly.
 */
export function parseJson(text: string): ParsedText {
  const fast = parseNatively(text);
  const tree = fast ? undefined : parseJsonTree(text);
  if (tree && !tree.root) return { documents: [], faults: tree.faults, directives: [] };
  const root: JsonNode | undefined = tree?.root;
  let spans: JsonSpans | undefined;
  return {
    documents: [
      {
        value: fast ? fast.value : root!.value,
        span(path, at) {
          // The position of the root is needed for every request and doesn't require the tree.
          if (path.length === 0 && !root) return { start: text.search(/\S/), end: text.trimEnd().length };
          if (root) return findJsonSpan(root, path, at);
          spans ??= new JsonSpans(text);
          return spans.find(path, at);
        },
      },
    ],
    faults: tree?.faults ?? [],
    directives: [],
  };
}

/**
 * Parses natively; undefined where the native parser would hide something (duplicate keys, rounded integers)
 * or where an error has to be explained.
 */
function parseNatively(text: string): { value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const members = countMembers(value);
  return members !== undefined && members === countKeys(text) ? { value } : undefined;
}

/**
 * Counts the members of all objects in a value; undefined if it nests too deeply or holds an inexact number.
 */
function countMembers(root: unknown): number | undefined {
  let count = 0;
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    const inside: unknown[] = [];
    for (const value of level) {
      if (typeof value === "number" && isRounded(value)) return undefined;
      if (typeof value !== "object" || value === null) continue;
      if (depth >= MAX_DOCUMENT_DEPTH) return undefined;
      count += appendParts(value, inside);
    }
    level = inside;
  }
  return count;
}

/** Whether the text may hold a different integer: an integer with very many digits is parsed as infinite. */
const isRounded = (value: number): boolean =>
  !Number.isSafeInteger(value) && (Number.isInteger(value) || !Number.isFinite(value));

/** Appends the items, or the values of the members, to `parts`. Returns the number of members. */
function appendParts(value: object, parts: unknown[]): number {
  if (Array.isArray(value)) {
    for (const item of value) parts.push(item);
    return 0;
  }
  const before = parts.length;
  for (const key in value) parts.push((value as Record<string, unknown>)[key]);
  return parts.length - before;
}

/**
 * Counts the keys of valid JSON text: the strings that a colon follows. More keys than members means duplicates. What searches is native
 * code: in most runs this function isn't called often enough to be optimised.
 */
function countKeys(text: string): number {
  let keys = 0;
  for (let open = text.indexOf('"'); open >= 0; ) {
    let at = findClosingQuote(text, open) + 1;
    while (isJsonSpace(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) === COLON) keys++;
    open = text.indexOf('"', at);
  }
  return keys;
}

const COLON = 0x3a;
