import { parseTime } from "../../documents/times.ts";
import { isTimeValue } from "../runtime/time.ts";

const HOUR = 3_600_000;

/** NaN if one of the two is no time. */
export function hoursBetween(earlier: unknown, later: unknown): number {
  const [from, to] = [toMilliseconds(earlier), toMilliseconds(later)];
  return from === undefined || to === undefined ? Number.NaN : (to - from) / HOUR;
}

function toMilliseconds(time: unknown): number | undefined {
  if (isTimeValue(time)) return Number(time.message.seconds) * 1000 + time.message.nanos / 1e6;
  return parseTime(typeof time === "bigint" ? Number(time) : time);
}
