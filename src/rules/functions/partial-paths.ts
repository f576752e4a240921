import { Unknown } from "../../documents/document.ts";
import { OpenList, PartialText } from "../../documents/partial.ts";
import { getTextParts, type TextPart, textFromParts } from "../../documents/parts.ts";
import { areSameTexts, compareTexts, prefixOf, type TextDecision } from "../../texts/compare.ts";
import { decidePattern } from "../../texts/decide.ts";
import { segments } from "./paths.ts";

type Text = string | PartialText;

/** The first segments of a path; `isWhole` if there are no others. */
interface KnownSegments {
  names: readonly Text[];
  isWhole: boolean;
}

const SCHEME = "^[A-Za-z][A-Za-z0-9+.-]*://";
const NOT_KNOWN: KnownSegments = { names: [], isWhole: false };

function knownSegments(path: unknown): KnownSegments {
  if (typeof path === "string") return { names: segments(path), isWhole: true };
  if (!(path instanceof PartialText)) return NOT_KNOWN;
  const [scheme] = new RegExp(SCHEME).exec(prefixOf(path)) ?? [];
  if (scheme === undefined)
    return decidePattern(path, SCHEME) === "never" ? readNames(cutAtSlashes(path.parts)) : NOT_KNOWN;
  const [first, ...others] = path.parts;
  const { names, isWhole } = readKeyNames(cutAtSlashes([(first as string).slice(scheme.length), ...others]));
  return { names: [scheme.toLowerCase(), ...names], isWhole };
}

/** What stands between slashes, up to a hole that may hold one: it ends what is known. */
function cutAtSlashes(parts: readonly TextPart[]): KnownSegments {
  const names: Text[] = [];
  let name: TextPart[] = [];
  for (const part of parts) {
    if (typeof part !== "string") {
      const isOpen = decidePattern(new PartialText(part.source, [part]), "/") !== "never";
      name.push(isOpen ? { source: part.source, domain: { pattern: "[^/]*" } } : part);
      if (isOpen) return { names: [...names, textFromParts(name)], isWhole: false };
      continue;
    }
    const [end = "", ...others] = part.split("/");
    name.push(end);
    for (const other of others) {
      names.push(textFromParts(name));
      name = [other];
    }
  }
  return { names: [...names, textFromParts(name)], isWhole: true };
}

/** Of a path of a file system, without empty names and `.`. What may be one of those ends what is known. */
function readNames({ names, isWhole }: KnownSegments): KnownSegments {
  const kept: Text[] = [];
  for (const name of names) {
    if (name === "" || name === ".") continue;
    if (name instanceof PartialText && [".", ""].some((other) => compareTexts(name, other) !== false))
      return { names: kept, isWhole: false };
    kept.push(name);
  }
  return { names: kept, isWhole };
}

/** Behind the scheme of a URI only slashes at the end don't count: known up to the last name that isn't empty. */
function readKeyNames({ names, isWhole }: KnownSegments): KnownSegments {
  const isEmpty = names.map((name) => (typeof name === "string" ? name === "" : compareTexts(name, "")));
  const end = isEmpty.lastIndexOf(false) + 1;
  return {
    names: names.slice(0, end),
    isWhole: isWhole && isEmpty.slice(end).every((each) => each === true),
  };
}

function isInsideOf(inner: KnownSegments, outer: KnownSegments): TextDecision {
  const shared = Math.min(inner.names.length, outer.names.length);
  let isSame: TextDecision = true;
  for (let index = 0; index < shared; index++) {
    const verdict = areSameTexts(inner.names[index]!, outer.names[index]!);
    if (verdict === false) return false;
    if (verdict === undefined) isSame = undefined;
  }
  if (outer.isWhole && outer.names.length <= inner.names.length) return isSame;
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

export function segmentsInPart(path: PartialText): readonly Text[] | OpenList {
  const { names, isWhole } = knownSegments(path);
  return isWhole ? names : new OpenList(path.source, names);
}

export const normalPathInPart = (path: PartialText): Text => joinNames(knownSegments(path), path.source);

/** Undefined where it depends on a hole whether the path is inside the directory. */
export function relativeToInPart(path: unknown, directory: unknown): unknown {
  const [inner, outer] = [knownSegments(path), knownSegments(directory)];
  const isInside = isInsideOf(inner, outer);
  if (isInside === false) return path;
  if (isInside === undefined || !(path instanceof PartialText)) return undefined;
  return joinNames({ ...inner, names: inner.names.slice(outer.names.length) }, path.source);
}

/** What isn't known behind the names may be anything. */
function joinNames({ names, isWhole }: KnownSegments, source: string): Text {
  const parts = names.flatMap((name, index) => {
    const previous = names[index - 1];
    const isAfterName = index > 0 && !(typeof previous === "string" && previous.endsWith("://"));
    return [isAfterName ? "/" : "", ...getTextParts(name)!];
  });
  return textFromParts(isWhole ? parts : [...parts, { source }], source);
}

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
