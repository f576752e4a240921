import { RE2JS } from "@bufbuild/re2";

/**
 * Patterns of users' schemas. AWS writes them for Java, and some backtrack without end in Node's own engine, so
 * they run in a linear-time one; what that can't say (look-around, long counted repeats) runs in Node's, on
 * short text only. The built-in schemas don't come here: their few patterns are known to be harmless.
 */

/** Does a text have a match? Undefined where that can't be told. */
export type Matches = (text: string) => boolean | undefined;

/**
 * How long a text Node's engine gets: beyond this a bad pattern might run for minutes. A pattern without groups
 * that repeat or look around can't be that bad.
 */
const SHORT = 1000;
const LONG = 20_000;
const GROUPS = /\)[*+{?]|\(\?[=!<]/;

const cache = new Map<string, Matches>();

/** The matcher of a pattern, made when it is first asked for. */
export function matcherOf(pattern: string): Matches {
  const known = cache.get(pattern);
  if (known) return known;
  const made = linear(pattern) ?? native(pattern) ?? (() => undefined);
  cache.set(pattern, made);
  return made;
}

function linear(pattern: string): Matches | undefined {
  try {
    const compiled = RE2JS.compile(inRe2(pattern));
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}

/** What Java writes in another way than RE2. */
const inRe2 = (pattern: string): string =>
  pattern
    .replace(/\\u([0-9A-Fa-f]{4})/g, "\\x{$1}")
    .replace(
      /\\p\{(Alpha|Digit|XDigit|Alnum|Upper|Lower|Punct|Print|Graph|Blank|Space|Cntrl|ASCII)\}/g,
      posix,
    );

/** `\p{Alpha}` as a class, or as part of the class that it stands in. */
function posix(_match: string, name: string, offset: number, pattern: string): string {
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

function native(pattern: string): Matches | undefined {
  const compiled = compiledNatively(pattern);
  const longest = GROUPS.test(pattern) ? SHORT : LONG;
  return compiled && ((text) => (text.length <= longest ? compiled.test(text) : undefined));
}

/** Possessive repeats differ from greedy ones only in how they search. */
const withoutPossessives = (pattern: string): string => pattern.replace(/([*+?}])\+/g, "$1");

function compiledNatively(pattern: string): RegExp | undefined {
  const [, dotAll, plain = pattern] = /^(\(\?s\))?(.*)$/s.exec(pattern) ?? [];
  const lean = withoutNeedlessEscapes(plain);
  for (const source of [plain, lean, withoutPossessives(lean)]) {
    try {
      return new RegExp(source, dotAll ? "us" : "u");
    } catch {
      // The next spelling may do.
    }
  }
  return undefined;
}

/** With the `u` flag, JavaScript takes only those escapes that are needed. */
const withoutNeedlessEscapes = (pattern: string): string =>
  pattern.replace(/\\([^\w^$\\.*+?()[\]{}|/-])/g, "$1").replace(/\\([_ ])/g, "$1");
