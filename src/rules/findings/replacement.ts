import type { Replacement } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Budget, CelVariables, Program } from "../runtime/index.ts";

/** What the rule would have in place of a text; undefined where it has nothing to offer. */
export function createReplacement(
  fix: Program,
  { variables, budget }: { variables: CelVariables; budget: Budget },
  request: unknown,
  at: Path,
): Replacement | undefined {
  // A list that is known in part has no indexes.
  const of = typeof variables.item === "string" ? variables.item : valueAt(request, at);
  const result = fix(variables, { left: Math.max(budget.left, 1000) });
  if (typeof of !== "string" || result.kind !== "value") return undefined;
  const { value } = result;
  if (typeof value === "string") return { of, by: value };
  return Array.isArray(value) && value.length > 1 && value.every((item) => typeof item === "string")
    ? { of, by: value }
    : undefined;
}
