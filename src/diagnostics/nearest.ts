import { areContrary, splitNameWords } from "./directions.ts";

/**
 * The candidate that a word is most likely a misspelling of, or undefined if none is close. Differences in
 * letter case, separators, truncation ("EXPORT" for "EXPORT_TO_REPOSITORY") and whole words count less than wrong
 * letters. A candidate that says the contrary (`EXPORT_…` for `IMPORT_…`) is none.
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalizeWord(word);
  if (wanted === "" || word.length > 100) return undefined;
  let best: string | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = measureDistance(wanted, normalizeWord(candidate));
    const score = Math.min(distance, measureWordDistance(word, candidate));
    // No two contraries differ in one letter only.
    const isSame = distance === 0 || distance === ONE_EDIT;
    if (score < bestScore && (isSame || !areContrary(word, candidate)))
      [best, bestScore] = [candidate, score];
  }
  return best;
}

/** The nearest candidates, at most `most`, nearest first. */
export function findNearestFew(word: string, candidates: Iterable<string>, most = 3): string[] {
  const left = new Set(candidates);
  const found: string[] = [];
  while (found.length < most) {
    const next = findNearest(word, left);
    if (next === undefined) break;
    left.delete(next);
    found.push(next);
  }
  return found;
}

const normalizeWord = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

const ONE_EDIT = 2;

/** 0: same letters; from 1: prefix; from 1.5: suffix; from 2: 1 + edit distance; infinite: too far. */
function measureDistance(a: string, b: string): number {
  if (a === b) return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 3 && (long.startsWith(short) || long.endsWith(short))) {
    return (long.startsWith(short) ? 1 : 1.5) + (long.length - short.length) / 1000;
  }
  // A different word of one or two letters is hardly a misspelling.
  const allowed = long.length < 3 ? 0 : Math.max(1, Math.floor(long.length / 4));
  if (long.length - short.length > allowed) return Number.POSITIVE_INFINITY;
  const edits = countEdits(a, b);
  return edits <= allowed ? 1 + edits : Number.POSITIVE_INFINITY;
}

/**
 * From 1.75: the names consist of the same words in the same order, up to some that only one of them has; infinite if
 * those weigh as much as the common ones.
 */
function measureWordDistance(a: string, b: string): number {
  const [left, right] = [splitNameWords(a), splitNameWords(b)];
  const [fewer, more] = left.length < right.length ? [left, right] : [right, left];
  if (fewer.length < 2 || more.length > MAX_WORDS) return Number.POSITIVE_INFINITY;
  const common = findCommonWords(fewer, more);
  const letters = (words: readonly string[]): number => words.join("").length;
  const [shared, all] = [2 * letters(common), letters(left) + letters(right)];
  if (common.length < 2 || shared < all / 2) return Number.POSITIVE_INFINITY;
  return 1.75 + (left.length + right.length - 2 * common.length) * 0.75 - shared / all / 10;
}

/** Names of the API have no more. */
const MAX_WORDS = 20;

/** The longest common subsequence. */
function findCommonWords(a: readonly string[], b: readonly string[]): string[] {
  let last: string[][] = Array.from({ length: b.length + 1 }, () => []);
  for (const word of a) {
    const row: string[][] = [[]];
    for (const [at, other] of b.entries()) {
      const [above, before] = [last[at + 1]!, row[at]!];
      row.push(word === other ? [...last[at]!, word] : above.length >= before.length ? above : before);
    }
    last = row;
  }
  return last[b.length]!;
}

/**
 * The edit distance, counting insertions, deletions, substitutions and transpositions of adjacent letters.
 */
function countEdits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, beforeLast[j - 2]! + 1);
      }
      row.push(edits);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
