import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatCount, formatList, quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import type { FaultCollector } from "./faults.ts";

export type KnownObject = Record<string, unknown>;

export const isKnownObject = (value: unknown): value is KnownObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

/** Describes a value for messages. */
export function describePolicyValue(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return `a list of ${formatCount(value.length, "item")}`;
  if (typeof value === "object") return "an object";
  return typeof value === "string"
    ? `the text ${quoted(value)}`
    : `the ${typeof value === "boolean" ? "boolean" : "number"} ${quoted(String(value))}`;
}

/** Reports a value of the wrong type, or one that another tool fills in later. */
export function reportMistyped(
  value: unknown,
  path: Path,
  faults: FaultCollector,
  what: string,
  expected: string,
): void {
  if (value instanceof Unknown) {
    faults.addUnknown(
      path,
      `${what} is not known here: ${quoted(value.source)} is filled in later, so the statement can't be judged`,
    );
  } else faults.addError(path, `${what} has to be ${expected}, and is ${describePolicyValue(value)}`);
}

/** Reads a string or a list of strings, with their paths; undefined when it is anything else. */
export function readTexts(
  value: unknown,
  path: Path,
  faults: FaultCollector,
  what: string,
  toText: (value: unknown) => string | undefined = textFromString,
): LocatedText[] | undefined {
  const isList = Array.isArray(value);
  const texts: LocatedText[] = [];
  let isWhole = true;
  for (const [index, item] of (isList ? (value as unknown[]) : [value]).entries()) {
    const at = isList ? [...path, index] : path;
    const text = toText(item);
    if (text !== undefined) texts.push({ text, path: at });
    else {
      isWhole = false;
      reportMistyped(item, at, faults, isList ? `item ${index + 1} of ${what}` : what, "a text");
    }
  }
  return isWhole ? texts : undefined;
}

export interface LocatedText {
  text: string;
  path: Path;
}

const textFromString = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Condition values may also be numbers and booleans. */
export const textFromScalar = (value: unknown): string | undefined =>
  ["string", "number", "boolean", "bigint"].includes(typeof value) ? String(value) : undefined;

/** Reports unknown element names, and returns the names that were probably intended. */
export function checkElementNames(
  value: KnownObject,
  names: readonly string[],
  { what, path }: { what: string; path: Path },
  faults: FaultCollector,
): Set<string> {
  const intended = new Set<string>();
  for (const name of Object.keys(value)) {
    if (faults.isFull) break;
    if (names.includes(name)) continue;
    const near = findNearest(name, names);
    if (near) intended.add(near);
    const help = near ? `did you mean ${quoted(near)}?` : `${what} has ${formatList(names, "and")}`;
    faults.addError([...path, name], `${quoted(name)} is no element of ${what}`, { help, at: "key" });
  }
  return intended;
}
