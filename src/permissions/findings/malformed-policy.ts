import type { Finding } from "../../diagnostics/diagnostic.ts";
import { actionFaults } from "../../iam/actions/index.ts";
import type { Policy, PolicyFault, PolicyPlace } from "../../iam/policy.ts";

/** Something wrong with a policy, at its place in the file that it came from; none for one from a program. */
export interface PolicyProblem extends Pick<Finding, "code" | "severity" | "message" | "help"> {
  at?: PolicyPlace;
}

/** What can't be understood of a policy, or will never do anything. */
export function policyProblems(policy: Policy): PolicyProblem[] {
  return [...policy.faults, ...actionFaults(policy)].map((fault) => ({
    code: "iam/malformed-policy",
    severity: fault.severity,
    message: `in ${policy.name}: ${fault.message}`,
    ...(fault.help !== undefined && { help: fault.help }),
    ...atOf(policy, fault),
  }));
}

function atOf({ place }: Policy, { path, at }: PolicyFault): { at?: PolicyPlace } {
  const found = place?.(path, at);
  return found ? { at: found } : {};
}
