/**
 * The candidate that a word is most likely a misspelling of, or undefined if none is close. Differences in
 * letter case, separators and truncation ("EXPORT" for "EXPORT_TO_REPOSITORY") count less than wrong letters.
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalizeWord(word);
  if (wanted === "" || word.length > 100) return undefined;
  let best: string | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const score = measureDistance(wanted, normalizeWord(candidate));
    if (score < bestScore) [best, bestScore] = [candidate, score];
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
