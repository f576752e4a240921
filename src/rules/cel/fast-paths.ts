import { toLowerAscii } from "../../texts/transform.ts";
import { spendSteps } from "../runtime/run.ts";

/**
 * A fast path of an operator or function for its most common argument types. Returns undefined to fall back
 * to the library. Results must equal the library's; a property test compares them.
 */
type FastPath = (left: unknown, right: unknown) => unknown;

const compareScalars =
  (test: (left: unknown, right: unknown) => boolean): FastPath =>
  (left, right) =>
    typeof left === typeof right && SCALARS.has(typeof left)
      ? (spendSteps(1) ?? test(left, right))
      : undefined;

const SCALARS = new Set(["string", "boolean", "bigint"]);

const compareInts =
  (test: (left: bigint, right: bigint) => boolean): FastPath =>
  (left, right) =>
    typeof left === "bigint" && typeof right === "bigint" ? (spendSteps(1) ?? test(left, right)) : undefined;

const applyToStrings =
  (call: (text: string, other: string) => unknown): FastPath =>
  (left, right) =>
    typeof left === "string" && typeof right === "string"
      ? (spendSteps(1 + (left.length >> 6)) ?? call(left, right))
      : undefined;

export const FAST_PATHS: Readonly<Record<string, FastPath>> = {
  "_==_": compareScalars((left, right) => left === right),
  "_!=_": compareScalars((left, right) => left !== right),
  "!_": (value) => (typeof value === "boolean" ? (spendSteps(1) ?? !value) : undefined),
  "_<_": compareInts((left, right) => left < right),
  "_<=_": compareInts((left, right) => left <= right),
  "_>_": compareInts((left, right) => left > right),
  "_>=_": compareInts((left, right) => left >= right),
  startsWith: applyToStrings((text, other) => text.startsWith(other)),
  endsWith: applyToStrings((text, other) => text.endsWith(other)),
  contains: applyToStrings((text, other) => text.includes(other)),
  lowerAscii: (text) =>
    typeof text === "string" ? (spendSteps(1 + (text.length >> 6)) ?? toLowerAscii(text)) : undefined,
};
