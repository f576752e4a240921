/**
 * No record that AWS prints has nearly as many parts. Beyond it a record is not checked part by part: ajv makes
 * an error of each wrong one, and a file of a few megabytes would take minutes.
 */
export const MOST_PARTS = 100_000;

/** Has a value more parts than any record has? Counts no further than it must. */
export function isVast(value: unknown): boolean {
  let parts = 0;
  const left = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const inside: unknown[] = Array.isArray(next) ? next : Object.values(next);
    parts += inside.length;
    if (parts > MOST_PARTS) return true;
    for (const part of inside) if (typeof part === "object" && part !== null) left.push(part);
  }
  return false;
}
