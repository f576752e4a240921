import { Unknown } from "../../documents/document.ts";

/**
 * Symbols by which the CEL library recognizes lists, maps and errors. Implementing them ourselves lets
 * expressions read plain data without a copy and tell for each part whether it is known.
 */
const LIST = Symbol.for("@bufbuild/cel/list");
const MAP = Symbol.for("@bufbuild/cel/map");
const ERROR = Symbol.for("@bufbuild/cel/error");

/** Why the result of an expression is unknown. */
export type MissingFact =
  /** A placeholder in the payload or the context. */
  | { kind: "placeholder"; source: string }
  /** A context record (`fileShare`), or a member that the record lacks. */
  | { kind: "context"; name: string; member?: string }
  /** The calling principal. */
  | { kind: "caller" }
  /** The rule called `undecided(reason)`. */
  | { kind: "reason"; reason: string }
  /** The expression exceeded a limit. */
  | { kind: "overrun"; what: string };

/** When the library merges errors, it keeps the first one's id and puts the others into `cause`. */
export interface CelFailure {
  readonly exprId: unknown;
  readonly message: string;
  readonly cause: unknown;
}

class UnknownFailure implements CelFailure {
  readonly exprId: MissingFact;
  readonly message = "not known";
  readonly cause = undefined;

  constructor(missing: MissingFact) {
    this.exprId = missing;
  }
}

export const createUnknownFailure = (missing: MissingFact): CelFailure => new UnknownFailure(missing);

export const isFailure = (value: unknown): value is CelFailure =>
  typeof value === "object" && value !== null && ERROR in value;

/** The missing facts of a failure and of those merged into it; empty for a genuine evaluation error. */
export function collectMissingFacts(failure: CelFailure): MissingFact[] {
  const others = Array.isArray(failure.cause)
    ? failure.cause.filter(isFailure).flatMap(collectMissingFacts)
    : [];
  const own = failure.exprId;
  return typeof own === "object" && own !== null ? [own as MissingFact, ...others] : others;
}

/** An unknown list item. A failure in its place would end a loop before the remaining items. */
export class UnknownItem {
  readonly missing: MissingFact;

  constructor(missing: MissingFact) {
    this.missing = missing;
  }
}

export const missingFactFromPlaceholder = (unknown: Unknown): MissingFact => ({
  kind: "placeholder",
  source: unknown.source,
});

/**
 * Converts data into a CEL value; `where` is its path if it comes from the context. Undefined if it has none.
 */
export function toCelValue(value: unknown, where?: string): unknown {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case "object":
      return value === null ? null : toCelObject(value, where);
    case "string":
    case "boolean":
    case "bigint":
      return value;
    default:
      return undefined;
  }
}

function toCelObject(value: object, where: string | undefined): unknown {
  if (Array.isArray(value)) return new DataList(value, where);
  if (value instanceof Unknown) return createUnknownFailure(missingFactFromPlaceholder(value));
  if (value instanceof DataMap || value instanceof DataList) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array || isCelObject(value)) return value;
  return new DataMap(value as Record<string, unknown>, where);
}

const isCelObject = (value: object): boolean => LIST in value || MAP in value || ERROR in value;

export const isCelList = (value: unknown): value is DataList =>
  typeof value === "object" && value !== null && LIST in value;

export const isCelMap = (value: unknown): value is DataMap =>
  typeof value === "object" && value !== null && MAP in value;

/** An object. A null member counts as absent, as the AWS SDKs treat it. */
export class DataMap {
  readonly data: Record<string, unknown>;
  readonly where: string | undefined;

  constructor(data: Record<string, unknown>, where?: string) {
    this.data = data;
    this.where = where;
  }

  get size(): number {
    return [...this.keys()].length;
  }

  get(key: unknown): unknown {
    if (typeof key !== "string") return undefined;
    const value = Object.hasOwn(this.data, key) ? this.data[key] : undefined;
    if (this.where !== undefined) return this.#fromContext(key, value);
    return value === null || value === undefined ? undefined : toCelValue(value);
  }

