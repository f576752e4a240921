import { toLowerAscii, toUpperAscii, trimSpace } from "../../texts/transform.ts";
import { toCelInt } from "./ints.ts";
import { spendSteps } from "./run.ts";
import { DataList, GrowingList } from "./values.ts";

/**
 * Operators and functions of compiled expressions for their most common arguments. Each ends in `other`, which takes all
 * others. Written out one by one, since V8 specialises each function for what it is called with.
 */
type DirectCall = (first: unknown, second: unknown) => unknown;

/** A call with any arguments. */
type OtherCall = DirectCall;

type CreateDirectCall = (other: OtherCall) => DirectCall;

/** Only long texts are charged: what else is done outside of loops is bounded by the rule's length. */
const SHORT = 64;

const chargeText = (text: string): unknown =>
  text.length > SHORT ? spendSteps(text.length >> 6) : undefined;

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "boolean" || typeof value === "bigint";

const DIRECT: Readonly<Record<string, CreateDirectCall>> = {
  "_==_": (other) => (a, b) => (typeof a === typeof b && isScalar(a) ? a === b : other(a, b)),
  "_!=_": (other) => (a, b) => (typeof a === typeof b && isScalar(a) ? a !== b : other(a, b)),
  "!_": (other) => (a, b) => (typeof a === "boolean" ? !a : other(a, b)),
  "_<_": (other) => (a, b) => (typeof a === "bigint" && typeof b === "bigint" ? a < b : other(a, b)),
  "_<=_": (other) => (a, b) => (typeof a === "bigint" && typeof b === "bigint" ? a <= b : other(a, b)),
  "_>_": (other) => (a, b) => (typeof a === "bigint" && typeof b === "bigint" ? a > b : other(a, b)),
  "_>=_": (other) => (a, b) => (typeof a === "bigint" && typeof b === "bigint" ? a >= b : other(a, b)),
  "_+_": (other) => (a, b) =>
    typeof a === "string" && typeof b === "string" && a.length + b.length <= SHORT ? a + b : other(a, b),
  startsWith: (other) => (a, b) =>
    typeof a === "string" && typeof b === "string" ? (chargeText(a) ?? a.startsWith(b)) : other(a, b),
  endsWith: (other) => (a, b) =>
    typeof a === "string" && typeof b === "string" ? (chargeText(a) ?? a.endsWith(b)) : other(a, b),
  contains: (other) => (a, b) =>
    typeof a === "string" && typeof b === "string" ? (chargeText(a) ?? a.includes(b)) : other(a, b),
  lowerAscii: (other) => (a, b) =>
    typeof a === "string" && b === undefined ? (chargeText(a) ?? toLowerAscii(a)) : other(a, b),
  upperAscii: (other) => (a, b) =>
    typeof a === "string" && b === undefined ? (chargeText(a) ?? toUpperAscii(a)) : other(a, b),
  trim: (other) => (a, b) =>
    typeof a === "string" && b === undefined ? (chargeText(a) ?? trimSpace(a)) : other(a, b),
  size: (other) => (a, b) =>
    a instanceof DataList && (a.constructor === DataList || a.constructor === GrowingList)
      ? toCelInt(a.size)
      : other(a, b),
};

/** A direct call of a function; undefined if there is none. */
export const createDirectCall = (name: string, other: OtherCall): DirectCall | undefined =>
  Object.hasOwn(DIRECT, name) ? DIRECT[name]!(other) : undefined;
