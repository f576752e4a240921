const fs = process.getBuiltinModule("node:fs");

/** Bytes (1 MiB). More than the largest part and what V8 compiled of it have. */
const LENGTH = 1_048_576;

let scratch: Buffer | undefined;

/**
 * Returns the content of an open file of a size, in memory that the next call uses again: to get fresh memory of the system takes
 * longer than to read. Undefined if the file has changed meanwhile.
 */
export function readScratch(file: number, size: number): Buffer | undefined {
  scratch ??= Buffer.allocUnsafeSlow(LENGTH);
  const target = size <= LENGTH ? scratch : Buffer.allocUnsafeSlow(size);
  return fs.readSync(file, target, 0, size, 0) === size ? target.subarray(0, size) : undefined;
}
