import type { CelFailure } from "./values.ts";
import { lack } from "./values.ts";

/** How many steps are left: shared by all expressions of a rule for one request. */
export interface Budget {
  left: number;
}

/** Variables by name, as CEL values; a variable that isn't known is an error. */
export type Variables = Record<string, unknown>;

/** The evaluation that is going on. The library hands nothing down to functions, so it stands here. */
interface Run {
  variables: Variables;
  budget: Budget;
}

let current: Run = { variables: {}, budget: { left: 0 } };

export const variable = (name: string): unknown => current.variables[name];

/**
 * Runs `action` with these variables and this budget. Evaluations never interleave, but one may be a part of
 * another: what runs with the same ones needs no switch.
 */
export function during<T>(variables: Variables, budget: Budget, action: () => T): T {
  if (current.variables === variables && current.budget === budget) return action();
  const before = current;
  const { stackTraceLimit } = Error;
  current = { variables, budget };
  // The library makes an Error of every unknown value, and nobody reads where it was made.
  Error.stackTraceLimit = 0;
  try {
    return action();
  } finally {
    current = before;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Takes steps from the budget, or says that it doesn't have them. */
export function spend(steps: number): CelFailure | undefined {
  current.budget.left -= steps;
  return current.budget.left < 0 ? lack({ kind: "overrun", what: "it takes too many steps" }) : undefined;
}
