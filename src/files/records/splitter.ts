import { findListOrEnd, findValueEnd, INCOMPLETE, type Scan } from "./scan.ts";

/** A value of a file: an item of one of its lists, or a document of its own. The bytes last until the handler returns. */
export interface FoundValue {
  bytes: Buffer;
  start: number;
  end: number;
}

/** Called synchronously. `base` is the offset of `bytes[0]` in the file. */
export interface SplitHandler {
  value(found: FoundValue, base: number): void;
  fault(message: string, bytes: Buffer, at: number, base: number): void;
  /** Called before bytes are dropped, for those who count lines. */
  drop?(bytes: Buffer, end: number, base: number): void;
}

/** A record of CloudTrail has at most 1 MiB; what is far larger isn't kept. */
export const MAX_RECORD_BYTES = 8 * 1024 * 1024;

/** Where the splitter is: between documents, between the items of a list, behind a list in an object, or behind a fault. */
type State = "top" | "items" | "rest" | "lost";

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** White space, commas between values, and the mark that precedes each text of a JSON sequence. */
const isBetween = (byte: number): boolean =>
  byte === 0x2c || byte === 0x0a || byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === 0x1e;

const FIRST_MEMBER = Buffer.from('"eventVersion"');
/** As much of a chunk is joined to what is pending: most records are far smaller. */
const JOINED_BYTES = 32 * 1024;
/** Kept of what is skipped behind a fault: a mark of the next record may be in two pieces. */
const MARK_BYTES = 256;

/**
 * Splits the bytes of a file into the values that may be records: documents one after the other, and the items of the lists of trails and
 * of `lookup-events`. It doesn't parse, so that most records cost a scan only, and it holds one value at a time. Behind a fault
 * it goes on with the next record.
 */
export class RecordSplitter {
  readonly #handler: SplitHandler;
  #pending: Buffer = Buffer.alloc(0);
  #base = 0;
  #state: State = "top";
  /** Whether the list that is read, or was before a fault, stands in an object. */
  #isInObject = false;
  #hasList = false;

  constructor(handler: SplitHandler) {
    this.#handler = handler;
  }

  push(chunk: Buffer): void {
    const bytes = this.#pending.length > 0 ? this.#joinPending(chunk) : chunk;
    let at = this.#run(bytes, 0);
    if (bytes.length - at > MAX_RECORD_BYTES) {
      this.#lose("a value is larger than any record", bytes, at);
      at = this.#run(bytes, bytes.length - MARK_BYTES);
    }
    this.#keepFrom(bytes, at);
  }

  /** What is left of a chunk behind the value that is pending, so that most of it isn't copied. */
  #joinPending(chunk: Buffer): Buffer {
    const pending = this.#pending;
    const joined = Buffer.concat([pending, chunk.subarray(0, JOINED_BYTES)]);
    const at = this.#run(joined, 0);
    this.#keepFrom(joined, at);
    if (at >= pending.length) return chunk.subarray(at - pending.length);
    return Buffer.concat([pending.subarray(at), chunk]);
  }

  /** The end of the file, or of what can be read of it for a reason. What is pending is cut off. */
  end(reason?: string): void {
    const isInside = this.#state === "items" || this.#state === "rest" || !isBlank(this.#pending);
    const cut = isInside && this.#state !== "lost" ? "the file ends inside of a document" : undefined;
    const message = reason ?? cut;
    if (message !== undefined) this.#handler.fault(message, this.#pending, 0, this.#base);
    this.#pending = Buffer.alloc(0);
    this.#state = "top";
    this.#hasList = false;
  }

  #keepFrom(bytes: Buffer, at: number): void {
    this.#handler.drop?.(bytes, at, this.#base);
    this.#base += at;
    // A copy: the chunk that it is part of would be kept as a whole.
    this.#pending = Buffer.from(bytes.subarray(at));
  }

  /** Handles all that is complete. Returns where the first incomplete value begins. */
  #run(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      const next = this.#step(bytes, at);
      if (next === INCOMPLETE) return at;
      at = next;
      if (this.#state === "lost" && at >= bytes.length) return Math.max(from, bytes.length - MARK_BYTES);
    }
    return at;
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case "lost":
        return this.#findAgain(bytes, at);
      case "rest":
        return this.#readObject(bytes, at, 1);
      default:
        return this.#readBetween(bytes, at);
    }
  }

  #readBetween(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && isBetween(bytes[at]!)) at++;
    if (at === bytes.length) return at;
    const byte = bytes[at]!;
    if (this.#state === "items" && byte === CLOSE_BRACKET) return this.#endList(at);
    if (this.#state === "top" && byte === OPEN_BRACE) return this.#readObject(bytes, at, 0);
    if (this.#state === "top" && byte === OPEN_BRACKET) return this.#startList(at + 1, false);
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) return this.#lose("this is no record", bytes, at);
    return this.#readValue(bytes, at, findValueEnd(bytes, at));
  }

  /** An object of a file: one with a list of records, or a record. */
  #readObject(bytes: Buffer, at: number, depth: number): number {
    const scan = findListOrEnd(bytes, at, depth);
    if (scan.kind === "list") return this.#startList(scan.at, true);
    if (depth === 0) return this.#readValue(bytes, at, scan);
    if (scan.kind === "end") this.#state = "top";
    return scan.kind === "fault" ? this.#lose(scan.message, bytes, scan.at) : scan.at;
  }

  #readValue(bytes: Buffer, start: number, scan: Scan): number {
    if (scan.kind === "fault")
      return this.#lose(scan.message, bytes, scan.at, scan.isUnclosed ? start : scan.at);
    if (scan.kind === "end") this.#handler.value({ bytes, start, end: scan.at }, this.#base);
    return scan.at;
  }

  #startList(at: number, isInObject: boolean): number {
    this.#state = "items";
    this.#isInObject = isInObject;
    this.#hasList = true;
    return at;
  }

  #endList(at: number): number {
    this.#state = this.#isInObject ? "rest" : "top";
    return at + 1;
  }

  /** Reports a fault. What is read next is looked for from `at` on. */
  #lose(message: string, bytes: Buffer, at: number, place = at): number {
    this.#handler.fault(message, bytes, place, this.#base);
    this.#state = "lost";
    return at;
  }

  /** The next record behind a fault: its first member is its version, or it begins a line. */
  #findAgain(bytes: Buffer, from: number): number {
    const mark = findFirstMember(bytes, from);
    const line = this.#hasList ? -1 : findLine(bytes, from);
    const found = [mark, line].filter((at) => at >= 0);
    if (found.length === 0) return bytes.length;
    this.#state = this.#hasList ? "items" : "top";
    return Math.min(...found);
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.every(isBetween);

/** Where an object begins whose first member is the version of a record. */
function findFirstMember(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(FIRST_MEMBER, from); at >= 0; at = bytes.indexOf(FIRST_MEMBER, at + 1)) {
    let before = at - 1;
    while (before >= from && isBetween(bytes[before]!)) before--;
    if (before >= from && bytes[before] === OPEN_BRACE) return before;
  }
  return -1;
}

function findLine(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x0a, from); at >= 0; at = bytes.indexOf(0x0a, at + 1))
    if (bytes[at + 1] === OPEN_BRACE && (bytes[at + 2] === QUOTE || bytes[at + 2] === 0x20)) return at + 1;
  return -1;
}
