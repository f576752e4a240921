import { quoted } from "../diagnostics/text.ts";
import { MAX_DEPTH, MAX_VALUES } from "../documents/limits.ts";
import { BYTES, foreignObject, TIMESTAMP } from "../schema/native.ts";

/** Why a program's value cannot be checked. */
export class SnapshotError extends Error {}

/**
 * A plain copy of what a program hands in, taken once: members that are undefined count as absent, getters run
 * once, and cycles end here. Only plain objects and lists are structures; a Date or bytes stand for a timestamp
 * or a blob, and any other object for nothing that a request can hold.
 */
export function snapshot(value: unknown): unknown {
  const copier = new Copier();
  try {
    return copier.copied(value, 0);
  } catch (error) {
    throw copier.fault ?? new SnapshotError(`reading the value failed${reason(error)}`);
  }
}

/** What was thrown may be hostile itself. */
function reason(error: unknown): string {
  try {
    return error instanceof Error ? `: ${quoted(error.message)}` : "";
  } catch {
    return "";
  }
}

class Copier {
  /** Why the copy was given up: kept, since what a getter throws may not even be asked for its class. */
  fault: SnapshotError | undefined;
  #values = 0;

  copied(value: unknown, depth: number): unknown {
    if (++this.#values > MAX_VALUES) this.#giveUp("the value has over a million parts");
    if (typeof value !== "object" || value === null) return value;
    if (depth >= MAX_DEPTH) this.#giveUp(`the value contains itself, or nests deeper than ${MAX_DEPTH}`);
    if (Array.isArray(value)) return this.#list(value, depth);
    return isPlain(value) ? this.#object(value as Record<string, unknown>, depth) : foreign(value);
  }

  #giveUp(message: string): never {
    this.fault = new SnapshotError(message);
    throw this.fault;
  }

  /** By index: the holes of a sparse list are undefined, not skipped. */
  #list(list: readonly unknown[], depth: number): unknown[] {
    if (list.length > MAX_VALUES) this.#giveUp("the value has over a million parts");
    return Array.from(list, (item) => this.copied(item, depth + 1));
  }

  #object(value: Record<string, unknown>, depth: number): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const member = this.copied(value[key], depth + 1);
      if (member === undefined) continue;
      // A member called __proto__ is a member like any other.
      if (key !== "__proto__") copy[key] = member;
      else Object.defineProperty(copy, key, { value: member, enumerable: true });
    }
    return copy;
  }
}

/** A structure of plain data; also of another realm, whose Object.prototype is not ours. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty"))
  );
}

function foreign(value: object): unknown {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return TIMESTAMP;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return BYTES;
  const { name } = value.constructor ?? {};
  return foreignObject(typeof name === "string" && name !== "" ? name : "object");
}
