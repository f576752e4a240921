/**
 * Parses a time into milliseconds since 1970. The AWS CLI prints ISO 8601 text or seconds, depending on its
 * version and its setting `cli_timestamp_format`. A time without a zone is taken as UTC, so that the result
 * is the same on every machine.
 */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === "number") return Math.round(value * 1000);
  if (typeof value !== "string") return undefined;
  if (/^-?\d{1,15}(\.\d{1,12})?$/.test(value)) return Math.round(Number(value) * 1000);
  if (value.length > 64 || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const text = value.replace(/^(.{10})[ t]/, "$1T");
  const time = Date.parse(/T/.test(text) && !/(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
