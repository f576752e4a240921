import type { KeyState, KeyValues } from "../evaluation/decision.ts";
import { all, any, not, type Ternary } from "../evaluation/ternary.ts";
import { type Glob, globMatches, parseGlob, toLiteral } from "../match/glob.ts";
import type { Condition } from "../policy.ts";
import { SCALAR_COMPARISONS } from "./scalars.ts";
import {
  ANY_TEXT,
  compareText,
  compareTextPattern,
  findUnresolvedVariables,
  settleComparison,
  TEXT_COMPARISONS,
} from "./texts.ts";

/** Whether a condition is met; when that isn't known, the keys whose values would decide it. */
export type ConditionResult = "met" | "unmet" | { unknown: readonly string[] };

/**
 * Evaluates a condition (IAM user guide, "IAM JSON policy elements: Condition operators" and "Conditions with
 * multiple context keys or values"). The result is unknown where the guide is silent or contradicts itself.
 */
export function evaluateCondition(
  condition: Condition,
  keys: KeyValues,
  hasVariables: boolean,
): ConditionResult {
  const state = toLiteralState(keys.get(condition.key));
  if (condition.base === "Null") return resultFromTernary(evaluateNull(condition, state), condition);
  const text = TEXT_COMPARISONS.get(condition.base);
  if (text === undefined && !SCALAR_COMPARISONS.has(condition.base)) return { unknown: [condition.key] };
  const variables = hasVariables && text !== undefined ? keys : undefined;
  const truth = evaluateState(condition, state, variables);
  if (variables === undefined || truth === false || text === undefined)
    return resultFromTernary(truth, condition);
  if (truth === true && condition.ifExists && isAbsent(state)) return "met";
  const gaps = findUnresolvedVariables(text, condition.values, variables).map(({ missing }) => missing);
  if (gaps.length === 0) return resultFromTernary(truth, condition);
  // A variable without a value may invalidate the whole statement (IAM user guide, "Variables and tags").
  return { unknown: [...new Set(isUndetermined(state) ? [condition.key, ...gaps] : gaps)] };
}

const resultFromTernary = (truth: Ternary, { key }: Condition): ConditionResult =>
  truth === "unknown" ? { unknown: [key] } : truth ? "met" : "unmet";

/** Converts a pattern without wildcards to a value. */
function toLiteralState(state: KeyState): KeyState {
  if (typeof state === "string" || !("like" in state)) return state;
  const literal = toLiteral(parseGlob(state.like));
  return literal === undefined ? state : [literal];
}

const isAbsent = (state: KeyState): boolean =>
  state === "absent" || (Array.isArray(state) && state.length === 0);

const isUndetermined = (state: KeyState): boolean =>
  state === "unknown" || (typeof state === "object" && "like" in state);

const isNegated = (base: string): boolean => base.includes("Not");

function evaluateState(condition: Condition, state: KeyState, variables: KeyValues | undefined): Ternary {
  if (isAbsent(state)) return evaluateAbsentKey(condition);
  if (Array.isArray(state)) return evaluateValues(condition, state, variables);
  // A single value of any text suffices for an unknown key: quantifiers compare each value separately.
  if (state === "unknown")
    return agreeOrUnknown(evaluateAbsentKey(condition), evaluatePattern(condition, ANY_TEXT, variables));
  const { like } = state as { like: string };
  const known = parseGlob(like);
  const truth = evaluatePattern(condition, known, variables);
  return globMatches(known, "") ? agreeOrUnknown(truth, evaluateEmptyValue(condition, truth)) : truth;
}

/** The common result of both, or unknown when they differ. */
const agreeOrUnknown = (one: Ternary, other: Ternary): Ternary => (one === other ? one : "unknown");

/**
 * The result for an absent key: IfExists and ForAllValues are met, ForAnyValue isn't, not even with a negated
 * operator (IAM user guide, "...IfExists" and "Multivalued context keys"). Which of both wins isn't documented.
 */
function evaluateAbsentKey({ base, quantifier, ifExists }: Condition): Ternary {
  if (ifExists) return quantifier === "ForAnyValue" ? "unknown" : true;
  return quantifier === undefined ? isNegated(base) : quantifier === "ForAllValues";
}

function evaluateValues(
  condition: Condition,
  values: readonly string[],
  variables: KeyValues | undefined,
): Ternary {
  const { quantifier } = condition;
  if (values.length === 1) {
    const truth = evaluateValue(condition, values[0]!, variables);
    return values[0] === "" ? agreeOrUnknown(truth, evaluateEmptyValue(condition, truth)) : truth;
  }
  // The guide doesn't define a plain operator on a key with several values.
  if (quantifier === undefined) return "unknown";
  const truths = values.map((value) => evaluateValue(condition, value, variables));
  return quantifier === "ForAllValues" ? all(truths) : any(truths);
}

/**
 * Quantifiers treat "a null data set, such as an empty string" as no values (IAM user guide, "Multivalued
 * context keys"). Whether that applies when the empty string itself is compared isn't documented.
 */
const evaluateEmptyValue = (condition: Condition, truth: Ternary): Ternary =>
  condition.quantifier === undefined ? truth : evaluateAbsentKey(condition);

/** A condition is met if any of its values matches; with a negated operator, if none does. */
function evaluateValue(condition: Condition, actual: string, variables: KeyValues | undefined): Ternary {
  const negated = isNegated(condition.base);
  let truth: Ternary = false;
  for (const expected of condition.values) {
    const one = settleComparison(compareValue(condition.base, expected, actual, variables), negated);
    if (one === true) return !negated;
    if (one === "unknown") truth = one;
  }
  return negated ? not(truth) : truth;
}

function compareValue(
  base: string,
  expected: string,
  actual: string,
  variables: KeyValues | undefined,
): Ternary | undefined {
  const text = TEXT_COMPARISONS.get(base);
  return text !== undefined
    ? compareText(text, expected, actual, variables)
    : SCALAR_COMPARISONS.get(base)!.compare(expected, actual);
}

/** The result for a key that is present with a single value, of which only a pattern is known. */
function evaluatePattern(condition: Condition, known: Glob, variables: KeyValues | undefined): Ternary {
  const { base, values } = condition;
  const text = TEXT_COMPARISONS.get(base);
  if (text !== undefined)
    return compareTextPattern(text, values, known, { variables, isNegated: isNegated(base) });
  const mayMatch = values.some(SCALAR_COMPARISONS.get(base)!.isReadable);
  return isNegated(base) || mayMatch ? "unknown" : false;
}

/** IAM user guide, "Condition operator to check existence of condition keys". */
function evaluateNull({ values }: Condition, state: KeyState): Ternary {
  const wants = (word: string) => values.some((value) => value.toLowerCase() === word);
  if (isAbsent(state)) return wants("true");
  const mayBeNull = state === "unknown" || mayBeEmpty(state);
  return mayBeNull ? agreeOrUnknown(wants("true"), wants("false")) : wants("false");
}

/** Whether an empty string counts as null isn't documented. */
function mayBeEmpty(state: KeyState): boolean {
  if (typeof state === "string") return false;
  return "like" in state ? globMatches(parseGlob(state.like), "") : state.length === 1 && state[0] === "";
}

/**
 * Whether the operator can compare with the policy's value: for example, whether a numeric operator has a
 * number.
 */
export const isComparable = (base: string, value: string): boolean =>
  base === "Null"
    ? /^(?:true|false)$/i.test(value)
    : (SCALAR_COMPARISONS.get(base)?.isReadable(value) ?? true);
