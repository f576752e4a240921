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

/** The bit of a state whose row isn't made yet. */
const UNMADE = 32;

/** Bits that the kinds of words take, that of what isn't made, and one that is 0: in a complete table, where a row begins in bytes is four times where it begins in entries. */
export const FLAG_BITS = 7;

/** An automaton that finds words in bytes. */
export interface WordTables {
  /**
   * A row for each state, with an entry for each class of bytes: where the row of the state begins that it leads to, and in the
   * lowest `FLAG_BITS` bits the kinds of the words that end there. The first row is that of the state in which no word has begun.
   */
  next: Uint32Array;
  /** The class of each byte. */
  classes: Uint8Array;
}

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
 *
 * The table has a row for each state, and an entry in it for each class of bytes: where the row of the next state begins, and in the
 * lowest bits the words that end there. A row is made when a text first leads to it: most texts lead to few of some thousand.
 */
export class WordScanner {
  readonly #classes = new Uint8Array(256);
  readonly #width: number;
  readonly #next: Uint32Array;
  /** The words in order, so that those that begin alike stand together, each with its kind. */
  readonly #needles: readonly (readonly [needle: string, word: number])[];
  /** A state is the beginning that the words from one place to another have in common. Others are those of its longest end that is one. */
  readonly #states: { from: number; to: number; length: number; fallback: number; words: number }[] = [];
  readonly #made = new Set<number>();
  /** The classes of what may stand between the characters of a word. */
  readonly #skipped: ReadonlySet<number>;
  /** Where a search is. */
  #state = 0;
  /** The place in the table that led to the state. */
  #place = 0;

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
    this.#needles = needles
      .map(([needle, word]) => [toBytes(needle), word] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const states = 1 + needles.reduce((sum, [needle]) => sum + needle.length, 0);
    // The system hands out memory for it as rows are made.
    this.#next = new Uint32Array(states * this.#width);
    this.#states.push({ from: 0, to: needles.length, length: 0, fallback: 0, words: 0 });
    this.#makeRow(0);
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
    for (const char of UNCOUNTED) classes[char.charCodeAt(0)] = last || ++last;
    skipped.add(last);
    for (const char of " \t\r\n") skipped.add(add(char.charCodeAt(0)));
    for (const char of new Set(needles.map(([needle]) => needle).join(""))) add(char.charCodeAt(0) & 0xff);
    for (let letter = 97; letter <= 122; letter++) classes[letter - 32] = classes[letter]!;
    return skipped;
  }

  /** Where a state goes on: with what continues its words, and else where the longest end of it goes on that begins a word. */
  #makeRow(state: number): void {
    const [next, width] = [this.#next, this.#width];
    const row = state * width;
    const { fallback } = this.#states[state]!;
    if (state !== 0) {
      const fall = this.#toMade(fallback);
      next.copyWithin(row, fallback * width, (fallback + 1) * width);
      const own = this.#entryOf(state);
      for (const each of this.#skipped)
        if (next[row + each] === fall || next[row + each] === 0) next[row + each] = own;
    }
    this.#goOn(state, row);
  }

  /** Makes the states that have one character more. */
  #goOn(state: number, row: number): void {
    const { from, to, length, fallback: end } = this.#states[state]!;
    for (let at = from; at < to; ) {
      const unit = this.#needles[at]![0].charCodeAt(length);
      const start = at++;
      // A word that ends here.
      if (Number.isNaN(unit)) continue;
      while (at < to && this.#needles[at]![0].charCodeAt(length) === unit) at++;
      const by = this.#classes[unit]!;
      const fallback = state === 0 ? 0 : this.#stateOf(this.#next[end * this.#width + by]!);
      let words = this.#states[fallback]!.words;
      for (let each = start; each < at && this.#needles[each]![0].length === length + 1; each++)
        words |= this.#needles[each]![1];
      this.#states.push({ from: start, to: at, length: length + 1, fallback, words });
      this.#next[row + by] = this.#entryOf(this.#states.length - 1) | UNMADE;
    }
  }

  #entryOf(state: number): number {
    return ((state * this.#width) << FLAG_BITS) | this.#states[state]!.words;
  }

  #stateOf(entry: number): number {
    return (entry >>> FLAG_BITS) / this.#width;
  }

  /** Makes the row of a state unless that was done, and returns what leads to it. */
  #toMade(state: number): number {
    if (state === 0) return 0;
    if (!this.#made.has(state)) {
      this.#made.add(state);
      this.#makeRow(state);
    }
    return this.#entryOf(state);
  }

  /** Goes on from a place in the table that leads to a row that isn't made. */
  #enter(place: number): number {
    const entry = this.#toMade(this.#stateOf(this.#next[place]!));
    this.#next[place] = entry;
    return entry;
  }

