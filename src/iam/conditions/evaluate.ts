import type { KeyValues } from "../decision.ts";
import type { Condition } from "../policy.ts";

/** Whether a condition holds; where that is not known, the keys whose values decide. */
export type ConditionResult = "met" | "unmet" | { unknown: readonly string[] };

export function evaluateCondition(
  condition: Condition,
  _keys: KeyValues,
  _hasVariables: boolean,
): ConditionResult {
  return { unknown: [condition.key] };
}
