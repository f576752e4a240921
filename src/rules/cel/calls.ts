import { type CelEnv, celEnv } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { RE2JS } from "@bufbuild/re2";
import type { RuleFunction } from "../functions/table.ts";
import { FUNCTIONS } from "../functions/table.ts";
import { MAX_ITEMS, MAX_TEXT } from "../limits.ts";
import { spend, variable } from "./run.ts";
import type { DataList } from "./values.ts";
import { asError, celValue, isFailure, isList, isMap, joined, lack, plain, UnknownItem } from "./values.ts";

/** What the library calls for a function's name: `target` is absent for functions, and for `@var` and the like. */
interface Callee {
  call(id: number, target: unknown, args: unknown[]): unknown;
}

/** Needs a locale and a formatter: nothing that a message's template doesn't do. */
const LEFT_OUT = new Set(["format"]);

export const environment = celEnv({ funcs: strings.filter(({ name }) => !LEFT_OUT.has(name)) });

const library = (name: string): Callee | undefined => environment.funcs.find(name) as Callee | undefined;

/** An environment whose functions are ours, each in front of the library's if it has one. */
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
  return theirs && checked(theirs);
}

/** Variables are calls: the library would look for `request.Type` under each of its possible meanings. */
export const VARIABLE = "@variable:";
export const ITEM = "@item";
export const RANGE = "@range";
export const ROUND = "@round";
export const FALSE = "@false";

/** Steps that a call costs by what is handed to it, and an error where that is unknown or too much. */
function guard(args: readonly unknown[], target?: unknown): unknown {
  let steps = 1;
  let unknown: unknown;
  const weigh = (value: unknown): void => {
    if (typeof value === "string") steps += value.length >> 6;
    else if (typeof value !== "object" || value === null || unknown) return;
    else if (value instanceof UnknownItem || isFailure(value)) unknown = asError(value);
    else if (isList(value) || isMap(value)) {
      for (const part of value.values()) {
        steps++;
        if (unknown || steps > MAX_TEXT) return;
        weigh(part);
      }
    }
  };
  weigh(target);
  for (const arg of args) weigh(arg);
  return spend(steps) ?? unknown;
}

const checked = (theirs: Callee): Callee => ({
  call: (id, target, args) => guard(args, target) ?? theirs.call(id, target, args),
});

function ownCallee({ parameters, call }: RuleFunction): Callee {
  const isFitting = (value: unknown, index: number): boolean => {
    const type = parameters[index]?.[1];
    return type === "dyn" || (type === "string" ? typeof value === "string" : isList(value));
  };
  const areTexts = parameters.every(([, type]) => type === "string");
  const arity = parameters.length;
  return {
    call(_id, target, args) {
      if (target !== undefined || args.length !== arity || !args.every(isFitting)) return undefined;
      const failure = guard(args);
      if (failure) return failure;
      const values = areTexts ? args : args.map(plain);
      if (values.some((value, index) => !areStrings(value, parameters[index]?.[1]))) return undefined;
      return celValue(call(...(values as never[])));
    },
  };
}

const areStrings = (value: unknown, type: string | undefined): boolean =>
  type !== "list(string)" || (value as unknown[]).every((item) => typeof item === "string");

const tooLong = () => lack({ kind: "overrun", what: `it makes a text of over ${MAX_TEXT} characters` });

/** Functions that the library has too, made safe, and those that plans need. */
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

/** Of a text the library counts the characters one by one. */
const sizeCost = (value: unknown): number => (typeof value === "string" ? 1 + (value.length >> 6) : 1);

function withinLimit(range: unknown): unknown {
  const size = isList(range) || isMap(range) ? range.size : 0;
  if (size <= MAX_ITEMS) return spend(1 + (size >> 3)) ?? range;
  return lack({ kind: "overrun", what: `it goes through a list of over ${MAX_ITEMS} items` });
}

/** A value that is found is found, whatever unknown values there are beside it. */
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

/** Patterns that were compiled; a rule has few, and those of a payload must not pile up. */
const patterns = new Map<string, RE2JS>();
const MAX_PATTERNS = 200;

function matches(text: unknown, pattern: unknown): unknown {
  if (typeof text !== "string" || typeof pattern !== "string") return undefined;
  let compiled = patterns.get(pattern);
  const failure = compiled ? undefined : spend(100 + pattern.length * 10);
  if (failure) return failure;
  if (!compiled) {
    compiled = RE2JS.compile(pattern);
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(pattern, compiled);
  }
  const size = (compiled.re2Input as unknown as { prog: { numInst(): number } }).prog.numInst();
  return spend(1 + Math.ceil((text.length * size) / 1024)) ?? compiled.test(text);
}
