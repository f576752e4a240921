import { isPlain } from "../api/snapshot.ts";

/** More levels than any request nests; also stops at a value that contains itself. */
const MAX_DEPTH = 128;

const OPEN_PROPERTY = { enumerable: true, writable: true, configurable: true };

/**
 * Copies a command's input, reading each getter once. Later changes to the original, for example while the
 * client waits for credentials, do not affect what was checked. Streams, bytes and dates are kept by
 * reference. Throws if a getter throws, or if a value contains itself.
 */
export function copyInput(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError("the value contains itself");
  if (Array.isArray(value)) return Array.from(value, (item) => copyInput(item, depth + 1));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = copyInput((value as Record<string, unknown>)[key], depth + 1);
    // Assigning is faster, but would set the prototype.
    if (key === "__proto__") Object.defineProperty(copy, key, { value: member, ...OPEN_PROPERTY });
    else copy[key] = member;
  }
  return copy;
}