  /** The tables with all rows made, for whoever searches in another way. */
  complete(): WordTables {
    for (let state = 0; state < this.#states.length; state++) this.#toMade(state);
    for (let place = 0; place < this.#next.length; place++) this.#next[place]! &= ~UNMADE;
    return { next: this.#next, classes: this.#classes };
  }

  /**
   * Looks for words of the wanted kinds in bytes; those before, if any, ended in the state that is handed in. Returns -1 if there is
   * one, and else the state in which they end.
   */
  search(bytes: Uint8Array, length: number, wanted: number, from = 0): number {
    this.#state = from;
    for (let at = 0; ; ) {
      at = this.#pass(bytes, at, length, wanted);
      if (at > length) return this.#state;
      if ((this.#state & UNMADE) !== 0) this.#state = this.#enter(this.#place);
      if ((this.#state & wanted) !== 0) return -1;
    }
  }

  /**
   * Goes on to what is wanted or to a row that isn't made, and returns the place behind it; one beyond the end if there is
   * nothing. It is apart, since V8 makes a loop faster that calls nothing.
   */
  #pass(bytes: Uint8Array, from: number, length: number, wanted: number): number {
    const [next, classes, flags] = [this.#next, this.#classes, wanted | UNMADE];
    let state = this.#state;
    for (let at = from; at < length; at++) {
      const place = (state >>> FLAG_BITS) + classes[bytes[at]!]!;
      state = next[place]!;
      if ((state & flags) === 0) continue;
      this.#state = state;
      this.#place = place;
      return at + 1;
    }
    this.#state = state;
    return length + 1;
  }

  /** Where words of the wanted kinds end in a text, in order. */
  placesIn(text: string, wanted: number): number[] {
    const [next, classes, flags] = [this.#next, this.#classes, wanted | UNMADE];
    const places: number[] = [];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const by = unit < 256 ? classes[unit]! : 0;
      const place = (state >>> FLAG_BITS) + by;
      state = next[place]!;
      if ((state & flags) === 0) continue;
      if ((state & UNMADE) !== 0) state = this.#enter(place);
      // What doesn't count leaves the state as it is at the word's end.
      if ((state & wanted) !== 0 && !this.#skipped.has(by)) places.push(at);
    }
    return places;
  }

  /** The same for a text. */
  findsIn(text: string, wanted: number): boolean {
    const [next, classes, flags] = [this.#next, this.#classes, wanted | UNMADE];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const place = (state >>> FLAG_BITS) + (unit < 256 ? classes[unit]! : 0);
      state = next[place]!;
      if ((state & flags) === 0) continue;
      if ((state & UNMADE) !== 0) state = this.#enter(place);
      if ((state & wanted) !== 0) return true;
    }
    return false;
  }
}

/** Characters between those of a word, all of one class. */
const UNCOUNTED = "\0-_\"'`";

/** A word as the bytes that are looked for, one for each class. */
const toBytes = (needle: string): string =>
  needle.replace(/[^!#-&(-,.-^a-~]/g, (char) => {
    const byte = String.fromCharCode(char.charCodeAt(0) & 0xff);
    return UNCOUNTED.includes(byte) ? "-" : /[A-Z]/.test(byte) ? byte.toLowerCase() : byte;
  });
