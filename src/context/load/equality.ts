import { Unknown } from "../../documents/document.ts";
import type { Members } from "../context.ts";

/** Do two records say the same? The order of members is nothing, and a time may be written in two ways. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Unknown || b instanceof Unknown)
    return a instanceof Unknown && b instanceof Unknown && a.source === b.source;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSame(item, b[index]));
  }
  return (
    Object.keys(a).length === Object.keys(b).length && differing(a as Members, b as Members).length === 0
  );
}

/** The members in which two records differ, in the order of the first. */
export const differing = (a: Members, b: Members): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !isSameMember(key, a, b));

function isSameMember(key: string, a: Members, b: Members): boolean {
  if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) return false;
  if (isSame(a[key], b[key])) return true;
  // Responses name every time like this: CreationTime, StartTime, LastUpdatedTime.
  if (!key.endsWith("Time")) return false;
  const time = timeOf(a[key]);
  return time !== undefined && time === timeOf(b[key]);
}

/**
 * A time as milliseconds since 1970. The AWS CLI prints ISO 8601 text or seconds, by its version and by its
 * setting `cli_timestamp_format`. A time without a zone is UTC here, so that every machine reads it alike.
 */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === "number") return Math.round(value * 1000);
  if (typeof value !== "string") return undefined;
  if (/^-?\d{1,15}(\.\d{1,12})?$/.test(value)) return Math.round(Number(value) * 1000);
  if (value.length > 64 || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const text = value.replace(/^(.{10})[ t]/, "$1T");
  const time = Date.parse(/T/.test(text) && !/(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
