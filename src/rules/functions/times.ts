import { parseTime } from "../../schema/times.ts";

const HOUR = 3_600_000;

/** NaN if one of the two is no time. */
export function hoursBetween(earlier: unknown, later: unknown): number {
  const [from, to] = [earlier, later].map((time) =>
    parseTime(typeof time === "bigint" ? Number(time) : time),
  );
  return from === undefined || to === undefined ? Number.NaN : (to - from) / HOUR;
}
