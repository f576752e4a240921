import type { Policy } from "../../iam/policy.ts";
import type { PolicyProblem } from "../../permissions/findings/malformed-policy.ts";
import type { Engine } from "../engine.ts";

/** What a file's requests were decided by. */
interface ConsultedPolicies {
  consulted: ReadonlySet<Policy> | undefined;
  policyProblems: readonly PolicyProblem[];
}

/** Problems in the policies that were evaluated for these files, in this process or another. */
export function listPolicyProblems(
  files: readonly ConsultedPolicies[],
  { permissionEvaluator, templateEvaluator: judge = permissionEvaluator }: Engine,
): PolicyProblem[] {
  const policies = new Set(files.flatMap(({ consulted }) => [...(consulted ?? [])]));
  return [...(judge?.findProblems(policies) ?? []), ...files.flatMap(({ policyProblems }) => policyProblems)];
}
