import { Unknown } from "../../documents/document.ts";
import { PartialText } from "../../documents/partial.ts";
import { compareTexts } from "../../texts/compare.ts";
import { chargeCall } from "./cost.ts";
import { type Failure, failureFromPlaceholder, joinFailures, PartialInt } from "./failure.ts";
import { findLibraryFunction } from "./library.ts";
import { spendSteps } from "./run.ts";

const equals = findLibraryFunction("_==_");

/** `left == right`, or why that can't be told. */
export function areEqual(left: unknown, right: unknown): boolean | Failure {
  const failure = joinFailures(left, right);
  if (failure) return failure;
  if (left instanceof Unknown || right instanceof Unknown) return areEqualInPart(left, right);
  return chargeCall([left, right]) ?? equals?.(undefined, [left, right]) === true;
}

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
