/** There is no offset, since the bytes end before. */
export const INCOMPLETE = -1;

/** The result of a scan, with the offset behind what was scanned; INCOMPLETE if the bytes end before. */
export type Scan =
  | { kind: "end" | "list" | "incomplete"; at: number }
  | { kind: "fault"; at: number; message: string; isUnclosed?: true };

const MORE: Scan = { kind: "incomplete", at: INCOMPLETE };

/** Records nest a few levels; what nests far deeper is none. */
const MAX_DEPTH = 512;

const PLAIN = 0;
const QUOTE = 1;
const OPEN = 2;
const CLOSE = 3;

/** What matters outside of strings, by byte. */
const CLASSES = new Uint8Array(256);
CLASSES[0x22] = QUOTE;
CLASSES[0x7b] = OPEN;
CLASSES[0x5b] = OPEN;
CLASSES[0x7d] = CLOSE;
CLASSES[0x5d] = CLOSE;

/** In strings: their end, an escape, and a line break, which no string of JSON holds. */
const ENDS = new Uint8Array(256);
ENDS[0x22] = 1;
ENDS[0x5c] = 1;
ENDS[0x0a] = 1;

/** Behind a string. */
const MAY_FOLLOW = new Uint8Array(256);
for (const byte of Buffer.from(":,}]")) MAY_FOLLOW[byte] = 1;

const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** The members of a document that list records: of a trail's file, of `lookup-events` and of a query of CloudTrail Lake. */
const LISTS = ["Records", "Events", "QueryResultRows"].map((name) => Buffer.from(`"${name}"`));
const INITIALS = new Set(LISTS.map((name) => name[1]!));

const STACK = new Uint8Array(MAX_DEPTH);

/** The end of the object or list that begins at `start`. */
export const findValueEnd = (bytes: Buffer, start: number): Scan => scan(bytes, start, 0, false);

/** The beginning of a list of records in the object that begins at `start`, or its end. With depth 1, the scan begins inside of it. */
export const findListOrEnd = (bytes: Buffer, start: number, depth: number): Scan =>
  scan(bytes, start, depth, true);

function scan(bytes: Buffer, start: number, outer: number, findsLists: boolean): Scan {
  const scanner = new ValueScanner(bytes, outer, findsLists);
  return scanner.run(start);
}

/** What can't be JSON is noticed where it keeps records apart from each other. */
class ValueScanner {
  readonly #bytes: Buffer;
  readonly #findsLists: boolean;
  #depth: number;
  #result: Scan = MORE;

  constructor(bytes: Buffer, depth: number, findsLists: boolean) {
    this.#bytes = bytes;
    this.#findsLists = findsLists;
    this.#depth = depth;
    STACK[0] = OPEN_BRACE;
  }

  /** Most time of reading a trail is spent in this loop. */
  run(start: number): Scan {
    const bytes = this.#bytes;
    const { length } = bytes;
    let at = start;
    while (at < length) {
      const kind = CLASSES[bytes[at]!];
      if (kind === PLAIN) at++;
      else {
        at = kind === QUOTE ? this.#passString(at) : kind === OPEN ? this.#open(at) : this.#close(at);
        if (at === INCOMPLETE) return this.#result;
      }
    }
    return MORE;
  }

  /** Each of these returns where to go on, or INCOMPLETE where the result is known. */
  #passString(at: number): number {
    const bytes = this.#bytes;
    const end = findStringEnd(bytes, at + 1);
    const next = end === INCOMPLETE ? bytes.length : skipSpace(bytes, end + 1);
    if (next >= bytes.length) return INCOMPLETE;
    if (bytes[end] === LINE_FEED || MAY_FOLLOW[bytes[next]!] === 0)
      return this.#end(createFault("a string isn't closed", at));
    if (!this.#findsLists || this.#depth !== 1 || !INITIALS.has(bytes[at + 1]!)) return next;
    const list = findList(bytes, { start: at, end: end + 1, colon: next });
    if (list === INCOMPLETE) return INCOMPLETE;
    return list > 0 ? this.#end({ kind: "list", at: list }) : next;
  }

  #open(at: number): number {
    const depth = this.#depth;
    if (depth === MAX_DEPTH) return this.#end(createFault(`it nests deeper than ${MAX_DEPTH} levels`, at));
    if (depth > 0 && !mayOpen(this.#bytes, at, STACK[depth - 1]!)) return this.#end(createUnclosed(at));
    STACK[depth] = this.#bytes[at]!;
    this.#depth = depth + 1;
    return at + 1;
  }

  #close(at: number): number {
    const depth = this.#depth - 1;
    // In ASCII, a closing bracket is two behind the one that opens.
    if (STACK[depth] !== this.#bytes[at]! - 2) return this.#end(createUnclosed(at));
    if (depth === 0) return this.#end({ kind: "end", at: at + 1 });
    this.#depth = depth;
    return at + 1;
  }

  #end(result: Scan): typeof INCOMPLETE {
    this.#result = result;
    return INCOMPLETE;
  }
}

/** Whether an object or list may begin here: behind a colon in an object, and behind a comma or at the beginning of a list. */
function mayOpen(bytes: Buffer, at: number, outer: number): boolean {
  let before = at - 1;
  while (isSpace(bytes[before]!)) before--;
  const byte = bytes[before];
  return outer === OPEN_BRACE ? byte === COLON : byte === COMMA || byte === OPEN_BRACKET;
}

function findStringEnd(bytes: Buffer, from: number): number {
  const { length } = bytes;
  let at = from;
  for (;;) {
    while (at < length && ENDS[bytes[at]!] === 0) at++;
    if (at >= length) return INCOMPLETE;
    if (bytes[at] !== BACKSLASH) return at;
    at += 2;
  }
}

/** Where the list begins whose name is a string; 0 if it isn't one. */
function findList(
  bytes: Buffer,
  { start, end, colon }: { start: number; end: number; colon: number },
): number {
  if (!LISTS.some((name) => name.length === end - start && name.compare(bytes, start, end) === 0)) return 0;
  const open = skipSpace(bytes, colon + 1);
  if (open >= bytes.length) return INCOMPLETE;
  return bytes[colon] === COLON && bytes[open] === OPEN_BRACKET ? open + 1 : 0;
}

export const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at]!)) at++;
  return at;
}

/** What isn't closed began before: where that is noticed, the next record may begin. */
const createUnclosed = (at: number): Scan => ({
  kind: "fault",
  at,
  message: "an object or list isn't closed",
  isUnclosed: true,
});

const createFault = (message: string, at: number): Scan => ({ kind: "fault", at, message });
