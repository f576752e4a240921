import { fromPointer } from "../diagnostics/pointer.ts";
import type { Reference } from "./check/scope.ts";

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
  if (fault.length > path.length) return isWhole === true;
  if (fault.length === path.length) return true;
  return isCutOff(path, required, fault, payload);
}

/** The fault is above: is the way down from it cut off? */
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
  if (next === undefined || next === "*") return !Array.isArray(value);
  return !Object.hasOwn(value, next) && required[fault.length] === true;
}

export const faultyPaths = (pointers: ReadonlySet<string>): string[][] =>
  pointers.size === 0 ? NONE : [...pointers].map(fromPointer);

const NONE: string[][] = [];
