/** Values that CEL holds equal have one key; members of an object count in any order. */
function keyOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `s${value}`;
    case "number":
    case "bigint":
      return `n${value}`;
    case "object":
      return value === null ? "null" : objectKey(value);
    default:
      return `${typeof value} ${value}`;
  }
}

function objectKey(value: object): string {
  const parts = Array.isArray(value)
    ? value.map(keyOf)
    : Object.entries(value)
        .map(([name, member]) => JSON.stringify([name, keyOf(member)]))
        .sort();
  return JSON.stringify([Array.isArray(value), ...parts]);
}

export function distinct(list: readonly unknown[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const item of list) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** Each value that stands in the list more than once, once. */
export function duplicates(list: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  const again = list.filter((item) => {
    const key = keyOf(item);
    return seen.has(key) || !seen.add(key);
  });
  return distinct(again);
}

/** The values of `a` that `b` has too. */
export function common(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  const keys = new Set(b.map(keyOf));
  return distinct(a.filter((item) => keys.has(keyOf(item))));
}

/** Where a value first stands in a list; -1 where it doesn't. */
export function firstIndex(list: readonly unknown[], value: unknown): number {
  const key = keyOf(value);
  return list.findIndex((item) => keyOf(item) === key);
}
