import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { readLimited } from "../files/source.ts";

/** Opening a named pipe without a writer would wait, and nothing but a signal end that. Windows has no such flag. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Milliseconds in which a program must write into a named pipe. */
const PATIENCE = 5_000;

/** Bytes that are read of a pipe at once. */
const CHUNK = 1 << 16;

export interface NamedContent {
  bytes: Uint8Array;
  over: boolean;
}

/** Reads a file, a pipe or a device up to a limit. Throws an error with the code `ENOWRITER` for a pipe that nothing writes into. */
export async function readNamed(path: string, limit: number): Promise<NamedContent> {
  const descriptor = openSync(path, AT_ONCE);
  try {
    return fstatSync(descriptor).isFIFO()
      ? await readPipe(descriptor, limit)
      : readLimited(descriptor, limit);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Without a writer, a pipe is at its end; with one that hasn't written yet, the read has to be tried again. Between the
 * reads, signals are heard.
 */
async function readPipe(descriptor: number, limit: number): Promise<NamedContent> {
  const chunks: Buffer[] = [];
  let length = 0;
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const chunk = readChunk(descriptor);
    if (chunk?.length) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) return { bytes: new Uint8Array(), over: true };
    } else if (length > 0 && chunk) return { bytes: Buffer.concat(chunks), over: false };
    else if (length === 0 && Date.now() > deadline)
      throw Object.assign(new Error("nothing writes into the pipe"), { code: "ENOWRITER" });
    else await sleep(10);
  }
}

/** Empty at the end; undefined if a writer has written nothing more yet. */
function readChunk(descriptor: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(CHUNK);
  try {
    return buffer.subarray(0, readSync(descriptor, buffer));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}
