import type { KeyState, KeyValues } from "../evaluation/decision.ts";
import { all, any, not, type Truth } from "../evaluation/ternary.ts";
import { type Glob, globMatches, literalOf, parseGlob } from "../match/glob.ts";
import type { Condition } from "../policy.ts";
import { SCALARS } from "./scalars.ts";
import { ANYTHING, compareAll, compareText, gapsOf, settled, TEXTS } from "./texts.ts";

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
  const state = literalState(keys.get(condition.key));
  if (condition.base === "Null") return resultOf(nullTruth(condition, state), condition);
  const text = TEXTS.get(condition.base);
  if (text === undefined && !SCALARS.has(condition.base)) return { unknown: [condition.key] };
  const variables = hasVariables && text !== undefined ? keys : undefined;
  const truth = truthOf(condition, state, variables);
  if (variables === undefined || truth === false || text === undefined) return resultOf(truth, condition);
  if (condition.ifExists && isAbsent(state)) return "met";
  const gaps = gapsOf(text, condition.values, variables).map(({ missing }) => missing);
  if (gaps.length === 0) return resultOf(truth, condition);
  // A variable without a value may invalidate the whole statement (IAM user guide, "Variables and tags").
  return { unknown: [...new Set(isOpen(state) ? [condition.key, ...gaps] : gaps)] };
}

const resultOf = (truth: Truth, { key }: Condition): ConditionResult =>
  truth === "unknown" ? { unknown: [key] } : truth ? "met" : "unmet";

/** Converts a pattern without wildcards to a value. */
function literalState(state: KeyState): KeyState {
  if (typeof state === "string" || !("like" in state)) return state;
  const literal = literalOf(parseGlob(state.like));
  return literal === undefined ? state : [literal];
}

const isAbsent = (state: KeyState): boolean =>
  state === "absent" || (Array.isArray(state) && state.length === 0);

const isOpen = (state: KeyState): boolean =>
  state === "unknown" || (typeof state === "object" && "like" in state);

const isNegated = (base: string): boolean => base.includes("Not");

function truthOf(condition: Condition, state: KeyState, variables: KeyValues | undefined): Truth {
  if (isAbsent(state)) return ifAbsent(condition);
  if (Array.isArray(state)) return ofValues(condition, state, variables);
  // A single value of any text suffices for an unknown key: quantifiers compare each value separately.
  if (state === "unknown") return same(ifAbsent(condition), ofPattern(condition, ANYTHING, variables));
  const { like } = state as { like: string };
  const known = parseGlob(like);
  const truth = ofPattern(condition, known, variables);
  return globMatches(known, "") ? same(truth, ofEmpty(condition, truth)) : truth;
}

/** The common result of both, or unknown when they differ. */
const same = (one: Truth, other: Truth): Truth => (one === other ? one : "unknown");

/**
 * The result for an absent key: IfExists and ForAllValues are met, ForAnyValue isn't, not even with a negated
 * operator (IAM user guide, "...IfExists" and "Multivalued context keys").
 */
function ifAbsent({ base, quantifier, ifExists }: Condition): boolean {
  if (ifExists) return true;
  return quantifier === undefined ? isNegated(base) : quantifier === "ForAllValues";
}

function ofValues(condition: Condition, values: readonly string[], variables: KeyValues | undefined): Truth {
  const { quantifier } = condition;
  if (values.length === 1) {
    const truth = ofValue(condition, values[0]!, variables);
    return values[0] === "" ? same(truth, ofEmpty(condition, truth)) : truth;
  }
  // The guide doesn't define a plain operator on a key with several values.
  if (quantifier === undefined) return "unknown";
  const truths = values.map((value) => ofValue(condition, value, variables));
  return quantifier === "ForAllValues" ? all(truths) : any(truths);
}

/**
 * Quantifiers treat "a null data set, such as an empty string" as no values (IAM user guide, "Multivalued
 * context keys"). Whether that applies when the empty string itself is compared isn't documented.
 */
const ofEmpty = (condition: Condition, truth: Truth): Truth =>
  condition.quantifier === undefined ? truth : ifAbsent(condition);

/** A condition is met if any of its values matches; with a negated operator, if none does. */
function ofValue(condition: Condition, actual: string, variables: KeyValues | undefined): Truth {
  const negated = isNegated(condition.base);
  let truth: Truth = false;
  for (const expected of condition.values) {
    const one = settled(compare(condition.base, expected, actual, variables), negated);
    if (one === true) return !negated;
    if (one === "unknown") truth = one;
  }
  return negated ? not(truth) : truth;
}

function compare(
  base: string,
  expected: string,
  actual: string,
  variables: KeyValues | undefined,
): Truth | undefined {
  const text = TEXTS.get(base);
  return text !== undefined
    ? compareText(text, expected, actual, variables)
    : SCALARS.get(base)!.compare(expected, actual);
}

/** The result for a key that is present with a single value, of which only a pattern is known. */
function ofPattern(condition: Condition, known: Glob, variables: KeyValues | undefined): Truth {
  const { base, values } = condition;
  const text = TEXTS.get(base);
  if (text !== undefined) return compareAll(text, values, known, { variables, isNegated: isNegated(base) });
  const mayMatch = values.some(SCALARS.get(base)!.reads);
  return isNegated(base) || mayMatch ? "unknown" : false;
}

/** IAM user guide, "Condition operator to check existence of condition keys". */
function nullTruth({ values }: Condition, state: KeyState): Truth {
  const wants = (word: string) => values.some((value) => value.toLowerCase() === word);
  if (isAbsent(state)) return wants("true");
  const mayBeNull = state === "unknown" || mayBeEmpty(state);
  return mayBeNull ? same(wants("true"), wants("false")) : wants("false");
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
export const isReadable = (base: string, value: string): boolean =>
  base === "Null" ? /^(?:true|false)$/i.test(value) : (SCALARS.get(base)?.reads(value) ?? true);
