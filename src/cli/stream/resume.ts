import type { WriteStream } from "node:fs";
import { closeSync, createWriteStream, ftruncateSync, openSync, readSync } from "node:fs";
import { quoted } from "../../diagnostics/text.ts";
import { UsageError } from "../../run/io.ts";
import { createWriteError } from "../../run/reports.ts";

/** What an interrupted stream has answered. */
export interface Answered {
  file: string;
  /** The number of complete lines. */
  lines: number;
  /** The last of them; undefined if there is none. */
  last: string | undefined;
  stream: WriteStream;
}

/** Opens the file of answers to go on after its last complete line; what an interruption left of another is cut off. */
export function openAnswers(file: string): Answered {
  let descriptor: number;
  try {
    descriptor = openSync(file, "a+");
  } catch (error) {
    throw createWriteError(file, error);
  }
  try {
    const { lines, end, last } = countLines(descriptor);
    ftruncateSync(descriptor, end);
    return { file, lines, last, stream: createWriteStream(file, { fd: descriptor, flags: "a" }) };
  } catch (error) {
    closeSync(descriptor);
    throw createWriteError(file, error);
  }
}

const PIECE = 1 << 20;
/** Of the last line, only its beginning with the id matters. */
const MAX_KEPT = 1 << 16;

/** Counts complete lines; `end` is the offset after the last of them. */
function countLines(descriptor: number): { lines: number; end: number; last: string | undefined } {
  const piece = Buffer.allocUnsafe(PIECE);
  let offset = 0;
  let lines = 0;
  let [start, end] = [0, 0];
  for (let size = read(piece, offset); size > 0; offset += size, size = read(piece, offset)) {
    const bytes = piece.subarray(0, size);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
      lines++;
      [start, end] = [end, offset + at + 1];
    }
  }
  const head = piece.subarray(0, Math.min(MAX_KEPT, end - start));
  return { lines, end, last: lines === 0 ? undefined : head.subarray(0, read(head, start)).toString() };

  function read(into: Buffer, position: number): number {
    return readSync(descriptor, into, 0, into.length, position);
  }
}

/** The error for answers that are not those to the input. */
export const createOtherInputError = (file: string, lines: number): UsageError =>
  new UsageError(
    `${quoted(file)} has ${lines} answers, of which the last one is not that to line ${lines} of the input`,
    "give the input that it was begun with, or begin another file",
  );
