/** Bytes of a SHA-256 digest. */
const DIGEST = 32;

/**
 * Data with its digest after it. V8 checks cached code only for its version, flags and length, and flipped bytes in it can
 * end the process. The digest covers the name, too, so that a file which was renamed doesn't count.
 */
export const seal = (data: Buffer, name: string): Buffer => Buffer.concat([data, digestOf(data, name)]);

/** Returns the data of what `seal` made if it is as it was then. */
export function unseal(sealed: Buffer, name: string): Buffer | undefined {
  const data = sealed.subarray(0, Math.max(0, sealed.length - DIGEST));
  return digestOf(data, name).equals(sealed.subarray(data.length)) ? data : undefined;
}

const digestOf = (data: Buffer, name: string): Buffer =>
  process
    .getBuiltinModule("node:crypto")
    .createHash("sha256")
    .update(name)
    .update("\0")
    .update(data)
    .digest();
