// Finds the differences between two JSON values, located by JSON pointers.

import { escapePointerPart } from "../emit/json-schema.ts";

/** `old` or `new` is undefined if only the other side has the value. */
export type JsonDifference = { pointer: string; old: unknown; new: unknown };

type JsonRecord = { [key: string]: unknown };

export function compareJson(old: unknown, now: unknown, pointer = ""): JsonDifference[] {
  if (Array.isArray(old) && Array.isArray(now)) {
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ pointer, old, new: now }];
  }
  if (!isObject(old) || !isObject(now)) return old === now ? [] : [{ pointer, old, new: now }];
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys].flatMap((key) => {
    const inside = `${pointer}/${escapePointerPart(key)}`;
    return compareJson(readOwn(old, key), readOwn(now, key), inside);
  });
}

const readOwn = (object: JsonRecord, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);

function isObject(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
