import { type CelEnv, celEnv } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { RuleFunction } from "../functions/table.ts";
import { FUNCTIONS } from "../functions/table.ts";
import { MAX_ITEMS, MAX_TEXT } from "../limits.ts";
import { chargeCall } from "./cost.ts";
import { FAST_PATHS } from "./fast-paths.ts";
import { matchPattern } from "./patterns.ts";
import { readVariable, spendSteps } from "./run.ts";
import type { DataList } from "./values.ts";
import {
  appendList,
  createUnknownFailure,
  isCelList,
  isCelMap,
  toCelValue,
  toFailure,
  toPlainData,
} from "./values.ts";

/** What the library calls for a function name. `target` is set only for method calls. */
interface Callee {
  call(id: number, target: unknown, args: unknown[]): unknown;
}

/** `format` needs a locale and a formatter, and message templates cover its uses. */
const OMITTED_FUNCTIONS = new Set(["format"]);

export const environment: CelEnv = celEnv({
  funcs: strings.filter(({ name }) => !OMITTED_FUNCTIONS.has(name)),
});

const findLibraryFunction = (name: string): Callee | undefined =>
  environment.funcs.find(name) as Callee | undefined;

/** The library's environment with our functions in front of its own, so that every call is metered. */
export const guardedEnvironment: CelEnv = Object.create(environment, {
  funcs: { value: { find: (name: string) => findCallee(name) } },
});

const callees = new Map<string, Callee | undefined>();

function findCallee(name: string): Callee | undefined {
  if (!callees.has(name)) callees.set(name, createCallee(name));
  return callees.get(name);
}

function createCallee(name: string): Callee | undefined {
  if (name.startsWith(VARIABLE_PREFIX)) {
    const variableName = name.slice(VARIABLE_PREFIX.length);
    return { call: () => readVariable(variableName) };
  }
  const special = SPECIAL[name];
  if (special) return special;
  const own = FUNCTIONS.find((each) => each.name === name);
  if (own) return createOwnCallee(own);
  const theirs = findLibraryFunction(name);
  return theirs && withFastPath(name, withMetering(theirs));
}

/**
 * Prefix for variables, which are evaluated as calls: the library would otherwise try `request.Type` under
 * every possible container name.
 */
export const VARIABLE_PREFIX = "@variable:";
export const ITEM = "@item";
export const RANGE = "@range";
export const ITERATION = "@round";
export const FALSE = "@false";

/** Takes the fast path for common argument types; the library would first resolve the overload. */
function withFastPath(name: string, otherwise: Callee): Callee {
  const own = Object.hasOwn(FAST_PATHS, name) ? FAST_PATHS[name] : undefined;
  if (!own) return otherwise;
  return {
    call(id, target, args) {
      const [left, right] = target === undefined ? args : [target, ...args];
      return own(left, right) ?? otherwise.call(id, target, args);
    },
  };
}

const withMetering = (theirs: Callee): Callee => ({
  call: (id, target, args) => chargeCall(args, target) ?? theirs.call(id, target, args),
});

function createOwnCallee({ parameters, call }: RuleFunction): Callee {
  const types = parameters.map(([, type]) => type);
  const isFitting = (value: unknown, index: number): boolean => {
    const type = types[index];
    return type === "string" ? typeof value === "string" : type === "dyn" || isCelList(value);
  };
  const areTexts = types.every((type) => type === "string");
  const arity = parameters.length;
  return {
    call(_id, target, args) {
      if (target !== undefined || args.length !== arity || !args.every(isFitting)) return undefined;
      const failure = chargeCall(args);
      if (failure) return failure;
      const values = areTexts ? args : args.map(toPlainData);
      if (!areTexts && values.some((value, index) => !areStrings(value, types[index]))) return undefined;
      return toCelValue(call(...(values as never[])));
    },
  };
}

const areStrings = (value: unknown, type: string | undefined): boolean =>
  type !== "list(string)" || (value as unknown[]).every((item) => typeof item === "string");

