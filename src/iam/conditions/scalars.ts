import type { Truth } from "../evaluation/ternary.ts";
import { isInRange, isRange } from "./addresses.ts";
import { dateOf } from "./dates.ts";
import { numberOf, type Read } from "./numbers.ts";

/** Comparison of values that aren't strings. They take no variables. */
export interface Scalar {
  /** Whether the policy's value is well-formed, so that it may match something. */
  reads(expected: string): boolean;
  /** Whether the request's value matches the policy's; undefined when one of them is malformed. */
  compare(expected: string, actual: string): Truth | undefined;
}

type Order = (difference: number) => boolean;

const ordered = (read: (text: string) => Read<number>, holds: Order): Scalar => ({
  reads: (expected) => read(expected) !== undefined,
  compare(expected, actual) {
    const wanted = read(expected);
    const got = read(actual);
    if (wanted === undefined || got === undefined) return undefined;
    return wanted === "dubious" || got === "dubious" ? "unknown" : holds(got - wanted);
  },
});

const ORDERS: readonly (readonly [string, Order])[] = [
  ["Equals", (difference) => difference === 0],
  ["NotEquals", (difference) => difference === 0],
  ["LessThan", (difference) => difference < 0],
  ["LessThanEquals", (difference) => difference <= 0],
  ["GreaterThan", (difference) => difference > 0],
  ["GreaterThanEquals", (difference) => difference >= 0],
];

const bool: Scalar = {
  reads: (expected) => boolOf(expected) !== undefined,
  compare(expected, actual) {
    const wanted = boolOf(expected);
    const got = boolOf(actual);
    if (wanted === undefined || got === undefined) return undefined;
    return wanted === "dubious" ? "unknown" : wanted === got;
  },
};

/** The user guide contradicts itself on whether Bool takes variables ("Boolean condition operators"). */
function boolOf(text: string): Read<boolean> {
  if (text.includes("${")) return "dubious";
  return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
}

const binary: Scalar = {
  reads: (expected) => bytesOf(expected) !== undefined,
  compare(expected, actual) {
    const wanted = bytesOf(expected);
    const got = bytesOf(actual);
    if (wanted === undefined || got === undefined) return undefined;
    if (wanted !== got) return false;
    return expected === actual ? true : "unknown";
  },
};

/** Normalizes Base64, with or without padding, to the padded form. */
function bytesOf(text: string): string | undefined {
  if (!/^[\w+/-]*={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1) return undefined;
  return Buffer.from(text, "base64").toString("base64");
}

const address: Scalar = { reads: isRange, compare: isInRange };

export const SCALARS: ReadonlyMap<string, Scalar> = new Map([
  ...ORDERS.map(([name, holds]) => [`Numeric${name}`, ordered(numberOf, holds)] as const),
  ...ORDERS.map(([name, holds]) => [`Date${name}`, ordered(dateOf, holds)] as const),
  ["Bool", bool],
  ["BinaryEquals", binary],
  ["IpAddress", address],
  ["NotIpAddress", address],
]);
