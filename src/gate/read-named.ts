import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { readLimited } from "../files/source.ts";

/** Opening a named pipe without a writer would wait, and nothing but a signal end that. Windows has no such flag. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Milliseconds in which a program must write into a named pipe. */
const PATIENCE = 5_000;

/** Reads a file, a pipe or a device up to a limit. Throws an error with the code `ENOWRITER` for a pipe that nothing writes into. */
export function readNamed(path: string, limit: number): { bytes: Uint8Array; over: boolean } {
  const descriptor = openSync(path, AT_ONCE);
  try {
    const first = fstatSync(descriptor).isFIFO() ? readFirstByte(descriptor) : new Uint8Array();
    const { bytes, over } = readLimited(descriptor, limit);
    return { bytes: Buffer.concat([first, bytes]), over };
  } finally {
    closeSync(descriptor);
  }
}

/** Without a writer, a pipe is at its end; with one that hasn't written yet, the read has to be tried again. */
function readFirstByte(descriptor: number): Uint8Array {
  const byte = Buffer.alloc(1);
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; Atomics.wait(wait, 0, 0, 10)) {
    try {
      if (readSync(descriptor, byte) === 1) return byte;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
  throw Object.assign(new Error("nothing writes into the pipe"), { code: "ENOWRITER" });
}
