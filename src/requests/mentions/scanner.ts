import { buildTables, WORD_BITS, type WordTables } from "./word-tables.ts";

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
 * Looks for all words at once. Case doesn't count, and neither do hyphens, underscores, quotes, blanks and the zero bytes of
 * UTF-16 between the characters of a word: a hit says that a closer look is worth its time, and a miss that it isn't.
 */
export class WordScanner {
  readonly tables: WordTables;
  /** The classes of what may stand between the characters of a word. */
  readonly #skipped: readonly number[];
  constructor(names: readonly string[]) {
    const { skipped, ...tables } = buildTables([
      ...names.map((name): [string, number] => [name.toLowerCase(), WORDS.name]),
      ["aws", WORDS.aws],
      ...MARKS.map((mark): [string, number] => [mark, WORDS.mark]),
      ...ESCAPES.map((each): [string, number] => [each, WORDS.escape]),
      ...ODD_KEYS.map((each): [string, number] => [each, WORDS.oddKey]),
    ]);
    this.tables = tables;
    this.#skipped = skipped;
  }

  /** Where words of the wanted kinds end in a text, in order. */
  placesIn(text: string, wanted: number): number[] {
    const { next, classes } = this.tables;
    const places: number[] = [];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const by = unit < 256 ? classes[unit]! : 0;
      state = next[(state >>> WORD_BITS) + by]!;
      // What doesn't count leaves the state as it is at the word's end.
      if ((state & wanted) !== 0 && !this.#skipped.includes(by)) places.push(at);
    }
    return places;
  }

  /** The same for a text. */
  findsIn(text: string, wanted: number): boolean {
    const { next, classes } = this.tables;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      state = next[(state >>> WORD_BITS) + (unit < 256 ? classes[unit]! : 0)]!;
      if ((state & wanted) !== 0) return true;
    }
    return false;
  }
}

/** What is searched for in how many bytes, and the state in which those before them ended. */
interface Search {
  length: number;
  wanted: number;
  from: number;
}

/** The state in which a search ends that finds nothing, or -1. */
export function findWord({ next, classes }: WordTables, bytes: Uint8Array, search: Search): number {
  const { length, wanted } = search;
  let state = search.from;
  for (let at = 0; at < length; at++) {
    state = next[(state >>> WORD_BITS) + classes[bytes[at]!]!]!;
    if ((state & wanted) !== 0) return -1;
  }
  return state;
}
