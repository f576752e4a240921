import type { ParsedScalar } from "./numbers.ts";

/**
 * The W3C profile of ISO 8601 (https://www.w3.org/TR/NOTE-datetime) requires a zone wherever there is a time.
 */
const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):(\d\d)))?$/;
/**
 * Forms that other date parsers accept: only a year or month, other separators, no zone, no dashes,
 * fractional seconds.
 */
const LENIENT =
  /^\s*(?:-?\d+(?:\.\d*)?|\d{4}-\d\d|\d{4}-?\d\d-?\d\d(?:[Tt ]?\d\d:?\d\d(?::?\d\d(?:[.,]\d*)?)?(?:\s*(?:[Zz]|[+-]\d\d(?::?\d\d)?))?)?)\s*$/;
/** Epoch seconds from 1973 to 5138: shorter numbers may be years or days, longer ones milliseconds. */
const EPOCH = /^\d{9,11}$/;

/**
 * Parses an instant, in milliseconds since the epoch. IAM user guide, "Date condition operators": a W3C form
 * of ISO 8601, or epoch (UNIX) time.
 */
export function parseDateValue(text: string): ParsedScalar<number> {
  if (EPOCH.test(text)) return Number(text) * 1000;
  const match = DATE.exec(text);
  if (match === null) return LENIENT.test(text) ? "dubious" : undefined;
  const [, day = "", hour = "00", minute = "00", second = "00", fraction = "0", sign, ...zone] = match;
  const wanted = `${day}T${hour}:${minute}:${second}`;
  const [year, month, date] = day.split("-").map(Number);
  const instant = Date.UTC(year!, month! - 1, date, Number(hour), Number(minute), Number(second));
  // `Date.UTC` normalizes overflowing fields: it turns April 31 into May 1.
  if (new Date(instant).toISOString().slice(0, wanted.length) !== wanted) return undefined;
  const [zoneHours = 0, zoneMinutes = 0] = zone.map((part) => Number(part ?? 0));
  if (zoneHours > 23 || zoneMinutes > 59) return undefined;
  const offset = (zoneHours * 60 + zoneMinutes) * 60_000;
  return instant + Number(fraction) * 1000 - (sign === "-" ? -offset : offset);
}
