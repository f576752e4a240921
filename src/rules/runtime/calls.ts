import { Unknown } from "../../documents/document.ts";
import type { RuleFunction } from "../functions/table.ts";
import { FUNCTIONS } from "../functions/table.ts";
import { MAX_ITEMS, MAX_TEXT } from "../limits.ts";
import { chargeCall } from "./cost.ts";
import { areEqual, negate } from "./equality.ts";
import { createUnknownFailure, Failure, joinFailures } from "./failure.ts";
import { testMembership } from "./membership.ts";
import { callPartially } from "./partial-calls.ts";
import { matchPattern } from "./patterns.ts";
import { spendSteps } from "./run.ts";
import { typeOf } from "./types.ts";
import type { DataList } from "./values.ts";
import { appendList, isCelList, missingRestOf, toCelValue, toPlainData } from "./values.ts";

/** Applies a function to values that are all known. Undefined if it doesn't take values of these types. */
export type Callee = (target: unknown, args: unknown[]) => unknown;

/** Functions by name: operators, methods and those of CEL are given; ours are in the table. */
export type FindCallee = (name: string) => Callee | undefined;

/** A function as expressions call it, with operands that may be failures or known in part. */
export function callWith(name: string, callee: Callee, target: unknown, args: unknown[]): unknown {
  let failure = joinFailures(target);
  let isPartial = isPartlyKnown(target);
  for (const arg of args) {
    failure = joinFailures(failure, arg);
    isPartial ||= isPartlyKnown(arg);
  }
  if (failure) return failure;
  if (isPartial) return callPartially(name, target === undefined ? args : [target, ...args]);
  const result = callee(target, args);
  return result === undefined ? createOverloadFailure(name, target, args) : result;
}

const isPartlyKnown = (value: unknown): boolean =>
  typeof value === "object" && (value instanceof Unknown || missingRestOf(value) !== undefined);

function createOverloadFailure(name: string, target: unknown, args: readonly unknown[]): Failure {
  const typeName = (value: unknown) => typeOf(value).name;
  const receiver = target === undefined ? "" : `${typeName(target)}.`;
  const types = args.map(typeName).join(", ");
  return new Failure(`found no matching overload for '${name}' applied to '${receiver}(${types})'`);
}

/**
 * Completes the functions of CEL: with our own, with replacements that are metered, and with the cost of a call.
 * `findGiven` finds the plain ones.
 */
export function createCallees(findGiven: FindCallee): FindCallee {
  const callees = new Map<string, Callee | undefined>();
  const metered = createMetered(findGiven);
  const create = (name: string): Callee | undefined => {
    if (Object.hasOwn(metered, name)) return metered[name];
    const own = FUNCTIONS.find((each) => each.name === name);
    if (own) return createOwnCallee(own);
    const given = findGiven(name);
    return given && ((target, args) => chargeCall(args, target) ?? given(target, args));
  };
  return (name) => {
    if (!callees.has(name)) callees.set(name, create(name));
    return callees.get(name);
  };
}

function createOwnCallee({ name, parameters, call }: RuleFunction): Callee {
  const types = parameters.map(([, type]) => type);
  const isFitting = (value: unknown, index: number): boolean => {
    const type = types[index];
    return type === "string" ? typeof value === "string" : type === "dyn" || isCelList(value);
  };
  const areTexts = types.every((type) => type === "string");
  const arity = parameters.length;
  return (target, args) => {
    if (target !== undefined || args.length !== arity || !args.every(isFitting)) return undefined;
    const failure = chargeCall(args);
    if (failure) return callPartially(name, args, failure);
    const values = areTexts ? args : args.map(toPlainData);
    if (!areTexts && values.some((value, index) => !areStrings(value, types[index]))) return undefined;
    return toCelValue(call(...(values as never[])));
  };
}

const areStrings = (value: unknown, type: string | undefined): boolean =>
  type !== "list(string)" || (value as unknown[]).every((item) => typeof item === "string");

const createTextOverrun = () =>
  createUnknownFailure({ kind: "overrun", what: `it makes a text of over ${MAX_TEXT} characters` });

