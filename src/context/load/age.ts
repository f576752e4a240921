import { formatCount } from "../../diagnostics/text.ts";
import { parseTime } from "../../documents/times.ts";
import { readMember, readTextMember } from "../context.ts";

/** The greatest age of facts that are used. Times are in milliseconds. */
export interface AgeLimit {
  maxAge: number;
  /** The time of the run, since 1970. */
  now: number;
}

/** When AWS was asked, as `countersign context pull` notes it; undefined for output that says nothing of it. */
export const readAsOf = (value: unknown): string | undefined =>
  readTextMember(readMember(value, "pulled"), ["asOf"]);

/** Why facts are too old to be used; undefined if they aren't. An output doesn't say itself when it was printed. */
export function describeStale(value: unknown, { maxAge, now }: AgeLimit): string | undefined {
  const asOf = readAsOf(value);
  const time = asOf === undefined ? undefined : parseTime(asOf);
  if (time === undefined || time - now > MAX_SKEW)
    return "when these facts were printed is not known, so they are not used";
  if (now - time <= maxAge) return undefined;
  return `these facts are ${formatAge(now - time)} old, so they are not used`;
}

/** Clocks of machines differ; facts of tomorrow don't tell their age. */
const MAX_SKEW = 3_600_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function formatAge(age: number): string {
  if (age >= 2 * DAY) return formatCount(Math.floor(age / DAY), "day");
  if (age >= 2 * HOUR) return formatCount(Math.floor(age / HOUR), "hour");
  return formatCount(Math.floor(age / MINUTE), "minute");
}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

/** Reads `90m`, `24h` or `7d` as milliseconds; undefined for any other text. */
export function parseAge(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * UNITS[unit!]!;
}
