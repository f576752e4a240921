import { checksum } from "./checksum.ts";

/** Bytes of a checksum, and what stands before it: how many runs have added to the data. */
const LENGTH = 4;

/** Compiled code, and how many runs have added to it, at most 255. */
export interface StoredCode {
  data: Buffer;
  runs: number;
}

/**
 * Data with its checksum after it. V8 checks cached code only for its version, flags and length, and flipped bytes in it can
 * end the process. The checksum covers the name, too, so that a file which was renamed doesn't count. It is none against
 * somebody who can write the file: the directory's owner and mode are.
 */
export function seal({ data, runs }: StoredCode, name: string): Buffer {
  const sealed = Buffer.concat([data, Buffer.from([runs]), Buffer.alloc(LENGTH)]);
  const length = sealed.length - LENGTH;
  sealed.writeUInt32LE(checksumOf(sealed.subarray(0, length), name), length);
  return sealed;
}

/** Returns what `seal` was given if it is as it was then. */
export function unseal(sealed: Buffer, name: string): StoredCode | undefined {
  const length = sealed.length - LENGTH;
  if (length < 1) return undefined;
  const isAsItWas = checksumOf(sealed.subarray(0, length), name) === sealed.readUInt32LE(length);
  return isAsItWas ? { data: sealed.subarray(0, length - 1), runs: sealed[length - 1]! } : undefined;
}

const checksumOf = (data: Buffer, name: string): number => checksum(data, checksum(name));