const createListOverrun = () =>
  createUnknownFailure({ kind: "overrun", what: `it makes a list of over ${MAX_ITEMS} items` });

/** Plain functions compare only values without unknown parts. */
function compareWith(
  compare: Callee | undefined,
  resultFromValue: (isEqual: unknown) => unknown = (isEqual) => isEqual,
): Callee {
  return (target, args) =>
    chargeCall(args, target) ? resultFromValue(areEqual(args[0], args[1])) : compare?.(target, args);
}

/** Metered replacements for functions of CEL. */
const createMetered = (findGiven: FindCallee): Readonly<Record<string, Callee>> => ({
  undecided: (target, [reason, help]) =>
    target === undefined && typeof reason === "string"
      ? createUnknownFailure({ kind: "reason", reason, ...(typeof help === "string" && { help }) })
      : undefined,
  size: (target, args) => spendSteps(computeSizeCost(target ?? args[0])) ?? findGiven("size")?.(target, args),
  "_==_": compareWith(findGiven("_==_")),
  "_!=_": compareWith(findGiven("_!=_"), negate),
  "@in": (_target, [value, range]) => testMembership(value, range),
  "_+_": (target, args) => addValues(args) ?? spendSteps(1) ?? findGiven("_+_")?.(target, args),
  type: (target, args) =>
    spendSteps(1) ?? (target === undefined && args.length === 1 ? typeOf(args[0]) : undefined),
  matches: (target, [pattern]) => matchPattern(target, pattern),
  replace: replaceText,
  split: splitBounded(findGiven("split")),
  join: (target, args) => {
    const failure = chargeCall(args, target);
    if (failure || !isCelList(target)) return failure;
    let length = 0;
    for (const item of target) length += String(item).length + String(args[0] ?? "").length;
    return length > MAX_TEXT ? createTextOverrun() : findGiven("join")?.(target, args);
  },
});

/** The library counts the characters of a string one by one. */
const computeSizeCost = (value: unknown): number => (typeof value === "string" ? 1 + (value.length >> 6) : 1);

/** Undefined for what is no text and no list. */
function addValues([left, right]: unknown[]): unknown {
  if (typeof left === "string" && typeof right === "string") {
    const length = left.length + right.length;
    return length > MAX_TEXT ? createTextOverrun() : (spendSteps(1 + (length >> 6)) ?? left + right);
  }
  if (isCelList(left) && isCelList(right)) return spendSteps(1 + right.size) ?? concatLists(left, right);
  return undefined;
}

function concatLists(left: DataList, right: DataList): unknown {
  const size = left.size + right.size;
  if (size <= MAX_ITEMS) return appendList(left, right);
  return createListOverrun();
}

/** A separator that occurs often would make a list as long as the text, at the price of reading it. */
function splitBounded(split: Callee | undefined): Callee {
  const most = BigInt(MAX_ITEMS) + 1n;
  return (target, args) => {
    const [separator, limit = most, ...others] = args;
    const isBounded = typeof limit === "bigint" && limit >= 0n && limit < most;
    const given = isBounded || typeof limit !== "bigint" ? args : [separator, most, ...others];
    const pieces = chargeCall(args, target) ?? split?.(target, given);
    if (!isCelList(pieces)) return pieces;
    return pieces.size > MAX_ITEMS ? createListOverrun() : (spendSteps(pieces.size >> 3) ?? pieces);
  };
}

function replaceText(target: unknown, [from, to, count]: unknown[]): unknown {
  if (typeof target !== "string" || typeof from !== "string" || typeof to !== "string") return undefined;
  const most = typeof count === "bigint" ? Number(count) : Number.POSITIVE_INFINITY;
  const pieces = from === "" ? ["", ...target, ""] : target.split(from);
  const times = Math.min(pieces.length - 1, most < 0 ? Number.POSITIVE_INFINITY : most);
  const length = target.length + times * (to.length - from.length);
  const failure = spendSteps(1 + (target.length >> 3) + (length >> 6));
  if (failure || length > MAX_TEXT) return failure ?? createTextOverrun();
  return pieces.map((piece, index) => (index === 0 ? "" : index <= times ? to : from) + piece).join("");
}
