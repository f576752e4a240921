// Finds the differences between two JSON values, located by JSON pointers.

import { pointerPart } from "../emit/json-schema.ts";

/** `old` or `new` is undefined if only the other side has the value. */
export type Difference = { pointer: string; old: unknown; new: unknown };

type Json = { [key: string]: unknown };

export function differences(old: unknown, now: unknown, pointer = ""): Difference[] {
  if (Array.isArray(old) && Array.isArray(now)) {
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ pointer, old, new: now }];
  }
  if (!isObject(old) || !isObject(now)) return old === now ? [] : [{ pointer, old, new: now }];
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys].flatMap((key) => {
    const inside = `${pointer}/${pointerPart(key)}`;
    return differences(own(old, key), own(now, key), inside);
  });
}

const own = (object: Json, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
