import { isPlain } from "../api/snapshot.ts";

/** More than any request nests; a value that contains itself ends here. */
const MAX_DEPTH = 128;

/**
 * A copy of what a command was given: getters run once, and whoever changes the original later, while the client is
 * still waiting for credentials, changes nothing that was checked. Streams, bytes and dates stay what they are. Throws
 * where a getter does, and for a value that contains itself.
 */
export function copied(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError("the value contains itself");
  if (Array.isArray(value)) return Array.from(value, (item) => copied(item, depth + 1));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = copied((value as Record<string, unknown>)[key], depth + 1);
    Object.defineProperty(copy, key, { value: member, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
