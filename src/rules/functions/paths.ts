/** File system paths and S3 URIs, compared by segments: `a/b` is inside `a`, and `ab` is not. */

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;

/**
 * The segments of a path, without empty ones and `.`. The first segment of a URI is its scheme: `s3://b/x`
 * gives `s3://`, `b`, `x`. S3 takes keys literally, so a URI keeps empty and `.` segments; only trailing
 * slashes are dropped.
 */
export function segments(path: string): string[] {
  const scheme = path.includes("://") ? SCHEME.exec(path) : null;
  if (!scheme) {
    const names = path.split("/");
    for (let index = 0; index < names.length; index++)
      if (!isName(names[index]!)) return names.filter(isName);
    return names;
  }
  const rest = path.slice(scheme[0].length).replace(TRAILING, "");
  return [`${scheme[1]?.toLowerCase()}://`, ...(rest === "" ? [] : rest.split("/"))];
}

const isName = (segment: string): boolean => segment !== "" && segment !== ".";

const TRAILING = /(?<!\/)\/+$/;

/** The path without empty segments, `.` segments, and slashes at its ends. */
export function normalPath(path: string): string {
  const names = segments(path);
  const [first = "", ...rest] = names;
  return first.endsWith("://") ? first + rest.join("/") : names.join("/");
}

/** Whether the path is the directory or below it at any depth. Everything is inside `/`. */
export function isInside(path: string, directory: string): boolean {
  return beginsWith(segments(path), segments(directory));
}

const beginsWith = (inner: readonly string[], outer: readonly string[]): boolean =>
  outer.length <= inner.length && outer.every((name, index) => name === inner[index]);

/** So many paths are compared with each other faster than a tree is made of them. */
const FEW = 4;

export const overlaps = (a: string, b: string): boolean => isInside(a, b) || isInside(b, a);

/** The path relative to the directory; the path unchanged if it isn't inside. */
export function relativeTo(path: string, directory: string): string {
  if (!isInside(path, directory)) return path;
  return segments(path).slice(segments(directory).length).join("/");
}

/**
 * Those of `paths` that overlap one of `others`. Uses a trie: comparing two long lists would take quadratic
 * time.
 */
export function overlapping(paths: readonly string[], others: readonly string[]): string[] {
  const tree = new PathTree();
  for (const other of others) tree.add(segments(other));
  return paths.filter((path) => tree.overlaps(segments(path)));
}

/** The paths of a list that occur in it more than once or are inside another path of the list. */
export function nestedPaths(paths: readonly string[]): string[] {
  const names = paths.map(segments);
  if (paths.length <= FEW)
    return paths.filter((_, index) =>
      names.some((other, at) => at !== index && beginsWith(names[index]!, other)),
    );
  const tree = new PathTree();
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

  /** Whether the tree holds an ancestor of this path, or holds this path more than once. */
  isNested(names: readonly string[]): boolean {
    const end = this.#follow(names);
    return end === "inside" || (end !== undefined && end.#paths > 1);
  }

  /** The node that the segments lead to; "inside" if an ancestor of the path is in the tree. */
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
