/** Bits that the kinds of words take, and two that are 0: where a row begins in bytes is four times where it begins in entries. */
export const WORD_BITS = 7;

const WORD_MASK = 2 ** WORD_BITS - 1;

/** A word, and its kind as a bit. */
type Needle = readonly [word: string, kind: number];

/** An automaton that finds words in bytes (Aho and Corasick). */
export interface WordTables {
  /**
   * A row for each state, with an entry for each class of bytes: where the row of the state begins that it leads to, and in the
   * lowest `WORD_BITS` bits the kinds of the words that end there. The first row is that of the state in which no word has begun.
   */
  next: Uint32Array;
  /** The class of each byte. */
  classes: Uint8Array;
}

/** Makes the tables for words. `skipped` are the classes of what may stand between the characters of a word. */
export function buildTables(needles: readonly Needle[]): WordTables & { skipped: readonly number[] } {
  const { classes, skipped } = classify(needles);
  const width = Math.max(...classes) + 1;
  const states = 1 + needles.reduce((sum, [word]) => sum + word.length, 0);
  const next = new Uint32Array(states * width);
  complete(next, width, { skipped, ...growTree(next, width, { needles, classes, states }) });
  return { next, classes, skipped };
}

/** A class for each byte: 0 for what no word holds. */
function classify(needles: readonly Needle[]): { classes: Uint8Array; skipped: readonly number[] } {
  const classes = new Uint8Array(256);
  const skipped = new Set<number>();
  let last = 0;
  const add = (byte: number): number => {
    if (classes[byte] === 0) classes[byte] = ++last;
    return classes[byte]!;
  };
  for (const char of "\0-_\"'`") classes[char.charCodeAt(0)] = last || ++last;
  skipped.add(last);
  for (const char of " \t\r\n") skipped.add(add(char.charCodeAt(0)));
  for (const [word] of needles) for (const char of word) add(char.charCodeAt(0) & 0xff);
  for (let letter = 97; letter <= 122; letter++) classes[letter - 32] = classes[letter]!;
  return { classes, skipped: [...skipped] };
}

/** The states by number, of which 0 is the root. */
interface Tree {
  /** The kinds of the words that end in a state. */
  words: Uint8Array;
  /** The states after one, as a list: the first of them, and the one after that. */
  first: Uint32Array;
  sibling: Uint32Array;
  /** The class that leads to a state. */
  by: Uint8Array;
}

interface Grown {
  needles: readonly Needle[];
  classes: Uint8Array;
  states: number;
}

/** The words as a tree. The entries of a state are the numbers of those after it. */
function growTree(next: Uint32Array, width: number, { needles, classes, states }: Grown): Tree {
  const [words, by] = [new Uint8Array(states), new Uint8Array(states)];
  const [first, sibling] = [new Uint32Array(states), new Uint32Array(states)];
  let last = 0;
  for (const [word, kind] of needles) {
    let state = 0;
    for (let index = 0; index < word.length; index++) {
      const step = classes[word.charCodeAt(index) & 0xff]!;
      const place = state * width + step;
      if (next[place] === 0) {
        next[place] = ++last;
        by[last] = step;
        sibling[last] = first[state]!;
        first[state] = last;
      }
      state = next[place]!;
    }
    words[state] = words[state]! | kind;
  }
  return { words, first, sibling, by };
}

/**
 * Fills the rows, those of shorter beginnings of words first. What doesn't continue a state's word goes on where the longest end
 * of it does that begins a word, and what is skipped stays.
 */
function complete(
  next: Uint32Array,
  width: number,
  { words, first, sibling, by, skipped }: Tree & { skipped: readonly number[] },
): void {
  const fallback = new Uint32Array(words.length);
  const queue = [0];
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at]!;
    const row = state * width;
    const fall = fallback[state]! >>> WORD_BITS;
    if (state !== 0) {
      next.copyWithin(row, fall, fall + width);
      const own = (row << WORD_BITS) | words[state]!;
      for (let each = 0; each < skipped.length; each++) {
        const place = row + skipped[each]!;
        const target = next[place]! >>> WORD_BITS;
        if (target === fall || target === 0) next[place] = own;
      }
    }
    for (let after = first[state]!; after !== 0; after = sibling[after]!) {
      const step = by[after]!;
      const longest = state === 0 ? 0 : next[fall + step]!;
      fallback[after] = longest;
      words[after] = words[after]! | (longest & WORD_MASK);
      next[row + step] = ((after * width) << WORD_BITS) | words[after]!;
      queue.push(after);
    }
  }
}
