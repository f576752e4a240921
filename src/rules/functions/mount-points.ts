import { OpenList, type PartialText } from "../../documents/partial.ts";
import { startsWith, type TextDecision } from "../../texts/compare.ts";
import { isInsideInPart, overlapsInPart } from "./partial-paths.ts";
import { normalPath, segments } from "./paths.ts";

type Text = string | PartialText;
type Directories = readonly unknown[] | OpenList;

/** Mount points are not deep. Trying every directory of a long path would take quadratic time. */
const MAX_DEPTH = 8;

/**
 * The mount point that a path begins with, `''` if there is none, undefined if that depends on unknown parts. A
 * path in or above a linked directory has none. One segment is a mount point only at the start of an absolute
 * path: `fsx/data` may be a directory.
 */
export function mountPointIn(
  path: Text,
  mountPoint: Text,
  linked: Directories,
  guesses: Directories,
): string | undefined {
  // Most paths are relative, and nothing is known of where the file system is linked and mounted.
  if (mountPoint === "" && typeof path === "string" && !path.startsWith("/") && isEmpty(linked)) return "";
  const isAbsolute = typeof path === "string" ? path.startsWith("/") : startsWith(path, "/");
  const isLinked = someOf(linked, (each) => (isRoot(each) ? false : overlapsInPart(path, each)));
  if (isLinked === true) return "";
  if (isLinked === undefined || isAbsolute === undefined) return undefined;
  const candidates = [mountPoint, ...(isAbsolute ? itemsOf(guesses) : [])];
  const minimum = isAbsolute ? 1 : 2;
  for (const candidate of candidates) {
    if (typeof candidate === "string" && segments(candidate).length < minimum) continue;
    const isBelow = isInsideInPart(path, candidate);
    if (isBelow === undefined || (isBelow && typeof candidate !== "string")) return undefined;
    if (isBelow) return `/${normalPath(candidate as string)}`;
  }
  return isAbsolute ? findShownMountPoint(path, linked) : "";
}

/** The directories that have to be left out of a path to arrive in or above a linked one. */
function findShownMountPoint(path: Text, linked: Directories): string | undefined {
  const all = itemsOf(linked);
  if (all.length === 0 || all.some(isRoot)) return "";
  if (typeof path !== "string") return undefined;
  const names = segments(path);
  for (let depth = 1; depth < Math.min(names.length, MAX_DEPTH + 1); depth++) {
    const rest = names.slice(depth).join("/");
    const isLinked = someOf(linked, (each) => overlapsInPart(rest, each));
    if (isLinked === true) return `/${names.slice(0, depth).join("/")}`;
    if (isLinked === undefined) return undefined;
  }
  return "";
}

const isRoot = (directory: unknown): boolean =>
  typeof directory === "string" && segments(directory).length === 0;

const isEmpty = (list: Directories): boolean => Array.isArray(list) && list.length === 0;

const itemsOf = (list: Directories): readonly unknown[] => (list instanceof OpenList ? list.items : list);

function someOf(list: Directories, test: (item: unknown) => TextDecision): TextDecision {
  const verdicts = itemsOf(list).map(test);
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) || list instanceof OpenList ? undefined : false;
}
