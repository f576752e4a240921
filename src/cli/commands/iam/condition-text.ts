import { listed, quoted } from "../../../diagnostics/text.ts";
import type { Because, KeyState, KeyValues, Reason } from "../../../iam/evaluation/decision.ts";
import type { Condition } from "../../../iam/policy.ts";

type Unmet = Extract<Because, { part: "condition" }>;

/** Explains why a condition keeps its statement from matching, or leaves it open whether it matches. */
export function unmetText({ operator, key, expected, got }: Unmet, outcome: Reason["outcome"]): string {
  const condition = `its condition ${demandText(operator, key, expected)}`;
  return outcome === "unknown"
    ? `whether ${condition} is met is open, as ${stateText(got)}`
    : `${condition} is not met: ${stateText(got)}`;
}

/** Describes a condition of a statement that matches. */
export const metText = ({ operator, key, values }: Condition, keys: KeyValues): string =>
  `its condition ${demandText(operator, key, values)} is met, as ${stateText(keys.get(key))}`;

/** In the order in which policies write it: operator, key, values. */
const demandText = (operator: string, key: string, values: readonly string[]): string =>
  `${quoted(`${operator} ${key}`)} with ${listed(values, "or", 5)}`;

function stateText(state: KeyState): string {
  if (state === "absent") return "the request doesn't have the key";
  if (state === "unknown") return "the key's value is not known";
  if ("like" in state) return `of the key's value only ${quoted(state.like)} is known`;
  if (state.length === 0) return "the key's list of values is empty";
  return `the key's ${state.length === 1 ? "value is" : "values are"} ${listed(state, "and", 5)}`;
}
