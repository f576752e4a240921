import { Unknown } from "./document.ts";
import type { Hole } from "./partial.ts";
import { OpenList, OpenObject, PartialText } from "./partial.ts";

export type TextPart = string | Hole;

/** A text of these parts: a plain string if all of them are known. */
export function textFromParts(parts: readonly TextPart[], source?: string): string | PartialText {
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const [first, ...others] = merged;
  if (others.length === 0 && (first === undefined || typeof first === "string")) return first ?? "";
  return new PartialText(source ?? joinPartSources(merged), merged);
}

/** The parts of a value that is a text, wholly or partly known; undefined for any other. */
export const getTextParts = (value: unknown): readonly TextPart[] | undefined =>
  typeof value === "string" ? [value] : value instanceof PartialText ? value.parts : undefined;

/** The parts of a text, or of what is no more than a reference to one. */
export const getReferenceParts = (value: unknown): readonly TextPart[] =>
  getTextParts(value) ?? (value instanceof Unknown ? [{ source: value.source }] : []);

/** The text as the file writes it, with the source of each hole. */
export const joinPartSources = (parts: readonly TextPart[]): string =>
  parts.map((part) => (typeof part === "string" ? part : part.source)).join("");

/** The known members of an object, also of an open one; undefined for any other value. */
export function getKnownMembers(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value instanceof OpenObject) return value.members;
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain && !(value instanceof Unknown) ? (value as Record<string, unknown>) : undefined;
}

/** An object of these members; `__proto__` becomes an own member, which assignment would not do. */
export function objectFromEntries(
  entries: Iterable<readonly [name: string, value: unknown]>,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/**
 * Replaces each item or member of a value, also of an open list or object, and the names of members. Returns the
 * value itself if nothing changes.
 */
export function mapChildren(
  value: unknown,
  replace: (child: unknown, key: string | number) => unknown,
  rename: (name: string) => string = (name) => name,
): unknown {
  if (Array.isArray(value)) return mapItems(value, replace);
  if (value instanceof OpenList) {
    const items = mapItems(value.items, replace);
    return items === value.items ? value : new OpenList(value.source, items);
  }
  const members = getKnownMembers(value);
  if (!members) return value;
  const mapped = mapMembers(members, replace, rename);
  if (mapped === members) return value;
  if (!(value instanceof OpenObject)) return mapped;
  const { source, mayHaveMore, optional } = value;
  return new OpenObject(source, mapped, { mayHaveMore, optional: new Set([...optional].map(rename)) });
}

/** The object without some of its members, if it is one. */
export function omitMembers(value: unknown, names: ReadonlySet<string>): unknown {
  const members = getKnownMembers(value);
  if (!members) return value;
  const kept = objectFromEntries(Object.entries(members).filter(([name]) => !names.has(name)));
  return value instanceof OpenObject ? new OpenObject(value.source, kept, value) : kept;
}

function mapItems(
  items: readonly unknown[],
  replace: (child: unknown, key: number) => unknown,
): readonly unknown[] {
  const mapped = items.map(replace);
  return mapped.some((item, index) => item !== items[index]) ? mapped : items;
}

function mapMembers(
  members: Readonly<Record<string, unknown>>,
  replace: (child: unknown, key: string) => unknown,
  rename: (name: string) => string,
): Readonly<Record<string, unknown>> {
  let differs = false;
  const entries = Object.entries(members).map(([key, member]): [string, unknown] => {
    const [name, known] = [rename(key), replace(member, key)];
    differs ||= name !== key || known !== member;
    return [name, known];
  });
  return differs ? objectFromEntries(entries) : members;
}
