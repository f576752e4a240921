import { takesResource } from "./actions/index.ts";
import type { Principal } from "./evaluation/decision.ts";

/** A permission that is missing. */
export interface Needed {
  actions: readonly string[];
  /** ARNs or patterns of them. Left out in a trust policy, and taken for `*` where an action takes no resource. */
  resources?: readonly string[];
  /** Whom to name, in the policy of a resource or a role. */
  principal?: Principal;
  /** What the service acts for, an ARN or a pattern: a trust policy that asks for it can't be misused for others. */
  sourceArn?: string;
  sourceAccount?: string;
  sid?: string;
}

/** A statement of a policy, ready for `JSON.stringify`. */
export interface GrantingStatement {
  Sid?: string;
  Effect: "Allow";
  Principal?: { Service: string } | { AWS: string };
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/** The smallest statement that grants what is needed. */
export function smallestStatement(needed: Needed): GrantingStatement {
  const { actions, principal, sid } = needed;
  const resources = resourcesOf(needed);
  const condition = conditionOf(needed);
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: "Allow",
    ...(principal !== undefined && { Principal: named(principal) }),
    Action: oneOrMore(actions),
    ...(resources.length > 0 && { Resource: oneOrMore(resources) }),
    ...(condition && { Condition: condition }),
  };
}

const named = (principal: Principal): { Service: string } | { AWS: string } =>
  typeof principal === "string" ? { AWS: principal } : { Service: principal.service };

/** `*` for the actions that can't be granted on anything smaller, where all of them are such. */
function resourcesOf({ actions, resources = [] }: Needed): readonly string[] {
  return resources.length > 0 && actions.every((action) => takesResource(action) === false)
    ? ["*"]
    : resources;
}

const oneOrMore = (values: readonly string[]): string | string[] => {
  const distinct = [...new Set(values)];
  return distinct.length === 1 ? distinct[0]! : distinct;
};

/** The guard against a confused deputy (IAM user guide, "The confused deputy problem"). */
function conditionOf({ sourceArn, sourceAccount }: Needed): GrantingStatement["Condition"] | undefined {
  if (sourceArn === undefined && sourceAccount === undefined) return undefined;
  const operator = sourceArn !== undefined && /[*?]/.test(sourceArn) ? "ArnLike" : "ArnEquals";
  return {
    ...(sourceArn !== undefined && { [operator]: { "aws:SourceArn": sourceArn } }),
    ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
  };
}
