import { toLowerAscii, toUpperAscii, trimSpace } from "../../texts/transform.ts";
import { parseInteger, toDouble } from "./conversions.ts";
import { areSameValues } from "./same-values.ts";
import { formatTimeValue, isTimeValue, type TimeValue } from "./time.ts";
import { DataList, isCelList, isCelMap } from "./values.ts";

/**
 * The functions of CEL that compiled rules can call, for values that are known and of types that data has. Undefined
 * for other types. Throws what makes the expression fail. Results must equal the library's; a property test compares
 * them.
 */
type NativeFunction = (...values: never[]) => unknown;

const isText = (value: unknown): value is string => typeof value === "string";
const isInt = (value: unknown): value is bigint => typeof value === "bigint";
const isDouble = (value: unknown): value is number => typeof value === "number";

const onTexts =
  (call: (text: string, other: string) => unknown): NativeFunction =>
  (text: unknown, other: unknown, ...more: unknown[]) =>
    isText(text) && isText(other) && more.length === 0 ? call(text, other) : undefined;

const onText =
  (call: (text: string) => unknown): NativeFunction =>
  (text: unknown, ...more: unknown[]) =>
    isText(text) && more.length === 0 ? call(text) : undefined;

type Order = -1 | 0 | 1 | undefined;

const compare =
  (test: (order: Order) => boolean): NativeFunction =>
  (left: unknown, right: unknown) => {
    const pair = toComparable(left, right);
    return pair && test(orderOf(...pair));
  };

type Scalar = string | bigint | number | boolean;

/** Two values of one type; undefined where there is no order among theirs. */
function toComparable(left: unknown, right: unknown): [Scalar, Scalar] | undefined {
  if (typeof left === typeof right && ["string", "bigint", "number", "boolean"].includes(typeof left))
    return [left as Scalar, right as Scalar];
  if (isInt(left) && isDouble(right)) return [Number(left), right];
  if (isDouble(left) && isInt(right)) return [left, Number(right)];
  return isTimeValue(left) && isTimeValue(right) ? toNanos(left, right) : undefined;
}

const toNanos = (left: TimeValue, right: TimeValue): [bigint, bigint] | undefined =>
  left.message.$typeName === right.message.$typeName ? [nanosOf(left), nanosOf(right)] : undefined;

const nanosOf = ({ message: { seconds, nanos } }: TimeValue): bigint =>
  seconds * 1_000_000_000n + BigInt(Math.round(nanos));

const orderOf = (left: Scalar, right: Scalar): Order =>
  left < right ? -1 : left > right ? 1 : left === right ? 0 : undefined;

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;

function checkRange(value: bigint, operator: string): bigint {
  if (value < MIN_INT || value > MAX_INT) throw new Error(`int overflow during ${operator}`);
  return value;
}

interface Arithmetic {
  ints(left: bigint, right: bigint): bigint;
  doubles?(left: number, right: number): number;
}

const calculate =
  (operator: string, { ints, doubles }: Arithmetic): NativeFunction =>
  (left: unknown, right: unknown) => {
    if (isInt(left) && isInt(right)) return checkRange(ints(left, right), operator);
    return isDouble(left) && isDouble(right) ? doubles?.(left, right) : undefined;
  };

function rejectZero(divisor: bigint, what: string): bigint {
  if (divisor === 0n) throw new Error(`int ${what} by zero`);
  return divisor;
}

const createArgumentError = (name: string, issue: string): Error =>
  new Error(`invalid argument to function ${name}: ${issue}`);

function toIndex(text: string, given: bigint, last = text.length): number {
  const at = Number(given);
  if (at < 0 || at > last) throw new Error(`index ${at} out of bounds [0, ${text.length})`);
  return at;
}

function measure(value: unknown): bigint | undefined {
  if (isText(value)) return BigInt(countCharacters(value));
  return isCelList(value) || isCelMap(value) ? BigInt(value.size) : undefined;
}

