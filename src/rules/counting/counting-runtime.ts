/**
 * What the code that counts findings calls. Its values are plain data, and `null` and `undefined` stand for open ones.
 * It throws `notCounted` for whatever is not as most requests are: the rules themselves tell then.
 */
import { toLowerAscii, toUpperAscii, trimSpace } from "../../texts/transform.ts";
import { FUNCTIONS, type TypeName } from "../functions/table.ts";
import { countCharacters } from "../runtime/natives.ts";
import { testPattern } from "../runtime/patterns.ts";

/** Made once: making one takes longer than counting. */
const notCounted = new Error("not counted");

function giveUp(): never {
  throw notCounted;
}

type Open = undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const getOwn = (value: unknown, field: string): unknown =>
  isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;

function getPart(value: unknown, key: unknown): unknown {
  if (value == null || key == null) return undefined;
  if (Array.isArray(value) && typeof key === "number") return value[key];
  return isObject(value) && typeof key === "string" ? getOwn(value, key) : giveUp();
}

function areEqual(left: unknown, right: unknown): boolean | Open {
  if (left == null || right == null) return undefined;
  return typeof left === "object" || typeof right === "object" ? giveUp() : left === right;
}

function areDifferent(left: unknown, right: unknown): boolean | Open {
  const areSame = areEqual(left, right);
  return areSame === undefined ? undefined : !areSame;
}

function isIn(value: unknown, list: unknown): boolean | Open {
  if (value == null || list == null) return undefined;
  if (Array.isArray(list) && typeof value !== "object") return list.includes(value);
  return isObject(list) && isText(value) ? getOwn(list, value) != null : giveUp();
}

const compareNumbers =
  (compare: (left: number, right: number) => boolean) =>
  (left: unknown, right: unknown): boolean | Open => {
    if (typeof left === "number" && typeof right === "number") return compare(left, right);
    return left == null || right == null ? undefined : giveUp();
  };

function add(left: unknown, right: unknown): unknown {
  if (left == null || right == null) return undefined;
  if (typeof left === "string" && typeof right === "string") return left + right;
  return Array.isArray(left) && Array.isArray(right) ? [...left, ...right] : giveUp();
}

function measure(value: unknown): number | Open {
  if (value == null) return undefined;
  if (Array.isArray(value)) return value.length;
  return typeof value === "string" ? countCharacters(value) : giveUp();
}

const isText = (value: unknown): value is string => typeof value === "string";

/** A function of one text. */
const onText =
  <Result>(call: (text: string) => Result) =>
  (text: unknown): Result | Open =>
    isText(text) ? call(text) : text == null ? undefined : giveUp();

/** A function of two texts. */
const onTexts =
  (call: (text: string, other: string) => boolean) =>
  (text: unknown, other: unknown): boolean | Open => {
    if (isText(text) && isText(other)) return call(text, other);
    return text == null || other == null ? undefined : giveUp();
  };

const CEL_TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  map: isObject,
  list: Array.isArray,
  string: isText,
};

function isOfType(value: unknown, type: string): boolean | Open {
  if (value == null) return undefined;
  const test = CEL_TYPES[type];
  return test ? test(value) : giveUp();
}

type TestItem = (item: unknown) => unknown;

/** The items of a range that is not open. */
const readItems = (range: unknown): readonly unknown[] => (Array.isArray(range) ? range : giveUp());

/** `all` and `exists` */
function decideItems(range: unknown, test: TestItem, deciding: boolean): boolean | Open {
  if (range == null) return undefined;
  let isOpen = false;
  for (const item of readItems(range)) {
    const value = test(item);
    if (value === deciding) return deciding;
    if (value !== !deciding) isOpen = true;
  }
  return isOpen ? undefined : !deciding;
}

/** `exists_one` */
function isOneItem(range: unknown, test: TestItem): boolean | Open {
  if (range == null) return undefined;
  let [count, isOpen] = [0, false];
  for (const item of readItems(range)) {
    const value = test(item);
    if (value === true) count++;
    else if (value !== false) isOpen = true;
  }
  return count > 1 ? false : isOpen ? undefined : count === 1;
}

/** `filter` and `map` */
function collectItems(range: unknown, test?: TestItem, step?: TestItem): unknown[] | Open {
  if (range == null) return undefined;
  const kept: unknown[] = [];
  for (const item of readItems(range)) {
    const isKept = test ? test(item) : true;
    if (isKept === false) continue;
    const value = isKept === true ? (step ? step(item) : item) : undefined;
    if (value == null) return undefined;
    kept.push(value);
  }
  return kept;
}

const FITS: Partial<Record<TypeName, (value: unknown) => boolean>> = {
  string: isText,
  dyn: () => true,
  "list(dyn)": Array.isArray,
  "list(string)": (value) => Array.isArray(value) && value.every(isText),
};

/** One of our own functions. */
function bindFunction(name: string): (...values: unknown[]) => unknown {
  const { parameters, call } = FUNCTIONS.find((each) => each.name === name)!;
  const tests = parameters.map(([, type]) => FITS[type] ?? giveUp());
  const run = call as (...values: unknown[]) => unknown;
  const [first, second] = tests;
  if (tests.length === 1 && first) return (a) => (a == null ? undefined : first(a) ? run(a) : giveUp());
  if (tests.length === 2 && first && second)
    return (a, b) => (a == null || b == null ? undefined : first(a) && second(b) ? run(a, b) : giveUp());
  return (...values) => {
    if (values.some((value) => value == null)) return undefined;
    return values.every((value, index) => tests[index]?.(value)) ? run(...values) : giveUp();
  };
}

export const COUNTING_RUNTIME = {
  giveUp,
  get: getOwn,
  at: getPart,
  eq: areEqual,
  ne: areDifferent,
  in: isIn,
  lt: compareNumbers((left, right) => left < right),
  le: compareNumbers((left, right) => left <= right),
  gt: compareNumbers((left, right) => left > right),
  ge: compareNumbers((left, right) => left >= right),
  add,
  size: measure,
  is: isOfType,
  list: (items: unknown[]): unknown[] | Open =>
    items.includes(undefined) || items.includes(null) ? undefined : items,
  all: (range: unknown, test: TestItem) => decideItems(range, test, false),
  any: (range: unknown, test: TestItem) => decideItems(range, test, true),
  one: isOneItem,
  each: collectItems,
  startsWith: onTexts((text, other) => text.startsWith(other)),
  endsWith: onTexts((text, other) => text.endsWith(other)),
  contains: onTexts((text, other) => text.includes(other)),
  lowerAscii: onText(toLowerAscii),
  upperAscii: onText(toUpperAscii),
  trim: onText(trimSpace),
  matches: onTexts(testPattern),
  pattern: (pattern: string) => {
    const expression = new RegExp(pattern);
    return onText((text) => expression.test(text));
  },
  fn: bindFunction,
};

export type CountingRuntime = typeof COUNTING_RUNTIME;
