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

/** Runs `action` as a part of a run of its own: evaluations never interleave, but one may call another. */
export function during<T>(run: Run, action: () => T): T {
  const before = current;
  current = run;
  try {
    return action();
  } finally {
    current = before;
  }
}

/** Takes steps from the budget, or says that it doesn't have them. */
export function spend(steps: number): CelFailure | undefined {
  current.budget.left -= steps;
  return current.budget.left < 0 ? lack({ kind: "overrun", what: "it takes too many steps" }) : undefined;
}
