import type { Failure } from "./failure.ts";
import { createUnknownFailure } from "./failure.ts";

/** The steps left, shared by all expressions of a rule for one request. */
export interface Budget {
  left: number;
}

/**
 * Variables by name, as CEL values. The value of an unknown variable is a `Failure`. `shared` has the values of
 * subexpressions that compiled rules share, which are evaluated once for a request; no variable has this name.
 */
export type CelVariables = Record<string, unknown> & { shared?: unknown[] };

/** The running evaluation. Module state, because the library passes no context to functions. */
interface ActiveEvaluation {
  variables: CelVariables;
  budget: Budget;
}

let current: ActiveEvaluation = { variables: {}, budget: { left: 0 } };

export const readVariable = (name: string): unknown => current.variables[name];

/**
 * Runs `action` with these variables and this budget. Evaluations never interleave but may nest; a nested one
 * with the same variables and budget needs no switch.
 */
export function runWith<T>(
  variables: CelVariables,
  budget: Budget,
  action: (variables: CelVariables) => T,
): T {
  if (current.variables === variables && current.budget === budget) return action(variables);
  const before = current;
  current = { variables, budget };
  try {
    return action(variables);
  } finally {
    current = before;
  }
}

/** Takes steps from the budget; returns a failure once the budget is spent. */
export function spendSteps(steps: number): Failure | undefined {
  current.budget.left -= steps;
  return current.budget.left < 0
    ? createUnknownFailure({ kind: "overrun", what: "it takes too many steps" })
    : undefined;
}

/** Whether the budget is spent, so that what has been evaluated since holds for no other budget. */
export const isBudgetSpent = (): boolean => current.budget.left < 0;

/** The steps that may still be taken. */
export const countStepsLeft = (): number => Math.max(current.budget.left, 0);
