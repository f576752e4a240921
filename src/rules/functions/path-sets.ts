import { OpenList } from "../../documents/partial.ts";
import type { TextDecision } from "../../texts/compare.ts";
import { isInsideInPart } from "./partial-paths.ts";
import { normalPath } from "./paths.ts";

/** Whether two lists name the same paths. No path, and a path to the root, stand for everything. */
export function samePaths(paths: readonly string[], others: readonly string[]): boolean {
  const [a, b] = [toPathSet(paths), toPathSet(others)];
  return a.size === b.size && [...a].every((path) => b.has(path));
}

function toPathSet(paths: readonly string[]): ReadonlySet<string> {
  const normal = new Set(paths.map(normalPath));
  return normal.has("") ? new Set() : normal;
}

type PathList = readonly unknown[] | OpenList;

const MAX_PAIRS = 10_000;

/** False if a path of one list can be none of the other; otherwise it depends on the unknown parts. */
export function samePathsInPart(paths: PathList, others: PathList): false | undefined {
  const [a, b] = [itemsOf(paths), itemsOf(others)];
  if (a.length * b.length > MAX_PAIRS || [...a, ...b].some(mayBeRoot)) return undefined;
  const isLacking = (path: unknown, list: readonly unknown[]) =>
    !list.some((other) => mayBeSame(path, other));
  const lacks =
    (!(others instanceof OpenList) && a.some((path) => isLacking(path, b))) ||
    (!(paths instanceof OpenList) && b.some((path) => isLacking(path, a)));
  return lacks ? false : undefined;
}

const itemsOf = (list: PathList): readonly unknown[] => (list instanceof OpenList ? list.items : list);

const isNot = (decision: TextDecision): boolean => decision === false;

const mayBeSame = (a: unknown, b: unknown): boolean =>
  !isNot(isInsideInPart(a, b)) && !isNot(isInsideInPart(b, a));

const mayBeRoot = (path: unknown): boolean => mayBeSame(path, "/");
