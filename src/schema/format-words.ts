import { quoted } from "../diagnostics/text.ts";

/** No format is tried on a longer text: then nobody knows, and messages say so. */
export const LONGEST_FORMATTED = 8000;

const WORDS: Readonly<Record<string, string>> = {
  date: "a date such as `2026-12-31`",
  time: "a time with its offset, such as `10:00:00Z`",
  "date-time": "a date and time such as `2026-01-05T10:00:00Z`",
  duration: "a duration such as `P1DT12H`",
  email: "an email address",
  hostname: "the name of a host",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  uri: "a URI such as `https://example.com/page`",
  url: "a URL such as `https://example.com/page`",
  uuid: "a UUID",
  regex: "a regular expression",
  byte: "bytes in Base64",
  int32: "a whole number of 32 bits",
  int64: "a whole number of 64 bits",
};

/** What a value of a format is. */
export const formatInWords = (format: string): string =>
  WORDS[format] ?? `a value of the format ${quoted(format)}`;

/** The text has the form of a date, and the calendar doesn't have it. */
export const isDateLike = (format: string, text: string): boolean =>
  format === "date" && /^\d{4}-\d{2}-\d{2}$/.test(text);
