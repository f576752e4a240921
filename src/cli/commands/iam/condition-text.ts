import { formatList, quoted } from "../../../diagnostics/text.ts";
import type { Because, KeyState, KeyValues, Reason } from "../../../iam/evaluation/decision.ts";
import type { Condition } from "../../../iam/policy.ts";

type UnmetCondition = Extract<Because, { part: "condition" }>;

/** Explains why a condition keeps its statement from matching, or leaves it open whether it matches. */
export function describeUnmetCondition(
  { operator, key, expected, got }: UnmetCondition,
  outcome: Reason["outcome"],
): string {
  const condition = `its condition ${describeDemand(operator, key, expected)}`;
  return outcome === "unknown"
    ? `whether ${condition} is met is open, as ${describeKeyState(got)}`
    : `${condition} is not met: ${describeKeyState(got)}`;
}

/** Describes a condition of a statement that matches. */
export const describeMetCondition = ({ operator, key, values }: Condition, keys: KeyValues): string =>
  `its condition ${describeDemand(operator, key, values)} is met, as ${describeKeyState(keys.get(key))}`;

/** In the order in which policies write it: operator, key, values. */
const describeDemand = (operator: string, key: string, values: readonly string[]): string =>
  `${quoted(`${operator} ${key}`)} with ${formatList(values, "or", 5)}`;

function describeKeyState(state: KeyState): string {
  if (state === "absent") return "the request doesn't have the key";
  if (state === "unknown") return "the key's value is not known";
  if ("like" in state) return `of the key's value only ${quoted(state.like)} is known`;
  if (state.length === 0) return "the key's list of values is empty";
  return `the key's ${state.length === 1 ? "value is" : "values are"} ${formatList(state, "and", 5)}`;
}
