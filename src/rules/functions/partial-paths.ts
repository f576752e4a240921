import { Unknown } from "../../documents/document.ts";
import { OpenList, PartialText } from "../../documents/partial.ts";
import { prefixOf, type TextDecision } from "../../texts/compare.ts";
import { decidePattern } from "../../texts/decide.ts";
import { segments } from "./paths.ts";

/** The first segments of a path; `isWhole` if there are no others. */
interface KnownSegments {
  names: readonly string[];
  isWhole: boolean;
}

const SCHEME = "^[A-Za-z][A-Za-z0-9+.-]*://";

/** Segments are known up to the last slash before a hole, once it is clear whether the path is a URI. */
function knownSegments(path: unknown): KnownSegments {
  if (typeof path === "string") return { names: segments(path), isWhole: true };
  if (!(path instanceof PartialText)) return { names: [], isWhole: false };
  const prefix = prefixOf(path);
  const isDecided = new RegExp(SCHEME).test(prefix) || decidePattern(path, SCHEME) === "never";
  // What ends in a slash has lost its empty segments at the end, which a hole may make significant.
  const closed = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  return { names: isDecided ? segments(closed) : [], isWhole: false };
}

function isInsideOf(inner: KnownSegments, outer: KnownSegments): TextDecision {
  const shared = Math.min(inner.names.length, outer.names.length);
  for (let index = 0; index < shared; index++) if (inner.names[index] !== outer.names[index]) return false;
  if (outer.isWhole && outer.names.length <= inner.names.length) return true;
  return inner.isWhole && outer.names.length > inner.names.length ? false : undefined;
}

const either = (a: TextDecision, b: TextDecision): TextDecision =>
  a === true || b === true ? true : a === false && b === false ? false : undefined;

const overlap = (a: KnownSegments, b: KnownSegments): TextDecision =>
  either(isInsideOf(a, b), isInsideOf(b, a));

export const isInsideInPart = (path: unknown, directory: unknown): TextDecision =>
  isInsideOf(knownSegments(path), knownSegments(directory));

export const overlapsInPart = (a: unknown, b: unknown): TextDecision =>
  overlap(knownSegments(a), knownSegments(b));

type PathList = readonly unknown[] | OpenList;

const itemsOf = (list: PathList): readonly unknown[] => (list instanceof OpenList ? list.items : list);

/** Pairs of paths that are worth comparing one by one. */
const MAX_PAIRS = 10_000;

export function overlappingInPart(paths: PathList, others: PathList): unknown {
  const [own, all] = [itemsOf(paths), itemsOf(others).map(knownSegments)];
  if (own.length * all.length > MAX_PAIRS) return undefined;
  const verdicts = own.map((path) => {
    const names = knownSegments(path);
    return all.map((other) => overlap(names, other)).reduce(either, false);
  });
  // An unknown number of others may overlap any path, and of own paths anything but nothing.
  const isOpen = [paths, others].some((list) => list instanceof OpenList);
  return selectCertain(own, verdicts, isOpen ? [paths, others] : own);
}

export function nestedPathsInPart(paths: PathList): unknown {
  const own = itemsOf(paths);
  if (own.length ** 2 > MAX_PAIRS) return undefined;
  const names = own.map(knownSegments);
  const verdicts = names.map((inner, index) =>
    names.map((outer, other) => (other === index ? false : isInsideOf(inner, outer))).reduce(either, false),
  );
  return selectCertain(own, verdicts, paths instanceof OpenList ? [paths] : own);
}

/** Those of certain verdict; in an open list if others may come to them because of `sources`. */
export function selectCertain(
  items: readonly unknown[],
  verdicts: readonly TextDecision[],
  sources: readonly unknown[],
): unknown {
  const certain = items.filter((_, index) => verdicts[index] === true);
  const isClosed =
    verdicts.every((verdict) => verdict !== undefined) && !sources.some((each) => each instanceof OpenList);
  if (isClosed) return certain;
  const unknown = sources.find((each) => each instanceof Unknown);
  return unknown === undefined ? undefined : new OpenList((unknown as Unknown).source, certain);
}