  /**
   * A member absent from a context record is unknown, since AWS omits members that have their default value.
   */
  #fromContext(key: string, value: unknown): unknown {
    const where = this.where === "" ? key : `${this.where}.${key}`;
    return value === null || value === undefined
      ? createUnknownFailure(missingFactFromContext(where))
      : toCelValue(value, where);
  }

  has(key: unknown): unknown {
    if (typeof key !== "string") return false;
    const isGiven = Object.hasOwn(this.data, key) && this.data[key] !== null && this.data[key] !== undefined;
    return !isGiven && this.where === "" ? createUnknownFailure(missingFactFromContext(key)) : isGiven;
  }

  *keys(): Generator<string> {
    for (const key of Object.keys(this.data)) {
      if (this.data[key] !== null && this.data[key] !== undefined) yield key;
    }
  }

  *entries(): Generator<[string, unknown]> {
    for (const key of this.keys()) yield [key, this.get(key)];
  }

  *values(): Generator<unknown> {
    for (const key of this.keys()) yield this.get(key);
  }

  [Symbol.iterator](): Generator<[string, unknown]> {
    return this.entries();
  }
}

function missingFactFromContext(where: string): MissingFact {
  const [name = "", ...members] = where.split(".");
  return { kind: "context", name, ...(members.length > 0 && { member: members.join(".") }) };
}

/** A list. Iteration yields an `UnknownItem` for an unknown item; access by index yields a failure. */
export class DataList {
  readonly data: readonly unknown[];
  readonly where: string | undefined;

  constructor(data: readonly unknown[], where?: string) {
    this.data = data;
    this.where = where;
  }

  get size(): number {
    return this.data.length;
  }

  get(index: number): unknown {
    return index >= 0 && index < this.size ? toFailure(this.item(index)) : undefined;
  }

  protected item(index: number): unknown {
    const value = this.data[index];
    if (value instanceof Unknown) return new UnknownItem(missingFactFromPlaceholder(value));
    return value === undefined ? null : toCelValue(value, this.where && `${this.where}[]`);
  }

  /** Not a generator: every loop iterates through this, and generators are slow. */
  values(): IterableIterator<unknown> {
    const items: unknown[] = [];
    for (let index = 0; index < this.size; index++) items.push(this.item(index));
    return items.values();
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return this.values();
  }
}

/**
 * A persistent list of CEL values. A loop that collects n items creates n lists; they share one array, and
 * each sees the items that existed when it was created.
 */
export class GrowingList extends DataList {
  readonly #items: unknown[];
  readonly #size: number;

  constructor(items: unknown[]) {
    super(items);
    this.#items = items;
    this.#size = items.length;
  }

  override get size(): number {
    return this.#size;
  }

  protected override item(index: number): unknown {
    return this.#items[index];
  }

  append(items: Iterable<unknown>): GrowingList {
    const isNewest = this.#size === this.#items.length;
    const shared = isNewest ? this.#items : this.#items.slice(0, this.#size);
    for (const item of items) shared.push(item);
    return new GrowingList(shared);
  }
}

export const appendList = (left: DataList, right: DataList): DataList =>
  (left instanceof GrowingList ? left : new GrowingList([...left])).append(right);

export const toFailure = (value: unknown): unknown =>
  value instanceof UnknownItem ? createUnknownFailure(value.missing) : value;

for (const [prototype, symbol] of [
  [DataList.prototype, LIST],
  [DataMap.prototype, MAP],
  [UnknownFailure.prototype, ERROR],
] as const) {
  Object.defineProperty(prototype, symbol, { value: {} });
}

/**
 * Converts a CEL value into plain data, for our own functions and for messages. Wrapped data is returned
 * without a copy and must not be modified.
 */
export function toPlainData(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof DataMap || (value instanceof DataList && !(value instanceof GrowingList)))
    return value.data;
  if (isCelList(value)) return [...value].map(toPlainData);
  if (isCelMap(value))
    return Object.fromEntries([...value].map(([key, member]) => [String(key), toPlainData(member)]));
  return value;
}
