/** Maps values that are equal in CEL to the same key. The order of an object's members doesn't count. */
function toValueKey(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `s${value}`;
    case "number":
    case "bigint":
      return `n${value}`;
    case "object":
      return value === null ? "null" : toObjectKey(value);
    default:
      return `${typeof value} ${value}`;
  }
}

function toObjectKey(value: object): string {
  const parts = Array.isArray(value)
    ? value.map(toValueKey)
    : Object.entries(value)
        .map(([name, member]) => JSON.stringify([name, toValueKey(member)]))
        .sort();
  return JSON.stringify([Array.isArray(value), ...parts]);
}

export function distinct(list: readonly unknown[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const item of list) {
    const key = toValueKey(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** The values that occur more than once in the list, each once. */
export function duplicates(list: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  const again = list.filter((item) => {
    const key = toValueKey(item);
    return seen.has(key) || !seen.add(key);
  });
  return distinct(again);
}

/** The distinct values of `a` that are also in `b`. */
export function common(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  const keys = new Set(b.map(toValueKey));
  return distinct(a.filter((item) => keys.has(toValueKey(item))));
}

/** The index of a value's first occurrence in a list, or -1. */
export function firstIndex(list: readonly unknown[], value: unknown): number {
  const key = toValueKey(value);
  return list.findIndex((item) => toValueKey(item) === key);
}

export const partsOf = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
