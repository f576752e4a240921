/**
 * Pairs of words that say the contrary of each other in names of the AWS API. A misspelt name is never corrected to
 * its contrary, however few letters differ.
 */
const CONTRARIES: readonly (readonly [string, string])[] = [
  ["import", "export"],
  ["input", "output"],
  ["inbound", "outbound"],
  ["incoming", "outgoing"],
  ["ingress", "egress"],
  ["in", "out"],
  ["on", "off"],
  ["up", "down"],
  ["upload", "download"],
  ["upgrade", "downgrade"],
  ["enable", "disable"],
  ["create", "delete"],
  ["create", "destroy"],
  ["add", "remove"],
  ["add", "delete"],
  ["put", "delete"],
  ["put", "get"],
  ["attach", "detach"],
  ["start", "stop"],
  ["begin", "end"],
  ["open", "close"],
  ["push", "pull"],
  ["send", "receive"],
  ["read", "write"],
  ["allow", "deny"],
  ["allow", "block"],
  ["accept", "reject"],
  ["approve", "reject"],
  ["grant", "revoke"],
  ["authorize", "revoke"],
  ["include", "exclude"],
  ["inclusion", "exclusion"],
  ["inclusive", "exclusive"],
  ["increase", "decrease"],
  ["increment", "decrement"],
  ["encrypt", "decrypt"],
  ["activate", "deactivate"],
  ["associate", "disassociate"],
  ["pause", "resume"],
  ["suspend", "resume"],
  ["join", "leave"],
  ["hide", "show"],
  ["min", "max"],
  ["minimum", "maximum"],
  ["before", "after"],
  ["first", "last"],
  ["true", "false"],
  ["yes", "no"],
  ["public", "private"],
  ["internal", "external"],
  ["source", "destination"],
  ["source", "target"],
  ["request", "response"],
  ["success", "failure"],
  ["succeeded", "failed"],
  ["asc", "desc"],
  ["ascending", "descending"],
  ["greater", "less"],
  ["with", "without"],
  ["active", "inactive"],
  ["valid", "invalid"],
  ["complete", "incomplete"],
  ["sufficient", "insufficient"],
  ["compatible", "incompatible"],
  ["scaleup", "scaledown"],
  ["scalein", "scaleout"],
];

const CONTRARIES_OF = new Map<string, Set<string>>();
for (const [one, other] of [...CONTRARIES, ...CONTRARIES.map(([a, b]) => [b, a] as const)]) {
  const contraries = CONTRARIES_OF.get(one) ?? new Set();
  CONTRARIES_OF.set(one, contraries.add(other));
}

/** The words whose contraries are known; the longest first, so that `activate` isn't found in `deactivate`. */
const DIRECTIONS = [...CONTRARIES_OF.keys()].sort((a, b) => b.length - a.length);

const NEGATING_PREFIX = /^(?:un|dis|de|non)(?=...)/;
const NEGATIONS = new Set(["no", "not", "non", "never", "without"]);

/** The words of a name, in small letters: `VPCEndpointID`, `EXPORT_TO_REPOSITORY` and `file-share-arn` alike. */
export const splitNameWords = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");

/** Whether two names say the contrary of each other, by one of their words. */
export function areContrary(a: string, b: string): boolean {
  const left = listDirections(a);
  const right = listDirections(b);
  if (countNegations(left) % 2 !== countNegations(right) % 2) return true;
  return (
    left.some((word) => !right.includes(word) && right.some((other) => isContrary(word, other))) &&
    !isSameSet(left, right)
  );
}

const countNegations = (words: readonly string[]): number =>
  words.filter((word) => NEGATIONS.has(word)).length;

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word) => b.includes(word));

const isContrary = (a: string, b: string): boolean =>
  CONTRARIES_OF.get(a)?.has(b) === true || isNegated(a, b) || isNegated(b, a);

/** `deregister` for `register`. */
const isNegated = (word: string, negated: string): boolean => {
  const [prefix] = NEGATING_PREFIX.exec(negated) ?? [];
  return prefix !== undefined && negated === prefix + word;
};

const listDirections = (name: string): string[] => splitNameWords(name).map(toDirection);

/** The direction that a word expresses, despite an ending, a typo or a word that it runs into; or the word. */
function toDirection(word: string): string {
  if (CONTRARIES_OF.has(word) || word.length < 4) return word;
  const stem = word.replace(/(?:e?s|e?d|ing)$/, "");
  return (
    DIRECTIONS.find((known) => known.length >= 4 && (known === stem || known === `${stem}e`)) ??
    DIRECTIONS.find((known) => known.length >= 5 && (word.startsWith(known) || word.endsWith(known))) ??
    DIRECTIONS.find((known) => known.length >= 5 && isOneTypo(word, known)) ??
    word
  );
}

/** Whether one letter is wrong, missing, added, or exchanged with its neighbour. */
function isOneTypo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
