import type { Read } from "./numbers.ts";

/** The W3C's profile of ISO 8601 (https://www.w3.org/TR/NOTE-datetime) has a zone wherever it has a time. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):(\d\d)))?$/;
/** What other readers of dates take: a year or month alone, other separators, no zone, no dashes, fractions of seconds. */
const LENIENT =
  /^\s*(?:-?\d+(?:\.\d*)?|\d{4}-\d\d|\d{4}-?\d\d-?\d\d(?:[Tt ]?\d\d:?\d\d(?::?\d\d(?:[.,]\d*)?)?\s*(?:[Zz]|[+-]\d\d(?::?\d\d)?)?)?)\s*$/;
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
  const [, year, month, day, hour, minute, second, fraction, sign, zoneHour, zoneMinute] = match;
  const instant = Date.UTC(+year!, +month! - 1, +day!, +(hour ?? 0), +(minute ?? 0), +(second ?? 0));
  if (!isOnCalendar(instant, { day: +day!, hour, minute, second }) || +year! < 100) return undefined;
  if (Number(zoneHour ?? 0) > 23 || Number(zoneMinute ?? 0) > 59) return undefined;
  const offset = (Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0)) * 60_000;
  return instant + Number(fraction ?? 0) * 1000 - (sign === "-" ? -offset : offset);
}

interface Wanted {
  day: number;
  hour: string | undefined;
  minute: string | undefined;
  second: string | undefined;
}

/** `Date.UTC` carries over: the 31st of April is the 1st of May to it. */
function isOnCalendar(instant: number, { day, hour, minute, second }: Wanted): boolean {
  const date = new Date(instant);
  return (
    date.getUTCDate() === day &&
    date.getUTCHours() === Number(hour ?? 0) &&
    date.getUTCMinutes() === Number(minute ?? 0) &&
    date.getUTCSeconds() === Number(second ?? 0)
  );
}
