import { Unknown } from "../../documents/document.ts";
import { parseTime } from "../../documents/times.ts";
import type { RecordMembers } from "../context.ts";

/** Whether two records are equal, regardless of the order of members and of the notation of times. */
export function isSameRecord(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Unknown || b instanceof Unknown)
    return a instanceof Unknown && b instanceof Unknown && a.source === b.source;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSameRecord(item, b[index]));
  }
  return (
    Object.keys(a).length === Object.keys(b).length &&
    findDifferingMembers(a as RecordMembers, b as RecordMembers).length === 0
  );
}

/** The members in which two records differ: those of the first in order, then those only in the second. */
export const findDifferingMembers = (a: RecordMembers, b: RecordMembers): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !isSameMember(key, a, b));

function isSameMember(key: string, a: RecordMembers, b: RecordMembers): boolean {
  if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) return false;
  if (isSameRecord(a[key], b[key])) return true;
  // In AWS responses, the names of all times end like this: CreationTime, StartTime, LastUpdatedTime.
  if (!key.endsWith("Time")) return false;
  const time = parseTime(a[key]);
  return time !== undefined && time === parseTime(b[key]);
}
