import type { MissingInput } from "../diagnostics/diagnostic.ts";
import type { Policy, PolicyKind, Statement } from "../iam/policy.ts";

/** A missing fact, and how to provide it. */
export interface PolicyGap {
  message: string;
  help: string;
  missing?: readonly MissingInput[];
}

/** The line break keeps it from colliding with real condition keys. */
const UNKNOWN_KEY_PREFIX = "countersign:unknown\n";

/**
 * Creates a stand-in for an unknown policy, which may allow everything and may deny everything. Both depend
 * on a condition key that is always unknown, so the evaluator finds out by itself whether the policy matters.
 */
export function createUnknownPolicy(kind: PolicyKind, name: string, gap: PolicyGap): Policy {
  const key = UNKNOWN_KEY_PREFIX + JSON.stringify(gap);
  const isResources = ["resource", "trust", "key", "rcp"].includes(kind);
  const statement = (index: number, effect: Statement["effect"]): Statement => ({
    index,
    effect,
    isFaulty: false,
    action: EVERYTHING,
    resource: EVERYTHING,
    ...(isResources && { principal: EVERYONE }),
    conditions: [
      { operator: "StringEquals", base: "StringEquals", ifExists: false, key, values: ["known"], path: [] },
    ],
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

/** Converts a missing condition key back to the fact, if it came from a stand-in policy. */
export function missingFactFromKey(key: string): PolicyGap | undefined {
  if (!key.startsWith(UNKNOWN_KEY_PREFIX)) return undefined;
  return JSON.parse(key.slice(UNKNOWN_KEY_PREFIX.length)) as PolicyGap;
}
