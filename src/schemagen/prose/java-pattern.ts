// Patterns of service models, as JavaScript reads them with its `u` flag. Models write them in the dialects
// of several languages; a pattern whose meaning would change is left out rather than guessed at.

/** Marks that a dialect may escape without need, and JavaScript's `u` flag doesn't allow to. */
const NEEDLESS = /^(?:[^A-Za-z0-9\s^$\\.*+?()[\]{}|/]| )$/u;

/** The pattern in JavaScript's words, or undefined where it has none. */
export function jsPattern(pattern: string): string | undefined {
  if (isPattern(pattern)) return pattern;
  const other = rewritten(pattern);
  return other !== undefined && isPattern(other) ? other : undefined;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") !== undefined;
  } catch {
    return false;
  }
}

const TOKEN = /\\?[\s\S]/gu;
const SET = /^\\[wdsWDS]$/;

/** Needless escapes taken off, and a `-` that can't be a range's escaped. */
function rewritten(pattern: string): string | undefined {
  const tokens = pattern.match(TOKEN) ?? [];
  let inClass = false;
  const texts = tokens.map((token, i) => {
    const [before = "", after = ""] = [tokens[i - 1], tokens[i + 1]];
    // Java reads these inside of a class as a class of its own and as an intersection; in JavaScript they are
    // mere characters.
    if (inClass && (token === "[" || (token === "&" && after === "&"))) return undefined;
    if (token === "[") inClass = true;
    if (token === "]") inClass = false;
    const isLoose = inClass && token === "-" && (SET.test(before) || SET.test(after));
    return isLoose && after !== "]" ? "\\-" : unescaped(token, inClass);
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}

function unescaped(token: string, inClass: boolean): string {
  const isNeedless = token.length > 1 && NEEDLESS.test(token.slice(1)) && !(inClass && token === "\\-");
  return isNeedless ? token.slice(1) : token;
}
