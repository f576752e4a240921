import { PartialText } from "../../documents/partial.ts";
import { contains, endsWith, startsWith, type TextDecision, toDecision } from "../../texts/compare.ts";
import { decidePattern, lengthRange } from "../../texts/decide.ts";
import { concatTexts, toLowerText, toUpperText, trimText } from "../../texts/transform.ts";
import { FUNCTIONS } from "../functions/table.ts";
import { chargeCall } from "./cost.ts";
import { areEqual, negate, PARTIAL_STEPS } from "./equality.ts";
import { type Failure, failureFromPlaceholder, PartialInt } from "./failure.ts";
import { testMembership } from "./membership.ts";
import { isValidPattern } from "./patterns.ts";
import { isBudgetSpent, spendSteps } from "./run.ts";
import { typeOf } from "./types.ts";
import {
  DataList,
  isCelList,
  isCelMap,
  missingRestOf,
  OpenDataList,
  toCelValue,
  toPlainData,
} from "./values.ts";

/** What a function gives for operands that are known in part. Undefined where that depends on the rest. */
type PartialCall = (left: unknown, right: unknown) => unknown;

/**
 * Calls a function with operands some of which are known only in part. `failure` is what the call is otherwise;
 * by default, all that is missing in the operands.
 */
export function callPartially(name: string, operands: readonly unknown[], failure?: Failure): unknown {
  const overrun = spendSteps(PARTIAL_STEPS);
  if (overrun) return overrun;
  const lacking = failure ?? chargeCall(operands);
  if (isBudgetSpent()) return lacking;
  const call = Object.hasOwn(PARTIAL_CALLS, name) ? PARTIAL_CALLS[name] : undefined;
  const result = call ? call(operands[0], operands[1]) : callOwn(name, operands);
  return result ?? lacking;
}

/** One of our own functions, with texts with holes as they are. */
function callOwn(name: string, operands: readonly unknown[]): unknown {
  const partial = FUNCTIONS.find((each) => each.name === name)?.partial;
  return partial && toCelValue(partial(...(operands.map(toPlainData) as never[])));
}

const onText =
  (call: (text: PartialText) => unknown): PartialCall =>
  (text) =>
    text instanceof PartialText ? call(text) : undefined;

const onTextAndString =
  (call: (text: PartialText, other: string) => unknown): PartialCall =>
  (text, other) =>
    text instanceof PartialText && typeof other === "string" ? call(text, other) : undefined;

/** Compares ranges of numbers by those of their ends that decide. */
const onRanges =
  (compare: (left: Range, right: Range) => TextDecision): PartialCall =>
  (left, right) => {
    const [a, b] = [toRange(left), toRange(right)];
    return a && b ? compare(a, b) : undefined;
  };

interface Range {
  min: number;
  max: number;
}

function toRange(value: unknown): Range | undefined {
  if (value instanceof PartialInt) return value;
  return typeof value === "bigint" ? { min: Number(value), max: Number(value) } : undefined;
}

const isLess = onRanges((a, b) => (a.max < b.min ? true : a.min >= b.max ? false : undefined));
const isAtMost = onRanges((a, b) => (a.max <= b.min ? true : a.min > b.max ? false : undefined));

const PARTIAL_CALLS: Readonly<Record<string, PartialCall>> = {
  "_==_": areEqual,
  "_!=_": (left, right) => negate(areEqual(left, right)),
  "_<_": isLess,
  "_<=_": isAtMost,
  "_>_": (left, right) => isLess(right, left),
  "_>=_": (left, right) => isAtMost(right, left),
  "_+_": addPartially,
  "@in": testMembership,
  startsWith: onTextAndString(startsWith),
  endsWith: onTextAndString(endsWith),
  contains: onTextAndString(contains),
  matches: onTextAndString((text, pattern) =>
    isValidPattern(pattern) ? toDecision(decidePattern(text, pattern, "re2")) : undefined,
  ),
  lowerAscii: onText(toLowerText),
  upperAscii: onText(toUpperText),
  trim: onText(trimText),
  string: onText((text) => text),
  type: onText(() => typeOf("")),
  size: measurePartially,
};

function addPartially(left: unknown, right: unknown): unknown {
  if (isText(left) && isText(right)) return concatTexts(left, right);
  if (!isCelList(left) || !isCelList(right)) return undefined;
  const rest = missingRestOf(left) ?? missingRestOf(right);
  return rest && new OpenDataList([...left, ...right], rest);
}

const isText = (value: unknown): value is string | PartialText =>
  typeof value === "string" || value instanceof PartialText;

function measurePartially(value: unknown): unknown {
  if (value instanceof PartialText) {
    const range = lengthRange(value);
    return range.min === range.max ? BigInt(range.min) : new PartialInt(failureFromPlaceholder(value), range);
  }
  const rest = missingRestOf(value);
  if (!rest || !(isCelList(value) || isCelMap(value))) return undefined;
  const size = value instanceof DataList ? value.size : [...value.keys()].length;
  return new PartialInt(rest, { min: size, max: Number.POSITIVE_INFINITY });
}
