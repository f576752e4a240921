import { Unknown } from "../../documents/document.ts";
import type { OtherCondition } from "./comparison.ts";
import { PathIndex } from "./path-index.ts";

/** What an index knows about the earlier requests for which a condition isn't certainly false. */
export interface Candidates {
  /** One for which the condition certainly holds: it decides, whatever the others are. */
  certain?: number | undefined;
  /** Those that have to be looked at if there is no certain one. Of several that say the same, the first. */
  open: readonly number[];
}

/** Earlier requests, indexed for one condition. */
export interface ConditionIndex {
  add(request: unknown, position: number): void;
  find(request: unknown): Candidates;
  /** All for which the condition isn't certainly false; one may be in it more than once. */
  list(request: unknown): readonly number[];
}

export function createConditionIndex(condition: OtherCondition): ConditionIndex {
  switch (condition.kind) {
    case "none":
      return new EveryRequest();
    case "payloads-differ":
      return new DifferentRequests();
    case "paths-overlap":
      return new OverlappingRequests(condition);
  }
}

class EveryRequest implements ConditionIndex {
  readonly #all: number[] = [];

  add(_request: unknown, position: number): void {
    this.#all.push(position);
  }

  find(): Candidates {
    return { certain: this.#all[0], open: [] };
  }

  list(): readonly number[] {
    return this.#all;
  }
}

class DifferentRequests implements ConditionIndex {
  readonly #all: number[] = [];
  /** By their canonical text. */
  readonly #known = new Map<string, number[]>();
  readonly #open: number[] = [];

  add(request: unknown, position: number): void {
    this.#all.push(position);
    const text = writeCanonical(request);
    const same = text === undefined ? this.#open : this.#known.get(text);
    if (same) same.push(position);
    else this.#known.set(text!, [position]);
  }

  find(request: unknown): Candidates {
    const text = writeCanonical(request);
    if (text === undefined) return { open: this.#all };
    for (const [other, [first]] of this.#known) if (other !== text) return { certain: first, open: [] };
    return { open: this.#open };
  }

  list(request: unknown): readonly number[] {
    const text = writeCanonical(request);
    const same = new Set(text === undefined ? [] : this.#known.get(text));
    return this.#all.filter((position) => !same.has(position));
  }
}

/**
 * A text that two payloads share exactly if they are equal: a null member counts as absent. Undefined for one
 * with unknown parts, or with values that JSON doesn't have.
 */
function writeCanonical(value: unknown): string | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value)) return joinCanonical("[]", value.map(writeCanonical));
  if (!isPlainObject(value)) return undefined;
  const members = Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => {
      const text = writeCanonical(member);
      return text === undefined ? undefined : `${JSON.stringify(name)}:${text}`;
    });
  return joinCanonical("{}", members);
}

const joinCanonical = ([start, end]: string, parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : `${start}${parts.join(",")}${end}`;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Requests whose paths overlap, or of which that can't be told. */
class OverlappingRequests implements ConditionIndex {
  readonly #condition: OverlapCondition;
  readonly #all: number[] = [];
  readonly #withoutPaths: number[] = [];
  readonly #paths = new PathIndex();
  /** Whose paths or kind aren't known. */
  readonly #open: number[] = [];
  /** With known paths, by whether they have the value that makes the comparison undecided. */
  readonly #byKind = new Map<boolean, number[]>([
    [false, []],
    [true, []],
  ]);

  constructor(condition: OverlapCondition) {
    this.#condition = condition;
  }

  add(request: unknown, position: number): void {
    this.#all.push(position);
    const paths = readPaths(request, this.#condition.member);
    const kind = this.#readKind(request);
    if (paths && kind !== undefined) this.#byKind.get(kind)?.push(position);
    else this.#open.push(position);
    if (paths?.length === 0) this.#withoutPaths.push(position);
    for (const path of paths ?? []) this.#paths.add(path, position);
  }

  find(request: unknown): Candidates {
    const paths = readPaths(request, this.#condition.member);
    const certain = this.#findCertain(paths);
    if (certain !== undefined) return { certain, open: [] };
    const kind = this.#readKind(request);
    if (!paths || kind === undefined) return { open: this.#all };
    return { open: [...this.#listOtherKind(kind).slice(0, 1), ...this.#open] };
  }

  list(request: unknown): readonly number[] {
    const paths = readPaths(request, this.#condition.member);
    const kind = this.#readKind(request);
    if (!paths || paths.length === 0 || kind === undefined) return this.#all;
    const overlapping = paths.flatMap((path) => this.#paths.list(path));
    return [...this.#withoutPaths, ...overlapping, ...this.#listOtherKind(kind), ...this.#open];
  }

  #findCertain(paths: readonly string[] | undefined): number | undefined {
    if (paths?.length === 0) return this.#all[0];
    if (this.#withoutPaths.length > 0) return this.#withoutPaths[0];
    for (const path of paths ?? []) {
      const found = this.#paths.find(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #listOtherKind(kind: boolean): readonly number[] {
    return this.#condition.undecidedBy ? (this.#byKind.get(!kind) ?? []) : [];
  }

  /** Undefined if it isn't known. */
  #readKind(request: unknown): boolean | undefined {
    const { undecidedBy } = this.#condition;
    if (!undecidedBy) return false;
    const value = readPlainMember(request, undecidedBy.member);
    return typeof value === "string" ? value === undecidedBy.value : undefined;
  }
}

type OverlapCondition = Extract<OtherCondition, { kind: "paths-overlap" }>;

/** Undefined if they aren't known. */
function readPaths(request: unknown, member: string): readonly string[] | undefined {
  const value = isPlainObject(request) ? readPlainMember(request, member) : UNREAD;
  if (value === null || value === undefined) return [];
  return Array.isArray(value) && value.every((path) => typeof path === "string") ? value : undefined;
}

const UNREAD = new Unknown("…");

/** A member of a payload that is wholly known as far as its members go; undefined for another. */
export const readPlainMember = (request: unknown, member: string): unknown =>
  isPlainObject(request) && Object.hasOwn(request, member) ? request[member] : undefined;
