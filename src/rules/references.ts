import { pathFromPointer } from "../diagnostics/pointer.ts";
import type { DataReference } from "./typecheck/scope.ts";

/**
 * Whether a rule depends on a value that the schema check rejected. `faulty` are paths into the payload. A
 * fault at an object affects its members only if the value isn't an object or lacks a required member on the
 * path.
 */
export function dependsOnFaulty(
  references: readonly Pick<DataReference, "path" | "required" | "isWhole">[],
  faulty: readonly (readonly string[])[],
  payload: unknown,
): boolean {
  return references.some((reference) => faulty.some((fault) => isTouched(reference, fault, payload)));
}

function isTouched(
  { path, required, isWhole }: Pick<DataReference, "path" | "required" | "isWhole">,
  fault: readonly string[],
  payload: unknown,
): boolean {
  const shared = Math.min(path.length, fault.length);
  for (let depth = 0; depth < shared; depth++) {
    if (path[depth] !== "*" && path[depth] !== fault[depth]) return false;
  }
  // A rule that uses a value as a whole tolerates a part in the wrong form, but not one of the wrong type.
  if (fault.length > path.length) return isWhole === true && isMistyped(fault);
  // A single item is in turn a part of a whole, the list.
  if (fault.length === path.length && isWhole) return path.at(-1) !== "*" || isMistyped(fault);
  return isCutOff(path, required, fault, payload);
}

/** For a fault at the path's end or above it: whether the rest of the path is unreachable from there. */
function isCutOff(
  path: readonly string[],
  required: readonly boolean[],
  fault: readonly string[],
  payload: unknown,
): boolean {
  let value = payload;
  for (const part of fault) value = (value as Record<string, unknown> | undefined)?.[part];
  if (typeof value !== "object" || value === null) return true;
  const next = path[fault.length];
  // A missing member doesn't make the object itself faulty, but a wrong number of items does make the list
  // faulty.
  if (next === undefined) return Array.isArray(value);
  if (next === "*") return !Array.isArray(value);
  return !Object.hasOwn(value, next) && required[fault.length] === true;
}

/**
 * The paths of faulty values. `wellTyped` are the pointers among them whose value has the right type
 * nevertheless.
 */
export function toFaultyPaths(
  pointers: ReadonlySet<string>,
  sound: ReadonlySet<string> = NO_POINTERS,
): string[][] {
  if (pointers.size === 0) return NO_PATHS;
  return [...pointers].map((pointer) => {
    const path = pathFromPointer(pointer);
    if (sound.has(pointer)) WELL_TYPED.add(path);
    return path;
  });
}

const NO_POINTERS: ReadonlySet<string> = new Set();

const WELL_TYPED = new WeakSet<readonly string[]>();

const isMistyped = (fault: readonly string[]): boolean => !WELL_TYPED.has(fault);

const NO_PATHS: string[][] = [];
