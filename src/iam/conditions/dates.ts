import type { Read } from "./numbers.ts";

/** The W3C's profile of ISO 8601 (https://www.w3.org/TR/NOTE-datetime) has a zone wherever it has a time. */
const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):(\d\d)))?$/;
/** What other readers of dates take: a year or month alone, other separators, no zone, no dashes, fractions of seconds. */
const LENIENT =
  /^\s*(?:-?\d+(?:\.\d*)?|\d{4}-\d\d|\d{4}-?\d\d-?\d\d(?:[Tt ]?\d\d:?\d\d(?::?\d\d(?:[.,]\d*)?)?(?:\s*(?:[Zz]|[+-]\d\d(?::?\d\d)?))?)?)\s*$/;
/** Seconds since 1970 from 1973 to 5138: shorter ones may be years or days, longer ones milliseconds. */
const EPOCH = /^\d{9,11}$/;

/**
 * An instant, in milliseconds. IAM user guide, "Date condition operators": one of the W3C's forms of ISO 8601, or epoch
 * (UNIX) time.
 */
export function dateOf(text: string): Read<number> {
  if (EPOCH.test(text)) return Number(text) * 1000;
  const match = DATE.exec(text);
  if (match === null) return LENIENT.test(text) ? "dubious" : undefined;
  const [, day = "", hour = "00", minute = "00", second = "00", fraction = "0", sign, ...zone] = match;
  const wanted = `${day}T${hour}:${minute}:${second}`;
  const [year, month, date] = day.split("-").map(Number);
  const instant = Date.UTC(year!, month! - 1, date, Number(hour), Number(minute), Number(second));
  // `Date.UTC` carries over: the 31st of April is the 1st of May to it.
  if (new Date(instant).toISOString().slice(0, wanted.length) !== wanted) return undefined;
  const [zoneHours = 0, zoneMinutes = 0] = zone.map((part) => Number(part ?? 0));
  if (zoneHours > 23 || zoneMinutes > 59) return undefined;
  const offset = (zoneHours * 60 + zoneMinutes) * 60_000;
  return instant + Number(fraction) * 1000 - (sign === "-" ? -offset : offset);
}
