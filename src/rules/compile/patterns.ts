/**
 * Parts of patterns that mean the same to JavaScript as to RE2, whatever the text: visible ASCII, classes of it, groups,
 * alternatives and anchors. No `.`, no negated class, no escape of a letter, none of which agree on every character.
 */
const PART =
  /([\w !"#%&',\-/:;<=>@_`~]|\\[^\w\s]|\[[\w !"#$%&'()*+,\-./:;<=>?@_`{|}~]+\]|\((?:\?:)?|\)|\||\^|\$)(\*|\+|\?|\{\d{1,2}(?:,\d{0,2})?\})?/y;

const MAX_PARTS = 100;

/** How many ways an engine that goes back may have to try at one place. */
const MAX_WAYS = 1000;

/**
 * Whether JavaScript's own engine gives what RE2 gives, and in time linear in the text's length: only one part may
 * repeat without a limit, and only in a pattern that begins with `^`, so that there is one place to begin at and one
 * loop to go back in. Groups don't repeat, and there are few ways through the rest.
 */
export function isSimplePattern(pattern: string): boolean {
  let [unlimited, alternatives, ways, count] = [0, 0, 1, 0];
  for (PART.lastIndex = 0; PART.lastIndex < pattern.length; count++) {
    const [, part, quantifier] = PART.exec(pattern) ?? [];
    if (part === undefined || count === MAX_PARTS) return false;
    if (part === "|") alternatives++;
    if (quantifier === undefined) continue;
    // A `?` behind the beginning of a group makes it something else.
    if (["(", "(?:", "|", "^", "$"].includes(part) || (part === ")" && quantifier !== "?")) return false;
    if (isUnlimited(quantifier)) unlimited++;
    else ways *= countRepeats(quantifier);
  }
  if (ways * 2 ** alternatives > MAX_WAYS || !isPattern(pattern)) return false;
  return unlimited === 0 || (unlimited === 1 && alternatives === 0 && pattern.startsWith("^"));
}

const isUnlimited = (quantifier: string): boolean => /[*+]|,\}/.test(quantifier);

/** The numbers of times that a part may repeat. */
function countRepeats(quantifier: string): number {
  if (quantifier === "?") return 2;
  const [least = 0, most = least] = quantifier.slice(1, -1).split(",").map(Number);
  return most - least + 1;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
