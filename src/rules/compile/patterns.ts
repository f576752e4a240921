/**
 * Parts of patterns that mean the same to JavaScript as to RE2, whatever the text: visible ASCII, classes of it, groups,
 * alternatives and anchors. No `.`, no negated class, no escape of a letter, none of which agree on every character.
 */
const PART =
  /([\w !"#%&',\-/:;<=>@_`~]|\\[^\w\s]|\[[\w !"#$%&'()*+,\-./:;<=>?@_`{|}~]+\]|\((?:\?:)?|\)|\||\^|\$)(\*|\+|\?|\{\d{1,2}(?:,\d{0,2})?\})?/y;

const MAX_PARTS = 100;

/**
 * Whether JavaScript's own engine gives what RE2 gives, and in time linear in the text's length: only one part may
 * repeat without a limit, and only in a pattern that begins with `^`, so that there is one place to begin at and one
 * loop to go back in. Groups don't repeat.
 */
export function isSimplePattern(pattern: string): boolean {
  let unlimited = 0;
  let alternatives = 0;
  let count = 0;
  for (PART.lastIndex = 0; PART.lastIndex < pattern.length; count++) {
    const [, part, quantifier] = PART.exec(pattern) ?? [];
    if (part === undefined || count === MAX_PARTS) return false;
    if (part === "|") alternatives++;
    if (quantifier === undefined) continue;
    // A `?` behind the beginning of a group makes it something else.
    if (["(", "(?:", "|", "^", "$"].includes(part)) return false;
    if (quantifier === "?") continue;
    if (part === ")") return false;
    if (/[*+]|,\}/.test(quantifier)) unlimited++;
  }
  if (!isPattern(pattern)) return false;
  return unlimited === 0 || (unlimited === 1 && alternatives === 0 && pattern.startsWith("^"));
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
