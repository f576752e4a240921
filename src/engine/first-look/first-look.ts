import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { MAX_BYTES } from "../../documents/limits.ts";
import { detectForeignEncoding } from "../../files/decode.ts";
import { isDataFile, isProse, isScriptFile, isUsualFile, isVendored } from "../../files/file-kinds.ts";
import { isGzip, toPlainText } from "../../files/source.ts";
import { isNotebook, isWebPage, languageByName } from "../../requests/mentions/detect-language.ts";
import { KnownNames } from "../../requests/mentions/names.ts";
import type { WordScanner } from "../../requests/mentions/scanner.ts";
import { WORDS } from "../../requests/mentions/scanner.ts";
import { CALL_SIGNS } from "../../requests/programs/signs.ts";
import type { SchemaStore } from "../../schema/store.ts";
import { createSearchImage, type Search, type SearchImage } from "./search.ts";
import { openSearch } from "./thread.ts";

const { name, aws, mark, escape: escapes, oddKey } = WORDS;

/** What is looked for in a file of a kind. */
const IN = {
  /** Other people's programs are passed over unread. */
  vendored: 0,
  program: name,
  prose: name | aws,
  json: name | aws | mark | escapes,
  yaml: name | aws | mark | escapes | oddKey,
  other: name | aws | mark | escapes,
} as const;

type Kind = keyof typeof IN;

function kindOf(file: string): Kind {
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return "json";
  if (isDataFile(file)) return /\.json$/i.test(file) ? "json" : "yaml";
  if (isScriptFile(file) || isProse(file)) return "prose";
  if (!isNotebook(file) && !isWebPage(file) && !languageByName(file)) return "other";
  return isVendored(file) ? "vendored" : "program";
}

/** As much is read at once: nearly every file is smaller. */
const PIECE = 1024 * 1024;

/** Git takes a file with a zero byte in its first 8000 for a binary one. */
const HEAD = 8000;

/** Looks at files that a walk comes upon before they are read: most hold no word that matters. */
export class FirstLook {
  readonly names: KnownNames;
  readonly #kinds = new Map<string, Kind>();
  /** The directory of the last file, and whether other people's programs are kept in it: a walk goes on in the same one. */
  #directory = "";
  #isVendored = false;
  #search: Search | undefined;
  #image: SearchImage | undefined;
  bytesSeen = 0;
  /** The last file that was worth reading, and its length if the piece holds all of it. */
  #read = { file: "", length: 0 };

  constructor(operations: readonly string[]) {
    this.names = new KnownNames(operations, CALL_SIGNS);
  }

  /** Does a text name an operation, in whatever spelling? Said of some that don't, and of all that do. */
  mayName(text: string): boolean {
    return this.names.scanner.findsIn(text, WORDS.name);
  }

  /** May a file hold a call of an operation that there is a schema for? */
  mayHoldCall(file: string): boolean {
    const kind = this.#kindOf(file);
    if (kind === "vendored") return false;
    let descriptor: number;
    try {
      descriptor = openSync(file, constants.O_RDONLY);
    } catch {
      return isUsualFile(file);
    }
    try {
      return this.#holdsWord(file, descriptor, kind);
    } catch {
      return isUsualFile(file);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Makes searches quick from now on, which pays for very many files. Returns what others can be made of; undefined if it can't. */
  quicken(): SearchImage | undefined {
    try {
      if (this.#image) return this.#image;
      const image = createSearchImage(this.names.scanner.complete(), PIECE);
      if (image) this.#search = openSearch(image);
      this.#image = image;
      return image;
    } catch {
      return undefined;
    }
  }

  /** The kinds of words that are looked for in a file: 0 if it is passed over unread. */
  wordsIn(file: string): number {
    return IN[this.#kindOf(file)];
  }

  /** The text of the file that was looked at last, unless it takes a closer look: see `readSource`. */
  takeText(file: string): string | undefined {
    const { length } = this.#read;
    if (length === 0 || this.#read.file !== file) return undefined;
    const text = this.#search!.piece.toString("utf8", 0, length);
    this.#read = NOTHING_READ;
    return toPlainText(text);
  }

  #holdsWord(file: string, descriptor: number, kind: Kind): boolean {
    this.#search ??= searchWith(this.names.scanner);
    const { piece, find } = this.#search;
    this.#read = NOTHING_READ;
    let state = 0;
    let isText = kind !== "other";
    for (let isFirst = true; ; isFirst = false) {
      const length = readSync(descriptor, piece, 0, PIECE, null);
      this.bytesSeen += length;
      if (isFirst && length > 1 && isInterpreted(piece)) isText = true;
      if (isFirst && length > 1 && isGzip(piece)) return true;
      state = find(length, IN[kind], state);
      if (state < 0) {
        if (isFirst && length < PIECE) this.#read = { file, length };
        return isText || isReadable(descriptor, isFirst ? piece.subarray(0, length) : piece);
      }
      // A regular file hands out all it has; the next read would only say that there is no more.
      if (length < PIECE) return false;
    }
  }

  /** By the ending, where neither a name without one nor the directories matter. */
  #kindOf(file: string): Kind {
    const slash = file.lastIndexOf("/") + 1;
    const dot = file.lastIndexOf(".");
    if (dot < slash) return kindOf(file);
    const ending = file.slice(dot);
    const known = this.#kinds.get(ending) ?? kindOf(`x${ending}`);
    this.#kinds.set(ending, known);
    if (known === "json" || known === "yaml") return known;
    if (known !== "program") return kindOf(file);
    return this.#isIn(file, slash) || isVendored(file.slice(slash)) ? "vendored" : "program";
  }

  #isIn(file: string, slash: number): boolean {
    const directory = file.slice(0, slash);
    if (directory !== this.#directory) {
      this.#directory = directory;
      this.#isVendored = isVendored(directory);
    }
    return this.#isVendored;
  }
}

/** `#!`: a shell runs a script that holds zero bytes, and one of any size. */
const isInterpreted = (piece: Uint8Array): boolean => piece[0] === 0x23 && piece[1] === 0x21;

/** Is a file text that is not huge? Where it isn't, that is said of documents, programs and scripts alone. */
function isReadable(descriptor: number, piece: Uint8Array): boolean {
  if (piece.length === PIECE && fstatSync(descriptor).size > MAX_BYTES) return false;
  // In UTF-16, text holds zero bytes.
  return !piece.subarray(0, HEAD).includes(0) || detectForeignEncoding(piece) !== undefined;
}

function searchWith(scanner: WordScanner): Search {
  const piece = Buffer.allocUnsafeSlow(PIECE);
  return { piece, find: (length, wanted, from) => scanner.search(piece, length, wanted, from) };
}

const NOTHING_READ = { file: "", length: 0 };

const LOOKS = new WeakMap<SchemaStore, FirstLook>();

/** Made once for a store. */
export function firstLookOf(schemas: SchemaStore): FirstLook {
  const look = LOOKS.get(schemas) ?? new FirstLook(schemas.operations());
  LOOKS.set(schemas, look);
  return look;
}
