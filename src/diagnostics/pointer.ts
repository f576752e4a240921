/** Object keys and list indexes from a value down to one of its parts. */
export type Path = readonly (string | number)[];

/** Converts a path into a JSON pointer (RFC 6901). */
export const toPointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Converts a JSON pointer into a path. List indexes remain strings, which index arrays just as well. */
export const pathFromPointer = (pointer: string): string[] =>
  pointer === ""
    ? []
    : pointer
        .slice(1)
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The value at a path, or undefined if the path doesn't exist. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
