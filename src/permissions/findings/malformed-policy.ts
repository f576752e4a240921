import type { Finding } from "../../diagnostics/diagnostic.ts";
import { findActionFaults } from "../../iam/actions/index.ts";
import type { Policy, PolicyFault, PolicyPlace } from "../../iam/policy.ts";

/** A problem of a policy, at its place in the file; without a place for policies that a program passed. */
export interface PolicyProblem extends Pick<Finding, "code" | "severity" | "message" | "help"> {
  at?: PolicyPlace;
}

/** Finds parts of a policy that can't be understood or never have an effect. */
export function findPolicyProblems(policy: Policy): PolicyProblem[] {
  return [...policy.faults, ...findActionFaults(policy)].map((fault) => ({
    code: "iam/malformed-policy",
    severity: fault.severity,
    message: `in ${policy.name}: ${fault.message}`,
    ...(fault.help !== undefined && { help: fault.help }),
    ...locateFault(policy, fault),
  }));
}

function locateFault({ place }: Policy, { path, at }: PolicyFault): { at?: PolicyPlace } {
  const found = place?.(path, at);
  return found ? { at: found } : {};
}
