import { type CelEnv, celEnv } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { RuleFunction } from "../functions/table.ts";
import { FUNCTIONS } from "../functions/table.ts";
import { MAX_ITEMS, MAX_TEXT } from "../limits.ts";
import { guard } from "./cost.ts";
import { matches } from "./patterns.ts";
import { QUICK } from "./quick.ts";
import { spend, variable } from "./run.ts";
import type { DataList } from "./values.ts";
import { asError, celValue, isList, isMap, joined, lack, plain } from "./values.ts";

/** What the library calls for a function name. `target` is set only for method calls. */
interface Callee {
  call(id: number, target: unknown, args: unknown[]): unknown;
}

/** `format` needs a locale and a formatter, and message templates cover its uses. */
const LEFT_OUT = new Set(["format"]);

export const environment: CelEnv = celEnv({ funcs: strings.filter(({ name }) => !LEFT_OUT.has(name)) });

const library = (name: string): Callee | undefined => environment.funcs.find(name) as Callee | undefined;

/** The library's environment with our functions in front of its own, so that every call is metered. */
export const guarded: CelEnv = Object.create(environment, {
  funcs: { value: { find: (name: string) => callee(name) } },
});

const callees = new Map<string, Callee | undefined>();

function callee(name: string): Callee | undefined {
  if (!callees.has(name)) callees.set(name, makeCallee(name));
  return callees.get(name);
}

function makeCallee(name: string): Callee | undefined {
  if (name.startsWith(VARIABLE)) {
    const variableName = name.slice(VARIABLE.length);
    return { call: () => variable(variableName) };
  }
  const special = SPECIAL[name];
  if (special) return special;
  const own = FUNCTIONS.find((each) => each.name === name);
  if (own) return ownCallee(own);
  const theirs = library(name);
  return theirs && quick(name, checked(theirs));
}

/**
 * Prefix for variables, which are evaluated as calls: the library would otherwise try `request.Type` under
 * every possible container name.
 */
export const VARIABLE = "@variable:";
export const ITEM = "@item";
export const RANGE = "@range";
export const ROUND = "@round";
export const FALSE = "@false";

/** Takes the fast path for common argument types; the library would first resolve the overload. */
function quick(name: string, otherwise: Callee): Callee {
  const own = Object.hasOwn(QUICK, name) ? QUICK[name] : undefined;
  if (!own) return otherwise;
  return {
    call(id, target, args) {
      const [left, right] = target === undefined ? args : [target, ...args];
      return own(left, right) ?? otherwise.call(id, target, args);
    },
  };
}

const checked = (theirs: Callee): Callee => ({
  call: (id, target, args) => guard(args, target) ?? theirs.call(id, target, args),
});

function ownCallee({ parameters, call }: RuleFunction): Callee {
  const types = parameters.map(([, type]) => type);
  const isFitting = (value: unknown, index: number): boolean => {
    const type = types[index];
    return type === "string" ? typeof value === "string" : type === "dyn" || isList(value);
  };
  const areTexts = types.every((type) => type === "string");
  const arity = parameters.length;
  return {
    call(_id, target, args) {
      if (target !== undefined || args.length !== arity || !args.every(isFitting)) return undefined;
      const failure = guard(args);
      if (failure) return failure;
      const values = areTexts ? args : args.map(plain);
      if (!areTexts && values.some((value, index) => !areStrings(value, types[index]))) return undefined;
      return celValue(call(...(values as never[])));
    },
  };
}

const areStrings = (value: unknown, type: string | undefined): boolean =>
  type !== "list(string)" || (value as unknown[]).every((item) => typeof item === "string");

const tooLong = () => lack({ kind: "overrun", what: `it makes a text of over ${MAX_TEXT} characters` });

