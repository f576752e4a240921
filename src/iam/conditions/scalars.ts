import type { Ternary } from "../evaluation/ternary.ts";
import { isInRange, isRange } from "./addresses.ts";
import { parseDateValue } from "./dates.ts";
import { type ParsedScalar, parseNumericValue } from "./numbers.ts";

/** Comparison of values that aren't strings. They take no variables. */
export interface ScalarComparison {
  /** Whether the policy's value is well-formed, so that it may match something. */
  isReadable(expected: string): boolean;
  /** Whether the request's value matches the policy's; undefined when one of them is malformed. */
  compare(expected: string, actual: string): Ternary | undefined;
}

type Order = (difference: number) => boolean;

const createOrderedComparison = (
  read: (text: string) => ParsedScalar<number>,
  holds: Order,
): ScalarComparison => ({
  isReadable: (expected) => read(expected) !== undefined,
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

const booleanComparison: ScalarComparison = {
  isReadable: (expected) => parseBoolValue(expected) !== undefined,
  compare(expected, actual) {
    const wanted = parseBoolValue(expected);
    const got = parseBoolValue(actual);
    if (wanted === undefined || got === undefined) return undefined;
    return wanted === "dubious" ? "unknown" : wanted === got;
  },
};

/** The user guide contradicts itself on whether Bool takes variables ("Boolean condition operators"). */
function parseBoolValue(text: string): ParsedScalar<boolean> {
  if (text.includes("${")) return "dubious";
  return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
}

const binaryComparison: ScalarComparison = {
  isReadable: (expected) => normalizeBase64(expected) !== undefined,
  compare(expected, actual) {
    const wanted = normalizeBase64(expected);
    const got = normalizeBase64(actual);
    if (wanted === undefined || got === undefined) return undefined;
    if (wanted !== got) return false;
    return expected === actual ? true : "unknown";
  },
};

/** Normalizes Base64, with or without padding, to the padded form. */
function normalizeBase64(text: string): string | undefined {
  if (!/^[\w+/-]*={0,2}$/.test(text) || text.replace(/={1,2}$/, "").length % 4 === 1) return undefined;
  return Buffer.from(text, "base64").toString("base64");
}

const addressComparison: ScalarComparison = { isReadable: isRange, compare: isInRange };

export const SCALAR_COMPARISONS: ReadonlyMap<string, ScalarComparison> = new Map([
  ...ORDERS.map(
    ([name, holds]) => [`Numeric${name}`, createOrderedComparison(parseNumericValue, holds)] as const,
  ),
  ...ORDERS.map(([name, holds]) => [`Date${name}`, createOrderedComparison(parseDateValue, holds)] as const),
  ["Bool", booleanComparison],
  ["BinaryEquals", binaryComparison],
  ["IpAddress", addressComparison],
  ["NotIpAddress", addressComparison],
]);
