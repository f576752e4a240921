import { fromPointer } from "../diagnostics/pointer.ts";
import type { Reference } from "./typecheck/scope.ts";

/**
 * Does a rule depend on something that its schema found faulty? `faulty` are paths into the payload. A fault of an
 * object is a fault of its members only where it isn't an object, or lacks a required member on the way.
 */
export function dependsOnFaulty(
  references: readonly Pick<Reference, "path" | "required" | "isWhole">[],
  faulty: readonly (readonly string[])[],
  payload: unknown,
): boolean {
  return references.some((reference) => faulty.some((fault) => isTouched(reference, fault, payload)));
}

function isTouched(
  { path, required, isWhole }: Pick<Reference, "path" | "required" | "isWhole">,
  fault: readonly string[],
  payload: unknown,
): boolean {
  const shared = Math.min(path.length, fault.length);
  for (let depth = 0; depth < shared; depth++) {
    if (path[depth] !== "*" && path[depth] !== fault[depth]) return false;
  }
  // A rule about a value as a whole can bear a value of the wrong form in it, but none of the wrong kind.
  if (fault.length > path.length) return isWhole === true && isMistyped(fault);
  // One of many is a part of the whole, too.
  if (fault.length === path.length && isWhole) return path.at(-1) !== "*" || isMistyped(fault);
  return isCutOff(path, required, fault, payload);
}

/** The fault is at the end of the path or above: is there no way further down from it? */
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
  // What an object lacks is no fault of the object's being there; that a list is too long is one of the list.
  if (next === undefined) return Array.isArray(value);
  if (next === "*") return !Array.isArray(value);
  return !Object.hasOwn(value, next) && required[fault.length] === true;
}

/** Paths of what is faulty. `sound` are those of them whose value is of the right kind all the same. */
export function faultyPaths(pointers: ReadonlySet<string>, sound: ReadonlySet<string> = NOTHING): string[][] {
  if (pointers.size === 0) return NONE;
  return [...pointers].map((pointer) => {
    const path = fromPointer(pointer);
    if (sound.has(pointer)) SOUND.add(path);
    return path;
  });
}

const NOTHING: ReadonlySet<string> = new Set();

const SOUND = new WeakSet<readonly string[]>();

const isMistyped = (fault: readonly string[]): boolean => !SOUND.has(fault);

const NONE: string[][] = [];
