/**
 * The candidate that somebody most likely meant, or undefined when none is near. Letter case, separators
 * and a cut-off end ("EXPORT" for "EXPORT_TO_REPOSITORY") count as nearer than wrong letters.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(word);
  if (wanted === "" || word.length > 100) return undefined;
  let best: string | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const score = distance(wanted, plain(candidate));
    if (score < bestScore) [best, bestScore] = [candidate, score];
  }
  return best;
}

/** The nearest few, nearest first. */
export function nearestFew(word: string, candidates: Iterable<string>, most = 3): string[] {
  const left = new Set(candidates);
  const found: string[] = [];
  while (found.length < most) {
    const next = nearest(word, left);
    if (next === undefined) break;
    left.delete(next);
    found.push(next);
  }
  return found;
}

const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

/** 0 same letters, 1 the other's beginning, 1.5 its end, 2 and more letters to change; infinite when far. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 3 && (long.startsWith(short) || long.endsWith(short))) {
    return (long.startsWith(short) ? 1 : 1.5) + (long.length - short.length) / 1000;
  }
  // Of one or two letters, another word is no slip but another word.
  const allowed = long.length < 3 ? 0 : Math.max(1, Math.floor(long.length / 4));
  if (long.length - short.length > allowed) return Number.POSITIVE_INFINITY;
  const edits = damerauLevenshtein(a, b);
  return edits <= allowed ? 1 + edits : Number.POSITIVE_INFINITY;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
function damerauLevenshtein(a: string, b: string): number {
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