/** Surrogate pairs count as one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++, count++) if (text.codePointAt(index)! > 0xffff) index++;
  return count;
}

function joinTexts(list: unknown, separator: unknown = ""): string | undefined {
  if (!isCelList(list) || !isText(separator)) return undefined;
  const items = [...list];
  if (!items.every(isText)) throw createArgumentError("join", "list contains non-string value");
  return items.join(separator);
}

/** `text.split(separator, limit)` */
function splitText(text: unknown, separator: unknown, limit?: unknown): DataList | undefined {
  if (!isText(text) || !isText(separator)) return undefined;
  if (limit === undefined) return new DataList(text.split(separator));
  if (!isInt(limit)) return undefined;
  return new DataList(limit === 1n ? [text] : text.split(separator, Number(limit)));
}

function formatScalar(value: unknown): string | undefined {
  if (isTimeValue(value)) return formatTimeValue(value);
  return ["string", "boolean", "bigint", "number"].includes(typeof value) ? String(value) : undefined;
}

/** `call(text, wanted, from)`; the position is where the search begins. */
const findIn =
  (call: (text: string, wanted: string, from?: number) => number): NativeFunction =>
  (text: unknown, wanted: unknown, from?: unknown) => {
    if (!isText(text) || !isText(wanted)) return undefined;
    if (from === undefined) return BigInt(call(text, wanted));
    return isInt(from) ? BigInt(call(text, wanted, toIndex(text, from, text.length - 1))) : undefined;
  };

function cutText(text: unknown, from: unknown, to?: unknown): string | undefined {
  if (!isText(text) || !isInt(from)) return undefined;
  if (to === undefined) return text.slice(toIndex(text, from));
  if (!isInt(to)) return undefined;
  const [start, end] = [toIndex(text, from), toIndex(text, to)];
  if (start > end) throw createArgumentError("substring", "start > end");
  return text.slice(start, end);
}

const NATIVES: Readonly<Record<string, NativeFunction>> = {
  "_==_": areSameValues,
  "_!=_": (left: unknown, right: unknown) => !areSameValues(left, right),
  "!_": (value: unknown) => (typeof value === "boolean" ? !value : undefined),
  "_<_": compare((order) => order === -1),
  "_<=_": compare((order) => order === -1 || order === 0),
  "_>_": compare((order) => order === 1),
  "_>=_": compare((order) => order === 1 || order === 0),
  "_+_": calculate("_+_", { ints: (a, b) => a + b, doubles: (a, b) => a + b }),
  "_-_": calculate("_-_", { ints: (a, b) => a - b, doubles: (a, b) => a - b }),
  "_*_": calculate("_*_", { ints: (a, b) => a * b, doubles: (a, b) => a * b }),
  "_/_": calculate("divide", { ints: (a, b) => a / rejectZero(b, "divide"), doubles: (a, b) => a / b }),
  "_%_": calculate("modulus", { ints: (a, b) => a % rejectZero(b, "modulus") }),
  "-_": (value: unknown) =>
    isInt(value) ? checkRange(-value, "type conversion") : isDouble(value) ? -value : undefined,
  startsWith: onTexts((text, other) => text.startsWith(other)),
  endsWith: onTexts((text, other) => text.endsWith(other)),
  contains: onTexts((text, other) => text.includes(other)),
  lowerAscii: onText(toLowerAscii),
  upperAscii: onText(toUpperAscii),
  trim: onText(trimSpace),
  size: measure,
  join: joinTexts,
  split: splitText,
  indexOf: findIn((text, wanted, from) => text.indexOf(wanted, from)),
  lastIndexOf: findIn((text, wanted, from) => text.lastIndexOf(wanted, from)),
  substring: cutText,
  charAt: (text: unknown, at: unknown) =>
    isText(text) && isInt(at) ? text.charAt(toIndex(text, at)) : undefined,
  string: formatScalar,
  int: parseInteger,
  double: toDouble,
};

export const findNative = (name: string): NativeFunction | undefined =>
  Object.hasOwn(NATIVES, name) ? NATIVES[name] : undefined;
