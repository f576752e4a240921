import { type ConditionResult, evaluateCondition } from "../../src/iam/conditions/evaluate.ts";
import { parseOperator } from "../../src/iam/conditions/operators.ts";
import type { KeyState, KeyValues } from "../../src/iam/evaluation/decision.ts";
import type { Condition } from "../../src/iam/policy.ts";

export const keyValuesFrom = (states: Record<string, KeyState>): KeyValues => {
  const known = new Map(Object.entries(states).map(([key, state]) => [key.toLowerCase(), state]));
  return { get: (key) => known.get(key.toLowerCase()) ?? "absent" };
};

export function createCondition(operator: string, key: string, ...values: string[]): Condition {
  const known = parseOperator(operator);
  if (known === undefined) throw new Error(`${operator} is no operator`);
  return { operator, ...known, key, values, path: [] };
}

/** "met", "unmet", or the keys whose values are unknown. */
export const formatResult = (result: ConditionResult): string =>
  typeof result === "string" ? result : `unknown: ${result.unknown.join(", ")}`;

/** Evaluates a condition on the key `k` in a policy with variables. */
export const evaluateOnKey = (
  operator: string,
  values: string | readonly string[],
  state: KeyState,
  others: Record<string, KeyState> = {},
): string =>
  formatResult(
    evaluateCondition(
      createCondition(operator, "k", ...(typeof values === "string" ? [values] : values)),
      keyValuesFrom({ ...others, k: state }),
      true,
    ),
  );
