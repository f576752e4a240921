import { Unknown } from "./document.ts";

/** A payload as JSON prints it. Integers beyond the range of a double become strings, since JSON readers would round them. */
export function toPrintable(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map(toPrintable);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPrintable(member)]));
}