const createTextOverrun = () =>
  createUnknownFailure({ kind: "overrun", what: `it makes a text of over ${MAX_TEXT} characters` });

/** Metered replacements for library functions, and the internal functions that plans call. */
const SPECIAL: Record<string, Callee> = {
  [ITEM]: { call: (_id, _target, [item]) => toFailure(item) },
  [FALSE]: { call: () => false },
  undecided: {
    call: (_id, target, [reason]) =>
      target === undefined && typeof reason === "string"
        ? createUnknownFailure({ kind: "reason", reason })
        : undefined,
  },
  [ITERATION]: { call: () => spendSteps(1) ?? true },
  [RANGE]: { call: (_id, _target, [range]) => checkRangeSize(range) },
  size: {
    call: (id, target, args) =>
      spendSteps(computeSizeCost(target ?? args[0])) ?? findLibraryFunction("size")?.call(id, target, args),
  },
  "@in": { call: (id, _target, [value, range]) => testMembership(id, value, range) },
  "_+_": { call: (id, target, args) => addValues(id, target, args) },
  type: { call: (id, target, args) => spendSteps(1) ?? findLibraryFunction("type")?.call(id, target, args) },
  matches: { call: (_id, target, [pattern]) => matchPattern(target, pattern) },
  replace: { call: (_id, target, args) => replaceText(target, args) },
  join: {
    call: (id, target, args) => {
      const failure = chargeCall(args, target);
      if (failure || !isCelList(target)) return failure;
      let length = 0;
      for (const item of target) length += String(item).length + String(args[0] ?? "").length;
      return length > MAX_TEXT ? createTextOverrun() : findLibraryFunction("join")?.call(id, target, args);
    },
  },
};

/** The library counts the characters of a string one by one. */
const computeSizeCost = (value: unknown): number => (typeof value === "string" ? 1 + (value.length >> 6) : 1);

function checkRangeSize(range: unknown): unknown {
  const size = isCelList(range) || isCelMap(range) ? range.size : 0;
  if (size <= MAX_ITEMS) return spendSteps(1 + (size >> 3)) ?? range;
  return createUnknownFailure({ kind: "overrun", what: `it goes through a list of over ${MAX_ITEMS} items` });
}

/** A match decides the result even if other items are unknown. */
function testMembership(id: number, value: unknown, range: unknown): unknown {
  if (isCelMap(range)) {
    const found = (range as { has(key: unknown): unknown }).has(value);
    return spendSteps(1) ?? found;
  }
  if (!isCelList(range)) return undefined;
  const failure = spendSteps(1 + range.size) ?? (typeof value === "object" ? chargeCall([value]) : undefined);
  if (failure) return failure;
  let unknown: unknown;
  for (const item of range) {
    if (item === value) return true;
    if (typeof item === "string" && typeof value === "string") continue;
    const lacking = typeof item === "object" ? chargeCall([item]) : undefined;
    if (lacking) unknown ??= lacking;
    else if (findLibraryFunction("_==_")?.call(id, undefined, [item, value]) === true) return true;
  }
  return unknown ?? false;
}

function addValues(id: number, target: unknown, args: unknown[]): unknown {
  const [left, right] = args;
  if (typeof left === "string" && typeof right === "string") {
    const length = left.length + right.length;
    return length > MAX_TEXT ? createTextOverrun() : (spendSteps(1 + (length >> 6)) ?? left + right);
  }
  if (isCelList(left) && isCelList(right)) return spendSteps(1 + right.size) ?? concatLists(left, right);
  return spendSteps(1) ?? findLibraryFunction("_+_")?.call(id, target, args);
}

function concatLists(left: DataList, right: DataList): unknown {
  const size = left.size + right.size;
  if (size <= MAX_ITEMS) return appendList(left, right);
  return createUnknownFailure({ kind: "overrun", what: `it makes a list of over ${MAX_ITEMS} items` });
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
