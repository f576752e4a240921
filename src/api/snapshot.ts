import { quoted } from "../diagnostics/text.ts";
import { MAX_DOCUMENT_DEPTH, MAX_VALUES } from "../documents/limits.ts";
import { objectFromEntries } from "../documents/parts.ts";
import { BYTES, createForeignObject, TIMESTAMP } from "../schema/native.ts";

/** The value can't be checked; the message says why. */
export class SnapshotError extends Error {}

/**
 * Copies a program's value to plain data, reading each property exactly once: undefined members count as
 * absent, and cycles are rejected. Only plain objects and arrays become structures. A `Date` becomes a
 * timestamp, bytes become a blob, and any other object becomes a value that no request can hold. Throws a
 * `SnapshotError`.
 */
export function takeSnapshot(value: unknown): unknown {
  const copier = new Copier();
  try {
    return copier.copyValue(value, 0);
  } catch (error) {
    throw copier.fault ?? new SnapshotError(`reading the value failed${formatReason(error)}`);
  }
}

/** Even the thrown value may be hostile and throw when inspected. */
function formatReason(error: unknown): string {
  try {
    return error instanceof Error ? `: ${quoted(error.message)}` : "";
  } catch {
    return "";
  }
}

const isGiven = ([, member]: readonly [string, unknown]): boolean => member !== undefined;

class Copier {
  /** Kept here because the caught value may be hostile: even `instanceof` on it could throw. */
  fault: SnapshotError | undefined;
  #values = 0;

  copyValue(value: unknown, depth: number): unknown {
    if (++this.#values > MAX_VALUES) this.#giveUp("the value has over a million parts");
    if (typeof value !== "object" || value === null) return value;
    if (depth >= MAX_DOCUMENT_DEPTH)
      this.#giveUp(`the value contains itself, or nests deeper than ${MAX_DOCUMENT_DEPTH}`);
    if (Array.isArray(value)) return this.#copyList(value, depth);
    return isPlain(value) ? this.#copyObject(value as Record<string, unknown>, depth) : toForeignValue(value);
  }

  #giveUp(message: string): never {
    this.fault = new SnapshotError(message);
    throw this.fault;
  }

  /** The holes of a sparse array count as undefined. */
  #copyList(list: readonly unknown[], depth: number): unknown[] {
    const { length } = list;
    if (length > MAX_VALUES) this.#giveUp("the value has over a million parts");
    const copy: unknown[] = [];
    for (let index = 0; index < length; index++) copy.push(this.copyValue(list[index], depth + 1));
    return copy;
  }

  /** Spreading is the fastest way to copy an object. An own `__proto__` stays a member. */
  #copyObject(value: Record<string, unknown>, depth: number): Record<string, unknown> {
    const copy = { ...value };
    let isComplete = true;
    for (const key in copy) {
      const given = copy[key];
      const member = this.copyValue(given, depth + 1);
      if (member !== given) copy[key] = member;
      isComplete &&= member !== undefined;
    }
    return isComplete ? copy : objectFromEntries(Object.entries(copy).filter(isGiven));
  }
}

/**
 * Whether the value is plain data, including objects from other realms, whose `Object.prototype` is a
 * different one.
 */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty"))
  );
}

function toForeignValue(value: object): unknown {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return TIMESTAMP;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return BYTES;
  const { name } = value.constructor ?? {};
  return createForeignObject(typeof name === "string" && name !== "" ? name : "object");
}
