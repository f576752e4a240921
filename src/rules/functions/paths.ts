/** Paths of file systems and S3 URIs by their segments: `a/b` is inside `a`, and `ab` is not. */

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;

/**
 * The names along a path, without empty ones and `.`; a URI's scheme is its first: `s3://b/x` is `s3://`, `b`, `x`.
 * In a URI, every name behind the bucket counts, as S3 takes a key as it is written; only slashes at the end don't.
 */
export function segments(path: string): string[] {
  const scheme = SCHEME.exec(path);
  if (!scheme) return path.split("/").filter((name) => name !== "" && name !== ".");
  const rest = path.slice(scheme[0].length).replace(TRAILING, "");
  return [`${scheme[1]?.toLowerCase()}://`, ...(rest === "" ? [] : rest.split("/"))];
}

const TRAILING = /(?<!\/)\/+$/;

/** The path without empty segments, `.`, and slashes at its ends. */
export function normalPath(path: string): string {
  const names = segments(path);
  const [first = "", ...rest] = names;
  return first.endsWith("://") ? first + rest.join("/") : names.join("/");
}

/** Is the path the directory itself, or in it at any depth? Everything is inside `/`. */
export function isInside(path: string, directory: string): boolean {
  const [inner, outer] = [segments(path), segments(directory)];
  return outer.length <= inner.length && outer.every((name, index) => name === inner[index]);
}

export const overlaps = (a: string, b: string): boolean => isInside(a, b) || isInside(b, a);

/** What of the path is left below the directory; the path itself where it isn't inside. */
export function relativeTo(path: string, directory: string): string {
  if (!isInside(path, directory)) return path;
  return segments(path).slice(segments(directory).length).join("/");
}

/**
 * Those of `paths` that overlap one of `others`. By way of a tree of names, as two long lists would take
 * quadratic time.
 */
export function overlapping(paths: readonly string[], others: readonly string[]): string[] {
  const tree = new PathTree();
  for (const other of others) tree.add(segments(other));
  return paths.filter((path) => tree.overlaps(segments(path)));
}

/** Those of a list of paths that stand in it twice, or are inside of another one of the list. */
export function nestedPaths(paths: readonly string[]): string[] {
  const tree = new PathTree();
  const names = paths.map(segments);
  for (const each of names) tree.add(each);
  return paths.filter((_, index) => tree.isNested(names[index]!));
}

class PathTree {
  readonly #children = new Map<string, PathTree>();
  #paths = 0;

  add(names: readonly string[]): void {
    let node: PathTree = this;
    for (const name of names) {
      const next = node.#children.get(name) ?? new PathTree();
      node.#children.set(name, next);
      node = next;
    }
    node.#paths++;
  }

  overlaps(names: readonly string[]): boolean {
    const end = this.#follow(names);
    return end === "inside" || (end !== undefined && (end.#paths > 0 || end.#children.size > 0));
  }

  /** Is a path of the tree above this one, or this one twice in it? */
  isNested(names: readonly string[]): boolean {
    const end = this.#follow(names);
    return end === "inside" || (end !== undefined && end.#paths > 1);
  }

  /** Where names lead; "inside" where a path of the tree is above their end. */
  #follow(names: readonly string[]): PathTree | "inside" | undefined {
    let node: PathTree = this;
    for (const name of names) {
      if (node.#paths > 0) return "inside";
      const next = node.#children.get(name);
      if (!next) return undefined;
      node = next;
    }
    return node;
  }
}
