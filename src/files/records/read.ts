import { isAscii } from "node:buffer";
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { createGunzip, type Gunzip } from "node:zlib";
import { detectForeignEncoding, findTextStart } from "../decode.ts";
import { RecordSplitter } from "./splitter.ts";

const PIECE = 1024 * 1024;

/** A trail's file expands ten to thirty times; a compressed file that does so far more often is made to fill memory or time. */
const MAX_EXPANSION = 250;
const EXPANSION_CHECKED_FROM = 256 * 1024 * 1024;

/** 1-based, the column in UTF-16 units. */
export interface RecordPlace {
  line: number;
  column: number;
}

/** Handlers are called synchronously; bytes last until they return. */
export interface RecordHandler {
  value(bytes: Buffer, start: number, end: number, place: () => RecordPlace): void;
  /** What can't be read. Reading goes on behind it, if it can. */
  fault(message: string, place: RecordPlace): void;
  /** Bytes of the file, as it is stored, that were read since the last call. */
  progress?(bytes: number): void;
}

export interface ReadBytes {
  /** As stored. */
  stored: number;
  /** As text. */
  expanded: number;
}

/** Whether bytes are the beginning of a gzip file. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Whether a file is compressed, whatever its name is. */
export function isGzipFile(file: string): boolean {
  return isGzip(readHead(file, 2));
}

/** The beginning of a file; nothing of one that can't be read, which reading it as a whole reports. */
export function readHead(file: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    if (!statSync(file).isFile()) return Buffer.alloc(0);
    const descriptor = openSync(file, "r");
    try {
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Reads the values of a file, or of a descriptor, that may be records of CloudTrail. Memory is bounded: pieces of the file, and one
 * value at a time. Rejects if the file can't be read at all.
 */
export function readRecords(from: string | number, handler: RecordHandler): Promise<ReadBytes> {
  const places = new PlaceTracker();
  const splitter = new RecordSplitter({
    value: ({ bytes, start, end }, base) =>
      handler.value(bytes, start, end, () => places.place(bytes, start, base)),
    fault: (message, bytes, at, base) => handler.fault(message, places.place(bytes, at, base)),
    drop: (bytes, end, base) => places.advance(bytes, end, base),
  });
  return new Promise((resolve, reject) => new TrailRead(from, { splitter, handler, resolve, reject }));
}

interface Wiring {
  splitter: RecordSplitter;
  handler: RecordHandler;
  resolve: (read: ReadBytes) => void;
  reject: (error: Error) => void;
}

/** One reading of a file, from its first piece, which tells whether it is compressed, to its end. */
class TrailRead {
  readonly #wiring: Wiring;
  readonly #source: ReturnType<typeof createReadStream>;
  readonly #read: ReadBytes = { stored: 0, expanded: 0 };
  #gunzip: Gunzip | undefined;
  #isFirst = true;
  #isDone = false;

  constructor(from: string | number, wiring: Wiring) {
    this.#wiring = wiring;
    const options = { highWaterMark: PIECE };
    this.#source =
      typeof from === "number"
        ? createReadStream("", { ...options, fd: from, autoClose: false })
        : createReadStream(from, options);
    this.#source.on("data", (piece) => this.#addStored(piece as Buffer));
    this.#source.on("error", (error) => this.#fail(error));
    this.#source.on("end", () => (this.#gunzip ? this.#gunzip.end() : this.#finish()));
  }

  #addStored(piece: Buffer): void {
    if (this.#isDone) return;
    this.#read.stored += piece.length;
    this.#wiring.handler.progress?.(piece.length);
    if (this.#read.stored === piece.length && isGzip(piece)) this.#startGunzip();
    if (!this.#gunzip) this.#addText(piece);
    else if (!this.#gunzip.write(piece)) this.#source.pause();
  }

  #startGunzip(): void {
    const gunzip = createGunzip({ chunkSize: PIECE });
    this.#gunzip = gunzip;
    gunzip.on("data", (piece: Buffer) => this.#addText(piece));
    gunzip.on("drain", () => this.#source.resume());
    gunzip.on("end", () => this.#finish());
    gunzip.on("error", (error: NodeJS.ErrnoException) => {
      // Data and errors come in order, so what could be expanded has been read.
      this.#stop(
        error.code === "Z_BUF_ERROR" ? "the compressed file is cut off" : "the compressed data is broken",
      );
    });
  }

  #addText(piece: Buffer): void {
    if (this.#isDone) return;
    this.#read.expanded += piece.length;
    const { stored, expanded } = this.#read;
    if (this.#gunzip && expanded > EXPANSION_CHECKED_FROM && expanded > stored * MAX_EXPANSION)
      this.#stop(`the file expands more than ${MAX_EXPANSION} times: the rest of it isn't read`);
    else if (this.#isFirst) this.#addFirstText(piece);
    else this.#wiring.splitter.push(piece);
  }

  #addFirstText(piece: Buffer): void {
    this.#isFirst = false;
    const encoding = detectForeignEncoding(piece);
    if (encoding) {
      this.#stop(`the file is ${encoding}, not UTF-8`);
      return;
    }
    this.#wiring.splitter.push(piece.subarray(findTextStart(piece)));
  }

  /** Reports a fault of the whole file, behind the records that could be read. */
  #stop(message: string): void {
    if (this.#isDone) return;
    this.#wiring.splitter.end(message);
    this.#finish();
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#wiring.splitter.end();
    // A descriptor isn't ours to close, as this would; a pipe that nobody reads must not keep the process alive, though.
    if (!this.#source.readableEnded) this.#source.destroy();
    this.#gunzip?.destroy();
    this.#wiring.resolve(this.#read);
  }

  #fail(error: Error): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#gunzip?.destroy();
    this.#wiring.reject(error);
  }
}

/** Lines and columns of offsets, of which each is asked for behind the last one. */
class PlaceTracker {
  #at = 0;
  #line = 1;
  #column = 1;

  place(bytes: Buffer, at: number, base: number): RecordPlace {
    this.advance(bytes, at, base);
    return { line: this.#line, column: this.#column };
  }

  /** Counts up to an offset, behind which the bytes begin next time. */
  advance(bytes: Buffer, to: number, base: number): void {
    const start = Math.max(0, this.#at - base);
    if (to <= start) return;
    const passed = bytes.subarray(start, to);
    let from = 0;
    for (let line = passed.indexOf(0x0a); line >= 0; line = passed.indexOf(0x0a, from)) {
      this.#line++;
      this.#column = 1;
      from = line + 1;
    }
    const rest = passed.subarray(from);
    this.#column += isAscii(rest) ? rest.length : rest.toString("utf8").length;
    this.#at = base + to;
  }
}
