/** A parsed pattern. Strings are literal, even if they contain `*` (from a variable's value). */
export type Glob = readonly GlobPart[];
export type GlobPart = string | typeof ANY | typeof ONE;

/** `*`: any number of characters, including none. */
export const ANY: unique symbol = Symbol("*");
/** `?`: exactly one character. */
export const ONE: unique symbol = Symbol("?");

const MAX_CACHED_GLOBS = 5000;
const globCache = new Map<string, Glob>();

/** Parses a pattern. Only `*` and `?` are special: `.`, `[` and `\` are literal. */
export function parseGlob(text: string): Glob {
  const known = globCache.get(text);
  if (known !== undefined) return known;
  const glob = normalizeGlob(text.split(/([*?])/).map(toGlobPart));
  if (globCache.size >= MAX_CACHED_GLOBS) globCache.clear();
  globCache.set(text, glob);
  return glob;
}

const toGlobPart = (text: string): GlobPart => (text === "*" ? ANY : text === "?" ? ONE : text);

/** Normalizes parts to a glob: joins adjacent strings, and reduces `**` to `*`. */
export function normalizeGlob(parts: readonly GlobPart[]): Glob {
  const glob: GlobPart[] = [];
  for (const part of parts) {
    const last = glob.at(-1);
    if (part === "" || (part === ANY && last === ANY)) continue;
    if (typeof part === "string" && typeof last === "string") glob[glob.length - 1] = last + part;
    else glob.push(part);
  }
  return glob;
}

/** The only string that the glob matches; undefined if it has wildcards. */
export const toLiteral = (glob: Glob): string | undefined =>
  glob.length === 0 ? "" : glob.length === 1 && typeof glob[0] === "string" ? glob[0] : undefined;

/** Maps the literal parts of the glob. */
export const mapTexts = (glob: Glob, change: (text: string) => string): Glob =>
  glob.map((part) => (typeof part === "string" ? change(part) : part));

/** Whether all literal parts are ASCII. */
export const isAsciiGlob = (glob: Glob): boolean =>
  glob.every((part) => typeof part !== "string" || IS_ASCII.test(part));

/** Whether the glob matches every string. */
export const isEverything = (glob: Glob): boolean => glob.length === 1 && glob[0] === ANY;

/**
 * Whether the glob matches the whole text. Backtracks only to the last `*`: if what follows a `*` matches at
 * its first position, no later position is better. So the time is at most the product of both lengths.
 */
export function globMatches(glob: Glob, text: string): boolean {
  const [only] = glob;
  if (glob.length === 1 && only !== ONE) return only === ANY || only === text;
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (;;) {
    const end = part === glob.length ? -1 : findPartEnd(glob[part]!, text, at);
    if (part === glob.length && at === text.length) return true;
    if (end >= 0) {
      if (glob[part] === ANY) {
        star = part;
        starAt = at;
      }
      at = end;
      part += 1;
      continue;
    }
    if (star < 0 || starAt >= text.length) return false;
    starAt = skipCharacter(text, starAt);
    at = starAt;
    part = star + 1;
  }
}

/** The end of the part's match at `at`, or -1. `*` matches nothing at first. */
function findPartEnd(part: GlobPart, text: string, at: number): number {
  if (part === ANY) return at;
  if (part === ONE) return at < text.length ? skipCharacter(text, at) : -1;
  return text.startsWith(part, at) ? at + part.length : -1;
}

/** Counts a surrogate pair as one character. */
const skipCharacter = (text: string, at: number): number =>
  at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** Whether the pattern, as written in a policy, matches the whole text. */
export function matchesPattern(pattern: string, text: string, options?: { ignoreCase?: boolean }): boolean {
  if (pattern === "*") return true;
  if (options?.ignoreCase) return matchesPattern(foldCase(pattern), foldCase(text));
  return pattern.includes("*") || pattern.includes("?")
    ? globMatches(parseGlob(pattern), text)
    : pattern === text;
}

/**
 * Lower-cases ASCII letters only. Which other letters IAM folds isn't documented, and no action name has any.
 */
export const foldCase = (text: string): string =>
  IS_ASCII.test(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const IS_ASCII = /^[\0-\x7f]*$/;
