import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { Code } from "../diagnostics/codes.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import type { ExcerptOrigin } from "../diagnostics/excerpt-lines.ts";
import { formatCount } from "../diagnostics/text.ts";
import { MAX_BYTES } from "../documents/limits.ts";
import { decodeBytes } from "./decode.ts";

/** The text of a file, or the reason why it can't be read. */
export type FileSource =
  | { file: string; text: string; excerpt?: Excerpt }
  | { file: string; problem: SourceProblem };

/** What is known of a file of which `text` is an excerpt, with what matters of it. */
export interface Excerpt {
  /** Where the parts of the text stand in the file. */
  origins: readonly ExcerptOrigin[];
  /** What of the file can't be read. */
  problems: readonly SourceProblem[];
  /** Calls of operations without a schema, as `service:Operation`. */
  unchecked: readonly { operation: string }[];
  /** How many records the file holds, and how many of them are of reads. */
  records: number;
  reads: number;
}

/** The texts of files that an editor has open: they count, not what is on the disk. By absolute path. */
export interface OpenTexts {
  get(path: string): string | undefined;
}

export interface SourceProblem {
  code: Code;
  message: string;
  help?: string;
  place: Place;
  /** There is no file at this path. */
  missing?: boolean;
  /** The beginning of the file as far as it is ASCII, used to guess what kind of document it is. */
  head?: string;
  /** What a descriptor held, which can't be read again, if it is compressed. */
  compressed?: Uint8Array;
}

/** Reads a file, or a descriptor (0 is stdin), up to `limit` bytes. */
export function readSource(file: string, descriptor?: number, limit = MAX_BYTES): FileSource {
  try {
    const text = descriptor === undefined ? readPlainText(file, limit) : undefined;
    return text === undefined
      ? { file, ...decodeContent(readLimited(descriptor ?? file, limit), limit, descriptor !== undefined) }
      : { file, text };
  } catch (error) {
    return { file, problem: problemFromError(error as NodeJS.ErrnoException) };
  }
}

/** The fast path: a regular file of UTF-8 text. Undefined where the bytes need a closer look. */
function readPlainText(file: string, limit: number): string | undefined {
  const stat = statSync(file);
  if (!stat.isFile() || stat.size === 0 || stat.size > limit) return undefined;
  const text = readFileSync(file, "utf8");
  return text.length > limit ? undefined : toPlainText(text);
}

/**
 * The text of bytes that were decoded as UTF-8. Undefined where they need a closer look, that is for zero bytes and for
 * replacement characters, which stand for invalid UTF-8.
 */
export function toPlainText(decoded: string): string | undefined {
  if (decoded.includes("\uFFFD") || decoded.includes("\0")) return undefined;
  return decoded.startsWith("\uFEFF") ? decoded.slice(1) : decoded;
}

function decodeContent(
  { bytes, over }: Content,
  limit: number,
  keepsCompressed: boolean,
): { text: string } | { problem: SourceProblem } {
  if (over) {
    const size = formatCount(limit / 1024 / 1024, "MiB", "MiB");
    const help = "a request is far smaller; name the request files, or leave this one out";
    const fault = createProblem("document/too-large", `the file is larger than ${size}`, help);
    return { problem: { ...fault, head: toAscii(bytes) } };
  }
  const read = decodeBytes(bytes);
  if ("text" in read) return read;
  const fault = createProblem("document/encoding", read.problem, read.help, read.line, read.column);
  const isKept = keepsCompressed && isGzip(bytes);
  return {
    // A copy: small files are read into the same bytes.
    problem: { ...fault, head: toAscii(bytes), ...(isKept && { compressed: Uint8Array.from(bytes) }) },
  };
}

/** Whether bytes are the beginning of a gzip file. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The ASCII characters of a file in any encoding: those of UTF-16 remain once its zero bytes are removed. */
const toAscii = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1").replaceAll("\0", "");

/** How much of an oversized file is kept as its head, in bytes: GitHub rejects files over 100 MiB. */
const MAX_HEAD_BYTES = 100 * 1024 * 1024;

interface Content {
  /** The whole content, or its beginning. */
  bytes: Uint8Array;
  /** The content exceeds the limit. For a regular file `bytes` still hold it, up to `MAX_LOOK`. */
  over: boolean;
}

/** Reused for all small files: each is decoded before the next one is read. */
const SCRATCH = Buffer.allocUnsafeSlow(65536);

/** Reads a file or a descriptor, also a pipe or a device, until it is `over` the limit. The bytes last until the next call. */
export function readLimited(from: string | number, limit: number): Content {
  const descriptor = typeof from === "number" ? from : openSync(from, "r");
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw Object.assign(new Error("is a directory"), { code: "EISDIR" });
    const large = stat.size > limit;
    // Only a request's kind is guessed from what is too large.
    if (large && limit > MAX_HEAD_BYTES) return { bytes: new Uint8Array(), over: true };
    const room = Math.min(stat.size, MAX_HEAD_BYTES);
    let buffer = room < SCRATCH.length ? SCRATCH : Buffer.allocUnsafe(room + 1);
    let length = 0;
    for (;;) {
      const read = readChunk(descriptor, buffer, length);
      length += read;
      // A regular file is complete at its size; only a pipe needs another read to detect its end.
      const isAll = read === 0 || (stat.isFile() && length === stat.size);
      const over = length > limit || large;
      if (isAll || (over && (!stat.isFile() || length >= MAX_HEAD_BYTES)))
        return { bytes: buffer.subarray(0, length), over };
      if (length === buffer.length) {
        const more = Math.max(Math.min(length, limit + 1 - length), SCRATCH.length);
        buffer = Buffer.concat([buffer, Buffer.allocUnsafe(more)]);
      }
    }
  } finally {
    if (typeof from === "string") closeSync(descriptor);
  }
}

/** Returns the number of bytes read, 0 at the end. Retries while a pipe has no data yet (EAGAIN). */
function readChunk(descriptor: number, buffer: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

const REASONS: Record<string, { message: string; help: string }> = {
  ENOENT: { message: "there is no file of this name", help: "check the spelling and the working directory" },
  ENOTDIR: { message: "a part of this path is a file, not a directory", help: "check the spelling" },
  EACCES: { message: "this file may not be read", help: "check its permissions" },
  EPERM: { message: "this file may not be read", help: "check its permissions" },
  ELOOP: { message: "this symbolic link leads back to itself", help: "point it at a file, or remove it" },
  EISDIR: { message: "this is a directory, not a file", help: "name a file" },
  ENAMETOOLONG: {
    message: "this name is longer than the file system allows",
    help: "check how the path was made",
  },
};

function problemFromError(error: NodeJS.ErrnoException): SourceProblem {
  const reason = REASONS[error.code ?? ""] ?? {
    message: `reading failed (${error.code ?? "unknown error"})`,
    help: "try again",
  };
  const missing = error.code === "ENOENT" || error.code === "ENOTDIR";
  return {
    ...createProblem("document/unreadable", reason.message, reason.help),
    ...(missing && { missing }),
  };
}

const createProblem = (code: Code, message: string, help: string, line = 1, column = 1): SourceProblem => ({
  code,
  message,
  help,
  place: { line, column, endLine: line, endColumn: column },
});
