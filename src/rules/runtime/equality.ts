import { Unknown } from "../../documents/document.ts";
import { knownPartOf, OpenObject, PartialText, readKnown } from "../../documents/partial.ts";
import { areSameTexts, compareTexts } from "../../texts/compare.ts";
import { chargeCall } from "./cost.ts";
import { type Failure, failureFromPlaceholder, joinFailures, PartialInt } from "./failure.ts";
import { isBudgetSpent, spendSteps } from "./run.ts";
import { areSameValues } from "./same-values.ts";
import { toPlainData } from "./values.ts";

/** `left == right`, or why that can't be told. */
export function areEqual(left: unknown, right: unknown): boolean | Failure {
  const failure = joinFailures(left, right);
  if (failure) return failure;
  if (left instanceof Unknown || right instanceof Unknown) return areEqualInPart(left, right);
  const lacking = chargeCall([left, right]);
  if (!lacking) return areSameValues(left, right);
  return !isBudgetSpent() && differ(toPlainData(left), toPlainData(right)) ? false : lacking;
}

/** The opposite of a boolean; failures as they are. */
export const negate = (value: unknown): unknown => (typeof value === "boolean" ? !value : value);

/** How deep, and how many parts of, values with unknown parts are compared. */
const MAX_COMPARED = 1000;

/** Whether two values with unknown parts differ whatever these are: in a known part, or in how many there are. */
function differ(left: unknown, right: unknown, budget = { left: MAX_COMPARED }): boolean {
  if (budget.left-- <= 0) return false;
  if (isText(left) && isText(right)) return areSameTexts(left, right) === false;
  const [a, b] = [left, right].map(knownPartOf);
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (Array.isArray(a) && Array.isArray(b)) return areListsDifferent([left, right], budget);
  if (a === null || b === null) return a !== b;
  if (!isObject(a) || !isObject(b)) return typeof a === typeof b && a !== b;
  if (!isPlain(a) || !isPlain(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].some((name) => {
    const [one, other] = [readMember(left, name), readMember(right, name)];
    return one !== MAYBE && other !== MAYBE && differ(one, other, budget);
  });
}

function areListsDifferent([left, right]: unknown[], budget: { left: number }): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return false;
  return left.length !== right.length || left.some((item, index) => differ(item, right[index], budget));
}

/** A member that may be absent, or there in what isn't known. */
const MAYBE = Symbol("maybe");

function readMember(value: unknown, name: string): unknown {
  const member = readKnown(value, name) ?? null;
  if (!(value instanceof OpenObject)) return member;
  return value.optional.has(name) || (member === null && value.mayHaveMore) ? MAYBE : member;
}

const isText = (value: unknown): value is string | PartialText =>
  typeof value === "string" || value instanceof PartialText;

/** No list, and no number of CEL's own. */
const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value));

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function areEqualInPart(left: unknown, right: unknown): boolean | Failure {
  const [known, partial] = left instanceof Unknown ? [right, left] : [left, right as Unknown];
  const isEqual = compareInPart(partial, known);
  return spendSteps(PARTIAL_STEPS) ?? isEqual ?? joinFailures(toUnknown(left), toUnknown(right))!;
}

const toUnknown = (value: unknown): Failure | undefined =>
  value instanceof Unknown ? failureFromPlaceholder(value) : undefined;

/** What it costs to look at a value that is known in part. */
export const PARTIAL_STEPS = 20;

/** Undefined where it depends. */
function compareInPart(partial: Unknown, other: unknown): boolean | undefined {
  // One occurrence of a placeholder has one value.
  if (partial === other) return true;
  if (partial instanceof PartialText)
    return typeof other === "string" || other instanceof PartialText
      ? compareTexts(partial, other)
      : undefined;
  if (!(partial instanceof PartialInt)) return undefined;
  const { min, max } = other instanceof PartialInt ? other : { min: Number(other), max: Number(other) };
  if (typeof other !== "bigint" && !(other instanceof PartialInt)) return undefined;
  return max < partial.min || min > partial.max ? false : undefined;
}
