import type { PolicyProblem } from "../../permissions/findings/malformed-policy.ts";
import type { Engine } from "../engine.ts";
import type { CheckedFile } from "./checked-file.ts";

/** Problems in the policies that were evaluated for these files, in this process or another. */
export function listPolicyProblems(
  files: readonly Pick<CheckedFile, "consulted" | "policyProblems">[],
  { permissionEvaluator, templateEvaluator: judge = permissionEvaluator }: Engine,
): PolicyProblem[] {
  const policies = new Set(files.flatMap(({ consulted }) => [...(consulted ?? [])]));
  return [
    ...(judge?.findProblems(policies) ?? []),
    ...files.flatMap(({ policyProblems = [] }) => policyProblems),
  ];
}
