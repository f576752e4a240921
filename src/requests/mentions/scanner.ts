/** Kinds of words that texts are searched for, as bits: a search is for some of them. */
export const WORDS = {
  /** The name of an operation, in any spelling. */
  name: 1,
  /** `aws`, which stands in every command of the AWS CLI and in every type of a resource. */
  aws: 2,
  /** What stands in every document of requests that names no operation which is known. */
  mark: 4,
  /** Escapes of characters that words are made of: they may hide any of the others. */
  escape: 8,
  /** Keys of YAML that are written in other ways than with a name and a colon. */
  oddKey: 16,
} as const;

/** Bits that the kinds of words take. */
const WORD_BITS = 5;

const MARKS = [
  "countersign:",
  ...["operation", "operations", "request"].flatMap((key) => [`${key}:`, `${key}=`, `${key}#`]),
  "startat:",
  "mainsteps:",
  "custom::",
  "cloudformation::customresource",
];

const ESCAPES = ["\\u00", "\\x4", "\\x5", "\\x6", "\\x7", "\\x3a", "\\x2d", "\\\n", "\\\r"];

const ODD_KEYS = ["? ", "?\t", "?\n", "?\r", "*"];

/**
 * Looks for all words at once, in one pass over the bytes (Aho and Corasick). Case doesn't count, and neither do
 * hyphens, underscores, quotes, blanks and the zero bytes of UTF-16 between the characters of a word: a hit says that a
 * closer look is worth its time, and a miss that it isn't.
 */
export class WordScanner {
  readonly #classes = new Uint8Array(256);
  readonly #width: number;
  readonly #next: Uint32Array;
  readonly #words: Uint8Array;
  /** The classes of what may stand between the characters of a word. */
  readonly #skipped: ReadonlySet<number>;
  /** Where the last search ended that found nothing: the next piece of the file goes on from there. */
  state = 0;

  constructor(names: readonly string[]) {
    const needles: [string, number][] = [
      ...names.map((name): [string, number] => [name.toLowerCase(), WORDS.name]),
      ["aws", WORDS.aws],
      ...MARKS.map((mark): [string, number] => [mark, WORDS.mark]),
      ...ESCAPES.map((each): [string, number] => [each, WORDS.escape]),
      ...ODD_KEYS.map((each): [string, number] => [each, WORDS.oddKey]),
    ];
    this.#skipped = this.#classify(needles);
    this.#width = Math.max(...this.#classes) + 1;
    const states = 1 + needles.reduce((sum, [needle]) => sum + needle.length, 0);
    this.#next = new Uint32Array(states * this.#width);
    this.#words = new Uint8Array(states);
    this.#complete(this.#grow(needles));
    this.#pack();
  }

  /** A class for each byte: 0 for what no word holds. Returns those between the characters of a word that don't count. */
  #classify(needles: readonly [string, number][]): ReadonlySet<number> {
    const classes = this.#classes;
    const skipped = new Set<number>();
    let last = 0;
    const add = (byte: number): number => {
      if (classes[byte] === 0) classes[byte] = ++last;
      return classes[byte]!;
    };
    for (const char of "\0-_\"'`") classes[char.charCodeAt(0)] = last || ++last;
    skipped.add(last);
    for (const char of " \t\r\n") skipped.add(add(char.charCodeAt(0)));
    for (const [needle] of needles) for (const char of needle) add(char.charCodeAt(0) & 0xff);
    for (let letter = 97; letter <= 122; letter++) classes[letter - 32] = classes[letter]!;
    return skipped;
  }

  /** The words as a tree; returns its states by depth, without the root. */
  #grow(needles: readonly [string, number][]): { state: number; from: number; by: number }[] {
    const grown: { state: number; from: number; by: number; depth: number }[] = [];
    for (const [needle, word] of needles) {
      let state = 0;
      for (let index = 0; index < needle.length; index++) {
        const by = this.#classes[needle.charCodeAt(index) & 0xff]!;
        const place = state * this.#width + by;
        if (this.#next[place] === 0) {
          this.#next[place] = grown.length + 1;
          grown.push({ state: grown.length + 1, from: state, by, depth: index });
        }
        state = this.#next[place]!;
      }
      this.#words[state] = this.#words[state]! | word;
    }
    return grown.sort((a, b) => a.depth - b.depth);
  }

  /** Where a state goes on at what doesn't continue its word: where the longest end of it that begins a word goes on. */
  #complete(states: readonly { state: number; from: number; by: number }[]): void {
    const [next, width] = [this.#next, this.#width];
    const fallback = new Uint32Array(this.#words.length);
    for (const { state, from, by } of states) {
      const fall = from === 0 ? 0 : next[fallback[from]! * width + by]!;
      fallback[state] = fall;
      this.#words[state] = this.#words[state]! | this.#words[fall]!;
      const row = state * width;
      const own = next.slice(row, row + width);
      next.copyWithin(row, fall * width, (fall + 1) * width);
      for (const each of this.#skipped)
        if (next[row + each] === fall || next[row + each] === 0) next[row + each] = state;
      for (let each = 0; each < width; each++) if (own[each] !== 0) next[row + each] = own[each]!;
    }
  }

  /** Puts into each entry where the row of its state begins, and in the lowest bits the words that end there. */
  #pack(): void {
    const [next, words, width] = [this.#next, this.#words, this.#width];
    for (let place = 0; place < next.length; place++) {
      const state = next[place]!;
      next[place] = ((state * width) << WORD_BITS) | words[state]!;
    }
  }

  /** Does one of the wanted kinds of words stand in the bytes? Those before, if any, ended in the state that is handed in. */
  finds(bytes: Uint8Array, length: number, wanted: number, from = 0): boolean {
    const [next, classes] = [this.#next, this.#classes];
    let state = from;
    for (let at = 0; at < length; at++) {
      state = next[(state >>> WORD_BITS) + classes[bytes[at]!]!]!;
      if ((state & wanted) !== 0) return true;
    }
    this.state = state;
    return false;
  }

  /** Where words of the wanted kinds end in a text, in order. */
  placesIn(text: string, wanted: number): number[] {
    const [next, classes] = [this.#next, this.#classes];
    const places: number[] = [];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const by = unit < 256 ? classes[unit]! : 0;
      state = next[(state >>> WORD_BITS) + by]!;
      // What doesn't count leaves the state as it is at the word's end.
      if ((state & wanted) !== 0 && !this.#skipped.has(by)) places.push(at);
    }
    return places;
  }

  /** The same for a text. */
  findsIn(text: string, wanted: number): boolean {
    const [next, classes] = [this.#next, this.#classes];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      state = next[(state >>> WORD_BITS) + (unit < 256 ? classes[unit]! : 0)]!;
      if ((state & wanted) !== 0) return true;
    }
    return false;
  }
}