/** Metered replacements for library functions, and the internal functions that plans call. */
const SPECIAL: Record<string, Callee> = {
  [ITEM]: { call: (_id, _target, [item]) => asError(item) },
  [FALSE]: { call: () => false },
  undecided: {
    call: (_id, target, [reason]) =>
      target === undefined && typeof reason === "string" ? lack({ kind: "reason", reason }) : undefined,
  },
  [ROUND]: { call: () => spend(1) ?? true },
  [RANGE]: { call: (_id, _target, [range]) => withinLimit(range) },
  size: {
    call: (id, target, args) => spend(sizeCost(target ?? args[0])) ?? library("size")?.call(id, target, args),
  },
  "@in": { call: (id, _target, [value, range]) => isIn(id, value, range) },
  "_+_": { call: (id, target, args) => sum(id, target, args) },
  type: { call: (id, target, args) => spend(1) ?? library("type")?.call(id, target, args) },
  matches: { call: (_id, target, [pattern]) => matches(target, pattern) },
  replace: { call: (_id, target, args) => replaced(target, args) },
  join: {
    call: (id, target, args) => {
      const failure = guard(args, target);
      if (failure || !isList(target)) return failure;
      let length = 0;
      for (const item of target) length += String(item).length + String(args[0] ?? "").length;
      return length > MAX_TEXT ? tooLong() : library("join")?.call(id, target, args);
    },
  },
};

/** The library counts the characters of a string one by one. */
const sizeCost = (value: unknown): number => (typeof value === "string" ? 1 + (value.length >> 6) : 1);

function withinLimit(range: unknown): unknown {
  const size = isList(range) || isMap(range) ? range.size : 0;
  if (size <= MAX_ITEMS) return spend(1 + (size >> 3)) ?? range;
  return lack({ kind: "overrun", what: `it goes through a list of over ${MAX_ITEMS} items` });
}

/** A match decides the result even if other items are unknown. */
function isIn(id: number, value: unknown, range: unknown): unknown {
  if (isMap(range)) {
    const found = (range as { has(key: unknown): unknown }).has(value);
    return spend(1) ?? found;
  }
  if (!isList(range)) return undefined;
  const failure = spend(1 + range.size) ?? (typeof value === "object" ? guard([value]) : undefined);
  if (failure) return failure;
  let unknown: unknown;
  for (const item of range) {
    if (item === value) return true;
    if (typeof item === "string" && typeof value === "string") continue;
    const lacking = typeof item === "object" ? guard([item]) : undefined;
    if (lacking) unknown ??= lacking;
    else if (library("_==_")?.call(id, undefined, [item, value]) === true) return true;
  }
  return unknown ?? false;
}

function sum(id: number, target: unknown, args: unknown[]): unknown {
  const [left, right] = args;
  if (typeof left === "string" && typeof right === "string") {
    const length = left.length + right.length;
    return length > MAX_TEXT ? tooLong() : (spend(1 + (length >> 6)) ?? left + right);
  }
  if (isList(left) && isList(right)) return spend(1 + right.size) ?? sumOfLists(left, right);
  return spend(1) ?? library("_+_")?.call(id, target, args);
}

function sumOfLists(left: DataList, right: DataList): unknown {
  const size = left.size + right.size;
  if (size <= MAX_ITEMS) return joined(left, right);
  return lack({ kind: "overrun", what: `it makes a list of over ${MAX_ITEMS} items` });
}

function replaced(target: unknown, [from, to, count]: unknown[]): unknown {
  if (typeof target !== "string" || typeof from !== "string" || typeof to !== "string") return undefined;
  const most = typeof count === "bigint" ? Number(count) : Number.POSITIVE_INFINITY;
  const pieces = from === "" ? ["", ...target, ""] : target.split(from);
  const times = Math.min(pieces.length - 1, most < 0 ? Number.POSITIVE_INFINITY : most);
  const length = target.length + times * (to.length - from.length);
  const failure = spend(1 + (target.length >> 3) + (length >> 6));
  if (failure || length > MAX_TEXT) return failure ?? tooLong();
  return pieces.map((piece, index) => (index === 0 ? "" : index <= times ? to : from) + piece).join("");
}
