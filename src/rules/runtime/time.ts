/** What timestamps and durations are to the CEL library: messages of these types. */
const TIMESTAMP = "google.protobuf.Timestamp";
const TIME_TYPES: ReadonlySet<string> = new Set([TIMESTAMP, "google.protobuf.Duration"]);

/** A timestamp or a duration, by structure: those of the CEL library have further members. */
export interface TimeValue {
  message: { $typeName: string; seconds: bigint; nanos: number };
}

export const isTimeValue = (value: unknown): value is TimeValue =>
  typeof value === "object" &&
  value !== null &&
  "message" in value &&
  TIME_TYPES.has(String((value as TimeValue).message?.$typeName));

/** A time as a value of compiled expressions, whose functions need no more of it. */
export function createTimestamp(time: Date): TimeValue {
  const milliseconds = time.getTime();
  const seconds = Math.floor(milliseconds / 1000);
  const nanos = (milliseconds - seconds * 1000) * 1e6;
  return { message: { $typeName: TIMESTAMP, seconds: BigInt(seconds), nanos } };
}

export const dateFromTimestamp = ({ message: { seconds, nanos } }: TimeValue): Date =>
  new Date(Number(seconds) * 1000 + nanos / 1e6);

/** `2026-01-05T10:00:00Z`, or `3600s`. */
export function formatTimeValue({ message: { $typeName, seconds, nanos } }: TimeValue): string {
  if ($typeName !== TIMESTAMP) return `${Number(seconds) + nanos / 1e9}s`;
  return new Date(Number(seconds) * 1000 + nanos / 1e6).toISOString().replace(".000Z", "Z");
}
