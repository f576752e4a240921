import { checksum } from "./checksum.ts";

/** Bytes of a checksum. */
const LENGTH = 4;

/**
 * Data with its checksum after it. V8 checks cached code only for its version, flags and length, and flipped bytes in it can
 * end the process. The checksum covers the name, too, so that a file which was renamed doesn't count. It is none against
 * somebody who can write the file: the directory's owner and mode are.
 */
export function seal(data: Buffer, name: string): Buffer {
  const end = Buffer.alloc(LENGTH);
  end.writeUInt32LE(checksumOf(data, name));
  return Buffer.concat([data, end]);
}

/** Returns the data of what `seal` made if it is as it was then. */
export function unseal(sealed: Buffer, name: string): Buffer | undefined {
  const length = sealed.length - LENGTH;
  if (length < 0) return undefined;
  const data = sealed.subarray(0, length);
  return checksumOf(data, name) === sealed.readUInt32LE(length) ? data : undefined;
}

const checksumOf = (data: Buffer, name: string): number => checksum(data, checksum(name));
