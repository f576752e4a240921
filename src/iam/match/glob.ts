/** A pattern, taken apart. Texts are literal, whatever they hold: a variable's value may hold a `*`. */
export type Glob = readonly GlobPart[];
export type GlobPart = string | typeof ANY | typeof ONE;

/** `*`: any characters, none too. */
export const ANY: unique symbol = Symbol("*");
/** `?`: one character. */
export const ONE: unique symbol = Symbol("?");

const MOST_CACHED = 5000;
const parsed = new Map<string, Glob>();

/** Takes a pattern apart. Only `*` and `?` mean something: `.`, `[` and `\` stand for themselves. */
export function parseGlob(text: string): Glob {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const glob = globOf(text.split(/([*?])/).map(partOf));
  if (parsed.size >= MOST_CACHED) parsed.clear();
  parsed.set(text, glob);
  return glob;
}

const partOf = (text: string): GlobPart => (text === "*" ? ANY : text === "?" ? ONE : text);

/** Parts as a glob: texts side by side are one text, and `**` is `*`. */
export function globOf(parts: readonly GlobPart[]): Glob {
  const glob: GlobPart[] = [];
  for (const part of parts) {
    const last = glob.at(-1);
    if (part === "" || (part === ANY && last === ANY)) continue;
    if (typeof part === "string" && typeof last === "string") glob[glob.length - 1] = last + part;
    else glob.push(part);
  }
  return glob;
}

/** The only text that the glob matches, where it has no wildcard. */
export const literalOf = (glob: Glob): string | undefined =>
  glob.length === 0 ? "" : glob.length === 1 && typeof glob[0] === "string" ? glob[0] : undefined;

/** The glob with its texts changed. */
export const mapTexts = (glob: Glob, change: (text: string) => string): Glob =>
  glob.map((part) => (typeof part === "string" ? change(part) : part));

/** All its texts are ASCII. */
export const isAscii = (glob: Glob): boolean =>
  glob.every((part) => typeof part !== "string" || /^[\0-\x7f]*$/.test(part));

/** It matches every text, whatever it is. */
export const isEverything = (glob: Glob): boolean => glob.length === 1 && glob[0] === ANY;

/**
 * Whether the glob matches the whole text. Only the last `*` is ever taken back: where what follows a `*` fits at its
 * first place, no later place can do better. So the time is at most the product of both lengths.
 */
export function globMatches(glob: Glob, text: string): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (;;) {
    const end = part === glob.length ? -1 : endOf(glob[part]!, text, at);
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
    starAt = afterCharacter(text, starAt);
    at = starAt;
    part = star + 1;
  }
}

/** Where the text goes on after the part; -1 if the part does not fit. `*` takes nothing at first. */
function endOf(part: GlobPart, text: string, at: number): number {
  if (part === ANY) return at;
  if (part === ONE) return at < text.length ? afterCharacter(text, at) : -1;
  return text.startsWith(part, at) ? at + part.length : -1;
}

/** A character outside the basic plane is two units of a string, and one character to a reader. */
const afterCharacter = (text: string, at: number): number =>
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
 * The text with A to Z as a to z. Other letters stay: which of them are the same to IAM is not documented, and no action
 * has any.
 */
export const foldCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
