import type { Policy, PolicyKind, Statement } from "../iam/policy.ts";
import { createUnknownCondition, type UnknownPart } from "../iam/read/unknown-parts.ts";
import type { PermissionRequirement } from "../rules/permission.ts";

/** A missing fact, and how to provide it. */
export type PolicyGap = UnknownPart;

/**
 * Creates a stand-in for an unknown policy, which may allow everything and may deny everything. Both depend
 * on a condition key that is always unknown, so the evaluator finds out by itself whether the policy matters.
 */
export function createUnknownPolicy(kind: PolicyKind, name: string, gap: PolicyGap): Policy {
  const isResources = ["resource", "trust", "key", "rcp"].includes(kind);
  const statement = (index: number, effect: Statement["effect"]): Statement => ({
    index,
    effect,
    isFaulty: false,
    action: EVERYTHING,
    resource: EVERYTHING,
    ...(isResources && { principal: EVERYONE }),
    conditions: [createUnknownCondition(gap)],
  });
  return {
    kind,
    name,
    hasVariables: true,
    statements: [statement(0, "Allow"), statement(1, "Deny")],
    faults: [],
  };
}

/** The key policy that leaves everything to the identity policies of the account. */
export const createDelegation = ({ arn, account }: { arn: string; account: string }): Policy => ({
  kind: "key",
  name: "the policy of the KMS key",
  hasVariables: false,
  statements: [
    {
      index: 0,
      effect: "Allow",
      isFaulty: false,
      action: EVERYTHING,
      resource: EVERYTHING,
      principal: {
        ...EVERYONE,
        isEveryone: false,
        aws: [`arn:${arn.split(":")[1]}:iam::${account}:root`],
        service: [],
      },
      conditions: [],
    },
  ],
  faults: [],
});

const EVERYTHING = { isNegated: false, values: ["*"] };
const EVERYONE = {
  isNegated: false,
  isEveryone: true,
  aws: ["*"],
  service: ["*"],
  federated: [],
  canonicalUser: [],
};

export const UNDECIDABLE: PolicyGap = {
  message: "can't be decided",
  help: "check it by hand, and waive this where it is fine",
};

/** The missing fact on which the requirement itself depends. */
export function findUndecidable({ applies, resources }: PermissionRequirement): PolicyGap | undefined {
  if ("lacks" in applies) return applies.lacks;
  return "lacks" in resources ? resources.lacks : undefined;
}
