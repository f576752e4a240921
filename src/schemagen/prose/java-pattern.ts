// Translates patterns of service models to JavaScript regular expressions with the `u` flag. Models use the
// dialects of several languages; a pattern whose meaning would change is left out.

/** Characters that some dialects allow to be escaped needlessly; JavaScript's `u` flag forbids it. */
const NEEDLESS_ESCAPE = /^(?:[^A-Za-z0-9\s^$\\.*+?()[\]{}|/]| )$/u;

/** Returns the equivalent JavaScript pattern, or undefined if there is none. */
export function toJsPattern(pattern: string): string | undefined {
  if (isJsPattern(pattern)) return pattern;
  const other = rewritePattern(pattern);
  return other !== undefined && isJsPattern(other) ? other : undefined;
}

function isJsPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") !== undefined;
  } catch {
    return false;
  }
}

const TOKEN = /\\?[\s\S]/gu;
const SET = /^\\[wdsWDS]$/;

/** Removes needless escapes, and escapes a `-` in a character class that can't form a range. */
function rewritePattern(pattern: string): string | undefined {
  const tokens = pattern.match(TOKEN) ?? [];
  let inClass = false;
  const texts = tokens.map((token, i) => {
    const [before = "", after = ""] = [tokens[i - 1], tokens[i + 1]];
    // Inside a character class, Java reads these as a nested class and as an intersection; JavaScript reads
    // them as literal characters.
    if (inClass && (token === "[" || (token === "&" && after === "&"))) return undefined;
    if (token === "[") inClass = true;
    if (token === "]") inClass = false;
    const isLoose = inClass && token === "-" && (SET.test(before) || SET.test(after));
    return isLoose && after !== "]" ? "\\-" : unescapeToken(token, inClass);
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}

function unescapeToken(token: string, inClass: boolean): string {
  const isNeedless =
    token.length > 1 && NEEDLESS_ESCAPE.test(token.slice(1)) && !(inClass && token === "\\-");
  return isNeedless ? token.slice(1) : token;
}
