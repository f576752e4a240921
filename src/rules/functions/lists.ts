/**
 * Maps values that are equal in CEL to the same key. The order of an object's members doesn't count. Lengths delimit
 * texts, since escaping them at each level would double a key with the depth.
 */
function toValueKey(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `s${value.length} ${value}`;
    case "number":
    case "bigint":
      return `n${value};`;
    case "object":
      return value === null ? "null;" : toObjectKey(value);
    default:
      return `${typeof value} ${value};`;
  }
}

function toObjectKey(value: object): string {
  if (Array.isArray(value)) return `[${value.map(toValueKey).join("")}]`;
  const members = Object.entries(value).map(([name, member]) => toValueKey(name) + toValueKey(member));
  return `{${members.sort().join("")}}`;
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
