import { Unknown } from "../../documents/document.ts";
import { OpenList, OpenObject, PartialText } from "../../documents/partial.ts";
import {
  createContextFailure,
  createUnknownFailure,
  Failure,
  failureFromPlaceholder,
  missingFactFromPlaceholder,
  PartialInt,
  UnknownItem,
} from "./failure.ts";
import { toCelInt } from "./ints.ts";
import { areTexts, LIST, MAP } from "./types.ts";

/**
 * Converts data into a CEL value; `where` is its path if it comes from the context. Undefined if it has none.
 */
export function toCelValue(value: unknown, where?: string): unknown {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) ? toCelInt(value) : value;
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
  if (value instanceof Unknown) return toPartialValue(value);
  if (value instanceof DataMap || value instanceof DataList || value instanceof UnknownItem) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array || isCelObject(value)) return value;
  return new DataMap(value as Record<string, unknown>, where);
}

/** What is known in part stays a value, which is a failure only to what can't do with that part. */
function toPartialValue(value: Unknown): unknown {
  if (value instanceof PartialText || value instanceof PartialInt) return value;
  if (value instanceof OpenObject) return new OpenMap(value);
  return value instanceof OpenList
    ? new OpenDataList(value.items, failureFromPlaceholder(value))
    : failureFromPlaceholder(value);
}

const isCelObject = (value: object): boolean => LIST in value || MAP in value || value instanceof Failure;

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
    return value === null || value === undefined ? createContextFailure(where) : toCelValue(value, where);
  }

  has(key: unknown): unknown {
    if (typeof key !== "string") return false;
    const isGiven = Object.hasOwn(this.data, key) && this.data[key] !== null && this.data[key] !== undefined;
    return !isGiven && this.where === "" ? createContextFailure(key) : isGiven;
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

/** An object of which some members are known. */
export class OpenMap extends DataMap {
  readonly #object: OpenObject;

  constructor(object: OpenObject) {
    super(object.members);
    this.#object = object;
  }

  /** What is missing to know the rest of it. */
  get rest(): Failure | undefined {
    const { optional, mayHaveMore } = this.#object;
    return mayHaveMore || optional.size > 0 ? failureFromPlaceholder(this.#object) : undefined;
  }

  override get(key: unknown): unknown {
    return this.#isOpen(key) ? failureFromPlaceholder(this.#object) : super.get(key);
  }

  override has(key: unknown): unknown {
    return this.#isOpen(key) ? failureFromPlaceholder(this.#object) : super.has(key);
  }

  toPlain(): OpenObject {
    return this.#object;
  }

  override *keys(): Generator<string> {
    for (const key of super.keys()) if (!this.#object.optional.has(key)) yield key;
  }

  #isOpen(key: unknown): boolean {
    if (typeof key !== "string") return false;
    const { members, optional, mayHaveMore } = this.#object;
    return Object.hasOwn(members, key) ? optional.has(key) : mayHaveMore;
  }
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

  /** The items as plain data if all of them are texts. Not to be modified. */
  get texts(): readonly string[] | undefined {
    return areTexts(this.data) ? this.data : undefined;
  }

  get(index: number): unknown {
    return Number.isInteger(index) && index >= 0 && index < this.size
      ? toFailure(this.item(index))
      : undefined;
  }

  /** An item; an `UnknownItem` for one that isn't known. */
  item(index: number): unknown {
    const value = this.data[index];
    if (value === undefined) return null;
    const item = toCelValue(value, this.where && `${this.where}[]`);
    return item instanceof Failure && value instanceof Unknown
      ? new UnknownItem(missingFactFromPlaceholder(value))
      : item;
  }

  /** All items; an `UnknownItem` for each that isn't known. */
  items(): unknown[] {
    const items: unknown[] = [];
    for (let index = 0; index < this.size; index++) items.push(this.item(index));
    return items;
  }

  values(): IterableIterator<unknown> {
    return this.items().values();
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

  /** Undefined too for one that is no longer the newest. */
  override get texts(): readonly string[] | undefined {
    return this.#size === this.#items.length ? super.texts : undefined;
  }

  override item(index: number): unknown {
    return this.#items[index];
  }

  append(items: Iterable<unknown>): GrowingList {
    const isNewest = this.#size === this.#items.length;
    const shared = isNewest ? this.#items : this.#items.slice(0, this.#size);
    for (const item of items) shared.push(item);
    return new GrowingList(shared);
  }
}

/** A list that may have further items, anywhere. */
export class OpenDataList extends DataList {
  /** What is missing to know them. */
  readonly rest: Failure;

  constructor(items: readonly unknown[], rest: Failure, where?: string) {
    super(items, where);
    this.rest = rest;
  }

  override get texts(): undefined {
    return undefined;
  }

  override get(): unknown {
    return this.rest;
  }

  toPlain(): OpenList {
    const [missing] = this.rest.listMissing();
    return new OpenList(missing?.kind === "placeholder" ? missing.source : "…", this.data.map(toPlainData));
  }
}

/** What is missing to know all parts of a list or a map. */
export const missingRestOf = (value: unknown): Failure | undefined =>
  value instanceof OpenDataList || value instanceof OpenMap ? value.rest : undefined;

export const appendList = (left: DataList, right: DataList): DataList =>
  (left instanceof GrowingList ? left : new GrowingList([...left])).append(right);

/** The failure that an unknown item is to whatever uses it; other values as they are. */
export const toFailure = (value: unknown): unknown =>
  value instanceof UnknownItem ? createUnknownFailure(value.missing) : value;

Object.defineProperty(DataList.prototype, LIST, { value: {} });
Object.defineProperty(DataMap.prototype, MAP, { value: {} });

/**
 * Converts a CEL value into plain data, for our own functions and for messages. Wrapped data is returned
 * without a copy and must not be modified.
 */
export function toPlainData(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof UnknownItem) return value.toPlain();
  if (value instanceof OpenMap || value instanceof OpenDataList) return value.toPlain();
  if (value instanceof DataMap || (value instanceof DataList && !(value instanceof GrowingList)))
    return value.data;
  if (!isCelList(value) && !isCelMap(value)) return value;
  const plain = PLAIN.get(value) ?? copyPlain(value);
  PLAIN.set(value, plain);
  return plain;
}

/** Lists that expressions make may share parts, of which a copy for each place could exceed memory. */
const PLAIN = new WeakMap<object, unknown>();

const copyPlain = (value: DataList | DataMap): unknown =>
  isCelList(value)
    ? [...value].map(toPlainData)
    : Object.fromEntries([...value].map(([key, member]) => [String(key), toPlainData(member)]));
