import { isTimeValue } from "./time.ts";
import { isCelUint, TypeValue } from "./types.ts";
import { isCelList, isCelMap } from "./values.ts";

/** Whether two values without unknown parts are equal, as the CEL library has it: numbers of all types compare. */
export function areSameValues(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  const [a, b] = [toNumber(left), toNumber(right)];
  // Neither is less, and neither is NaN: `===` is false for an integer and a floating-point number.
  if (isNumber(a) && isNumber(b)) return a <= b && a >= b;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (isCelList(a)) return isCelList(b) && areSameLists(a, b);
  if (isCelMap(a)) return isCelMap(b) && areSameMaps(a, b);
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && areSameBytes(a, b);
  return isTimeValue(a) && isTimeValue(b) && areSameTimes(a.message, b.message);
}

const toNumber = (value: unknown): unknown => (isCelUint(value) ? value.value : value);

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

interface List {
  size: number;
  get(index: number): unknown;
}

function areSameLists(a: List, b: List): boolean {
  if (a.size !== b.size) return false;
  for (let index = 0; index < a.size; index++) if (!areSameValues(a.get(index), b.get(index))) return false;
  return true;
}

interface KeyedValues extends Iterable<[unknown, unknown]> {
  size: number;
  get(key: unknown): unknown;
}

function areSameMaps(a: KeyedValues, b: KeyedValues): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !areSameValues(value, other)) return false;
  }
  return true;
}

const areSameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

type Time = { $typeName: string; seconds: bigint; nanos: number };

const areSameTimes = (a: Time, b: Time): boolean =>
  a.$typeName === b.$typeName && a.seconds === b.seconds && a.nanos === b.nanos;
