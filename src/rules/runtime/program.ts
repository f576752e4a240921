import { Unknown } from "../../documents/document.ts";
import { Failure, failureFromPlaceholder, type MissingFact } from "./failure.ts";
import { type Budget, type CelVariables, runWith } from "./run.ts";
import { missingRestOf, toPlainData } from "./values.ts";

/** The result of an expression. */
export type Result =
  | { kind: "value"; value: unknown }
  /** The result depends on an unknown value. `partial` is what is known of it, where it is a text. */
  | { kind: "unknown"; missing: readonly MissingFact[]; partial?: Unknown }
  /** Evaluation failed: the rule itself is faulty. */
  | { kind: "failed"; reason: string };

/** Evaluates an expression to a value or what stands for one that isn't known. Throws what makes the expression fail. */
export type EvaluateCode = (variables: CelVariables) => unknown;

export interface Program {
  (variables: CelVariables, budget: Budget): Result;
  /** The code of a compiled expression; absent for one that is interpreted. */
  readonly loadCode?: () => EvaluateCode;
}

/** Runs what evaluates an expression. Never throws. */
export function evaluateProgram(evaluate: EvaluateCode, variables: CelVariables, budget: Budget): Result {
  try {
    return resultFromValue(runWith(variables, budget, evaluate));
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether a value that an expression gives is none: the result is unknown, or the expression failed. */
export const isOpenValue = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (value instanceof Failure || value instanceof Unknown || missingRestOf(value) !== undefined);

const TRUE: Result = { kind: "value", value: true };
const FALSE: Result = { kind: "value", value: false };

export function resultFromValue(value: unknown): Result {
  if (value === true) return TRUE;
  if (value === false) return FALSE;
  if (typeof value !== "object" || value === null) return { kind: "value", value };
  if (value instanceof Unknown)
    return { kind: "unknown", missing: failureFromPlaceholder(value).listMissing(), partial: value };
  const failure = value instanceof Failure ? value : missingRestOf(value);
  if (!failure) return { kind: "value", value: toPlainData(value) };
  const missing = failure.listMissing();
  return missing.length > 0 ? { kind: "unknown", missing } : { kind: "failed", reason: failure.message };
}
