import { spend } from "./run.ts";

/**
 * A fast path of an operator or function for its most common argument types. Returns undefined to fall back
 * to the library. Results must equal the library's; a property test compares them.
 */
type Quick = (left: unknown, right: unknown) => unknown;

const onScalars =
  (test: (left: unknown, right: unknown) => boolean): Quick =>
  (left, right) =>
    typeof left === typeof right && SCALARS.has(typeof left) ? (spend(1) ?? test(left, right)) : undefined;

const SCALARS = new Set(["string", "boolean", "bigint"]);

const onInts =
  (test: (left: bigint, right: bigint) => boolean): Quick =>
  (left, right) =>
    typeof left === "bigint" && typeof right === "bigint" ? (spend(1) ?? test(left, right)) : undefined;

const onTexts =
  (call: (text: string, other: string) => unknown): Quick =>
  (left, right) =>
    typeof left === "string" && typeof right === "string"
      ? (spend(1 + (left.length >> 6)) ?? call(left, right))
      : undefined;

export const QUICK: Readonly<Record<string, Quick>> = {
  "_==_": onScalars((left, right) => left === right),
  "_!=_": onScalars((left, right) => left !== right),
  "!_": (value) => (typeof value === "boolean" ? (spend(1) ?? !value) : undefined),
  "_<_": onInts((left, right) => left < right),
  "_<=_": onInts((left, right) => left <= right),
  "_>_": onInts((left, right) => left > right),
  "_>=_": onInts((left, right) => left >= right),
  startsWith: onTexts((text, other) => text.startsWith(other)),
  endsWith: onTexts((text, other) => text.endsWith(other)),
  contains: onTexts((text, other) => text.includes(other)),
  lowerAscii: (text) =>
    typeof text === "string" ? (spend(1 + (text.length >> 6)) ?? lowerAscii(text)) : undefined,
};

const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
