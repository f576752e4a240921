import { RE2JS } from "@bufbuild/re2";

/**
 * Patterns of users' schemas. AWS writes them for Java, and some backtrack exponentially in Node's engine, so
 * they run in RE2, which is linear. Patterns that RE2 doesn't support (look-around, large counted repeats)
 * run in Node's engine, on short text only. Built-in schemas don't use this module: their few patterns are
 * known to be safe.
 */

/** Whether a text matches; undefined if that can't be determined. */
export type PatternMatcher = (text: string) => boolean | undefined;

/**
 * Length limits for text matched by Node's engine, in UTF-16 code units: on longer text, a bad pattern might
 * run for minutes. Patterns without repeated groups or look-around get the higher limit.
 */
const MAX_GROUPED_LENGTH = 1000;
const MAX_FLAT_LENGTH = 20_000;
const GROUPS = /\)[*+{?]|\(\?[=!<]/;

const cache = new Map<string, PatternMatcher>();

/** The matcher of a pattern, compiled on first use. */
export function getPatternMatcher(pattern: string): PatternMatcher {
  const known = cache.get(pattern);
  if (known) return known;
  const made = compileLinear(pattern) ?? compileNative(pattern) ?? (() => undefined);
  cache.set(pattern, made);
  return made;
}

function compileLinear(pattern: string): PatternMatcher | undefined {
  try {
    const compiled = RE2JS.compile(toRe2Syntax(pattern));
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}

/** Translates Java syntax that RE2 spells differently. */
const toRe2Syntax = (pattern: string): string =>
  pattern
    .replace(/\\u([0-9A-Fa-f]{4})/g, "\\x{$1}")
    .replace(
      /\\p\{(Alpha|Digit|XDigit|Alnum|Upper|Lower|Punct|Print|Graph|Blank|Space|Cntrl|ASCII)\}/g,
      toPosixClass,
    );

/** Translates `\p{Alpha}` into a class, or into a class member if it is inside brackets. */
function toPosixClass(_match: string, name: string, offset: number, pattern: string): string {
  const inside = `[:${name.toLowerCase()}:]`;
  return isInClass(pattern, offset) ? inside : `[${inside}]`;
}

function isInClass(pattern: string, offset: number): boolean {
  let open = false;
  for (let at = 0; at < offset; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === "[") open = true;
    else if (pattern[at] === "]") open = false;
  }
  return open;
}

function compileNative(pattern: string): PatternMatcher | undefined {
  const compiled = compileRegExp(pattern);
  const longest = GROUPS.test(pattern) ? MAX_GROUPED_LENGTH : MAX_FLAT_LENGTH;
  return compiled && ((text) => (text.length <= longest ? compiled.test(text) : undefined));
}

/** Replaces possessive quantifiers, which JavaScript lacks, by greedy ones. */
const replacePossessives = (pattern: string): string => pattern.replace(/([*+?}])\+/g, "$1");

function compileRegExp(pattern: string): RegExp | undefined {
  const [, dotAll, plain = pattern] = /^(\(\?s\))?(.*)$/s.exec(pattern) ?? [];
  const lean = removeNeedlessEscapes(plain);
  for (const source of [plain, lean, replacePossessives(lean)]) {
    try {
      return new RegExp(source, dotAll ? "us" : "u");
    } catch {
      // Try the next variant.
    }
  }
  return undefined;
}

/** With the `u` flag, JavaScript rejects unnecessary escapes. */
const removeNeedlessEscapes = (pattern: string): string =>
  pattern.replace(/\\([^\w^$\\.*+?()[\]{}|/-])/g, "$1").replace(/\\([_ ])/g, "$1");
