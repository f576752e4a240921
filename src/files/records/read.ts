import { isAscii } from "node:buffer";
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip, type Gunzip, gunzipSync } from "node:zlib";
import { detectForeignEncoding, findTextStart } from "../decode.ts";
import { isGzip } from "../source.ts";
import { CsvRecords, isRecordTable } from "./csv.ts";
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

/** Of zlib: what is there of data that is cut off. */
const Z_SYNC_FLUSH = 2;

/** As much of a head may expand: what expands more is no trail. */
const MAX_EXPANDED_HEAD = 4 * 1024 * 1024;

/** The beginning of what a file holds, as far as these bytes of it tell, which may be compressed. */
export function expandHead(bytes: Buffer): Buffer {
  if (!isGzip(bytes)) return bytes;
  try {
    const options = { finishFlush: Z_SYNC_FLUSH, maxOutputLength: MAX_EXPANDED_HEAD };
    return gunzipSync(bytes, options);
  } catch {
    return Buffer.alloc(0);
  }
}

/** A file, a descriptor, or bytes that were read. */
export type RecordSource = string | number | Uint8Array;

/**
 * Reads the values of a file, a descriptor or bytes that may be records of CloudTrail. Memory is bounded: pieces of the file, and one
 * value at a time. Rejects if the file can't be read at all.
 */
export function readRecords(from: RecordSource, handler: RecordHandler): Promise<ReadBytes> {
  const places = new PlaceTracker();
  const splitter = new RecordSplitter({
    value: ({ bytes, start, end }, base) =>
      handler.value(bytes, start, end, () => places.place(bytes, start, base)),
    fault: (message, bytes, at, base) => handler.fault(message, places.place(bytes, at, base)),
    drop: (bytes, end, base) => places.advance(bytes, end, base),
  });
  const rows = new CsvRecords({
    row: (json, line) => handler.value(json, 0, json.length, () => ({ line, column: 1 })),
    fault: (message, line) => handler.fault(message, { line, column: 1 }),
  });
  return new Promise((resolve, reject) => new TrailRead(from, { splitter, rows, handler, resolve, reject }));
}

/** What takes the text of a file in pieces. */
type TextSink = Pick<RecordSplitter, "push" | "end">;

interface Wiring {
  splitter: TextSink;
  /** Of a table of CSV. */
  rows: TextSink;
  handler: RecordHandler;
  resolve: (read: ReadBytes) => void;
  reject: (error: Error) => void;
}

/** The header of a table is far shorter. */
const HEADER_BYTES = 4096;

function openSource(from: RecordSource): Readable {
  const options = { highWaterMark: PIECE };
  if (typeof from === "number") return createReadStream("", { ...options, fd: from, autoClose: false });
  return typeof from === "string" ? createReadStream(from, options) : Readable.from([Buffer.from(from)]);
}

/** One reading of a file, from its first piece, which tells whether it is compressed, to its end. */
class TrailRead {
  readonly #wiring: Wiring;
  readonly #source: Readable;
  readonly #read: ReadBytes = { stored: 0, expanded: 0 };
  #gunzip: Gunzip | undefined;
  #sink: TextSink;
  #isFirst = true;
  #isDone = false;

  constructor(from: RecordSource, wiring: Wiring) {
    this.#wiring = wiring;
    this.#sink = wiring.splitter;
    this.#source = openSource(from);
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
    else this.#sink.push(piece);
  }

  #addFirstText(piece: Buffer): void {
    this.#isFirst = false;
    const encoding = detectForeignEncoding(piece);
    if (encoding) {
      this.#stop(`the file is ${encoding}, not UTF-8`);
      return;
    }
    if (isRecordTable(piece.toString("latin1", 0, HEADER_BYTES))) this.#sink = this.#wiring.rows;
    this.#sink.push(piece.subarray(findTextStart(piece)));
  }

  /** Reports a fault of the whole file, behind the records that could be read. */
  #stop(message: string): void {
    if (this.#isDone) return;
    this.#sink.end(message);
    this.#finish();
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#sink.end();
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
