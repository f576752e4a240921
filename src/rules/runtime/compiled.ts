/** What the code of compiled expressions calls. Its functions take and return values of expressions. */
import { FUNCTIONS } from "../functions/table.ts";
import type { Callee } from "./calls.ts";
import { callWith, createCallees } from "./calls.ts";
import { createDirectCall } from "./direct-calls.ts";
import { Failure, failureFromOperand, joinFailures } from "./failure.ts";
import { collectItems, countItems, decideItems, type EvaluateItem } from "./loops.ts";
import { hasMember, listPlaceholders, readIndex, readPresent, selectMember } from "./members.ts";
import { findNative } from "./natives.ts";
import { createListValue, joinOperands } from "./operators.ts";
import type { CelVariables } from "./run.ts";
import { isBudgetSpent, spendSteps } from "./run.ts";
import { getTypeNamed } from "./types.ts";
import { DataList, DataMap, toCelValue } from "./values.ts";

const findCallee = createCallees((name) => {
  const native = findNative(name);
  return native && toCallee(native);
});

/** What the functions of CEL throw makes the expression fail. */
function toCallee(native: (...values: never[]) => unknown): Callee {
  return (target, args) => {
    try {
      return native(...((target === undefined ? args : [target, ...args]) as never[]));
    } catch (error) {
      return new Failure(error instanceof Error ? error.message : String(error));
    }
  };
}

/** Whether compiled expressions can call a function or an operator. */
export const isCallable = (name: string): boolean => findCallee(name) !== undefined;

type Call = (first?: unknown, second?: unknown, third?: unknown, fourth?: unknown) => unknown;

/** A function or an operator. No value is undefined. */
function bindFunction(name: string): Call {
  const callee = findCallee(name)!;
  const call: Call = (a, b, c, d) =>
    a instanceof Failure && c === undefined
      ? joinFailures(a, b)
      : callWith(name, callee, undefined, toArguments(a, b, c, d));
  return createDirectCall(name, call) ?? createTextCall(name, call) ?? createListCall(name, call) ?? call;
}

/** A method: its receiver is the first value. */
function bindMethod(name: string): Call {
  const callee = findCallee(name)!;
  const call: Call = (target, a, b, c) =>
    target instanceof Failure && b === undefined
      ? joinFailures(target, a)
      : callWith(name, callee, target, toArguments(a, b, c));
  return createDirectCall(name, call) ?? call;
}

/** Written out, since every call that isn't direct comes here. */
function toArguments(a: unknown, b: unknown, c: unknown, d?: unknown): unknown[] {
  if (d !== undefined) return [a, b, c, d];
  if (c !== undefined) return [a, b, c];
  return b !== undefined ? [a, b] : a !== undefined ? [a] : [];
}

/** `text.matches(pattern)` for a pattern that JavaScript's own engine matches as RE2 does, and in linear time. */
function bindPattern(pattern: string): Call {
  const expression = new RegExp(pattern);
  const other = bindMethod("matches");
  return (text) =>
    typeof text === "string"
      ? (spendSteps(1 + (text.length >> 3)) ?? expression.test(text))
      : other(text, pattern);
}

/** A direct call of one of our own functions with texts, which most calls are. */
function createTextCall(name: string, other: Call): Call | undefined {
  const own = FUNCTIONS.find((each) => each.name === name);
  const isOfTexts = own?.parameters.every(([, type]) => type === "string");
  if (!own || !isOfTexts || own.parameters.length > 2) return undefined;
  const call = own.call as (...texts: string[]) => unknown;
  if (own.parameters.length === 1)
    return (text) =>
      typeof text === "string" ? (spendSteps(1 + (text.length >> 6)) ?? toCelValue(call(text))) : other(text);
  return (a, b) =>
    typeof a === "string" && typeof b === "string"
      ? (spendSteps(1 + (a.length >> 6) + (b.length >> 6)) ?? toCelValue(call(a, b)))
      : other(a, b);
}

/** The same with lists of texts among the arguments. */
function createListCall(name: string, other: Call): Call | undefined {
  const own = FUNCTIONS.find((each) => each.name === name);
  const types = own?.parameters.map(([, type]) => type) ?? [];
  if (!own || !types.every((type) => type === "string" || type === "list(string)")) return undefined;
  const call = own.call as (...values: unknown[]) => unknown;
  return (a, b, c, d) => {
    const values = toArguments(a, b, c, d);
    if (values.length !== types.length) return other(a, b, c, d);
    let steps = 1;
    for (let index = 0; index < types.length; index++) {
      const plain = types[index] === "string" ? readText(values[index]) : readTexts(values[index]);
      if (plain === undefined) return other(a, b, c, d);
      values[index] = plain;
      steps += typeof plain === "string" ? plain.length >> 6 : countSteps(plain);
    }
    return spendSteps(steps) ?? toCelValue(call(...values));
  };
}

const readText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const readTexts = (value: unknown): readonly string[] | undefined =>
  value instanceof DataList ? value.texts : undefined;

/** What a call costs that takes a list of texts. */
function countSteps(texts: readonly string[]): number {
  let steps = texts.length;
  for (const text of texts) steps += text.length >> 6;
  return steps;
}

/** A variable. One that is null has a value. */
const readVariable = (value: unknown, name: string): unknown =>
  value === undefined ? new Failure(`unresolved attribute: ${name}`) : value;

function readField(value: unknown, field: string): unknown {
  if (!(value instanceof DataMap)) return selectMember(value, field);
  const member = value.get(field);
  return member === undefined ? selectMember(value, field) : member;
}

/** Keeps the value of a shared expression for the request, unless the budget decided it. */
function keepShared(variables: CelVariables, slot: number, value: unknown): unknown {
  if (variables.shared && !isBudgetSpent()) variables.shared[slot] = value;
  return value;
}

/** The names are short because they make up most of the generated code. */
export const RUNTIME = {
  /** Variables and members. */
  v: readVariable,
  get: readField,
  has: hasMember,
  opt: readPresent,
  at: readIndex,
  /** Special forms. */
  known: (value: unknown): boolean => !(value instanceof Failure),
  holes: listPlaceholders,
  /** The failures of operands of `&&`, `||` and `?:`. */
  join: joinOperands,
  bool: failureFromOperand,
  /** Literals. */
  list: createListValue,
  fixed: (items: readonly unknown[]): DataList => new DataList(items),
  type: getTypeNamed,
  /** Loops. */
  all: (range: unknown, test: EvaluateItem) => decideItems(range, test, false),
  any: (range: unknown, test: EvaluateItem) => decideItems(range, test, true),
  one: countItems,
  each: collectItems,
  /** Calls. */
  fn: bindFunction,
  method: bindMethod,
  pattern: bindPattern,
  keep: keepShared,
};

export type Runtime = typeof RUNTIME;
