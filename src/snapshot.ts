import { MAX_DEPTH } from "./documents/limits.ts";

/** Why a program's value cannot be checked. */
export class SnapshotError extends Error {}

/**
 * A plain copy of what a program hands in, taken once: members that are undefined count as absent, getters run
 * once, and cycles end here. Dates and byte arrays stay, for the members that take them.
 */
export function snapshot(value: unknown): unknown {
  try {
    return copied(value, 0);
  } catch (error) {
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError(
      `reading the value failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function copied(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value))
    return value;
  if (depth >= MAX_DEPTH)
    throw new SnapshotError(`the value contains itself, or nests deeper than ${MAX_DEPTH}`);
  // By index: the holes of a sparse list are undefined, not skipped.
  if (Array.isArray(value)) return Array.from(value, (item) => copied(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = copied((value as Record<string, unknown>)[key], depth + 1);
    if (member === undefined) continue;
    // A member called __proto__ is a member like any other.
    if (key !== "__proto__") copy[key] = member;
    else Object.defineProperty(copy, key, { value: member, enumerable: true });
  }
  return copy;
}
