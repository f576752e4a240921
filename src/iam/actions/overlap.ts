/** One element of a pattern: a character, or a run of any characters, with or without `/` and `:`. */
type Token = string | typeof ANY | typeof ANY_WITHOUT_SEPARATOR;

const ANY: unique symbol = Symbol("*");
const ANY_WITHOUT_SEPARATOR: unique symbol = Symbol("* without / and :");
/** `?`: any one character. */
const ONE = "";

/** Tokens of a policy's resource. A policy variable may stand for any text. */
export const tokenizeResource = (resource: string): Token[] =>
  tokenize(resource, /\$\{[^{}]*\}|\*|\?|./gsu, (part) => (part === "?" ? ONE : ANY));

/**
 * Tokens of an ARN format from AWS. Names may contain a path or a version; ids, Regions and the like may not.
 */
export const tokenizeArnFormat = (format: string): Token[] =>
  tokenize(format, /\$\{[^{}]*\}|\*|./gsu, (part) =>
    /(?:Id|BucketName|Partition|Region|Account)\}$/.test(part) ? ANY_WITHOUT_SEPARATOR : ANY,
  );

const tokenize = (text: string, parts: RegExp, wildcard: (part: string) => Token): Token[] =>
  (text.match(parts) ?? []).map((part) =>
    (part.length > 2 && part.startsWith("${")) || part === "*" || part === "?" ? wildcard(part) : part,
  );

/**
 * Whether some text matches both patterns. Searches pairs of positions, so it takes time proportional to the
 * product of both lengths.
 */
export function canOverlap(a: readonly Token[], b: readonly Token[]): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const open = [0];
  seen[0] = 1;
  const go = (i: number, j: number): void => {
    const place = i * width + j;
    if (seen[place]) return;
    seen[place] = 1;
    open.push(place);
  };
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const i = Math.floor(place / width);
    const j = place % width;
    if (i === a.length && j === b.length) return true;
    const left = a[i];
    const right = b[j];
    // A run may end here, or it may consume what the other pattern has next.
    if (isRun(left)) go(i + 1, j);
    if (isRun(right)) go(i, j + 1);
    if (left === undefined || right === undefined || !canShareCharacter(left, right)) continue;
    if (isRun(left) && !isRun(right)) go(i, j + 1);
    else if (isRun(right) && !isRun(left)) go(i + 1, j);
    else if (!isRun(left)) go(i + 1, j + 1);
  }
  return false;
}

const isRun = (token: Token | undefined): boolean => typeof token === "symbol";

const isSeparator = (token: Token): boolean => token === "/" || token === ":";

function canShareCharacter(left: Token, right: Token): boolean {
  if (left === ANY_WITHOUT_SEPARATOR) return !isSeparator(right);
  if (right === ANY_WITHOUT_SEPARATOR) return !isSeparator(left);
  return left === right || left === ANY || right === ANY || left === ONE || right === ONE;
}
