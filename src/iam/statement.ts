import { takesResource } from "./actions/index.ts";
import type { Principal } from "./evaluation/decision.ts";

/** A permission that is missing. */
export interface Needed {
  actions: readonly string[];
  /** ARNs or patterns. Left out for a trust policy; replaced by `*` if no action takes a resource. */
  resources?: readonly string[];
  /** The principal to name, in a resource policy or trust policy. */
  principal?: Principal;
  /**
   * The resource that the service acts for (an ARN or a pattern), which protects against a confused deputy.
   */
  sourceArn?: string;
  sourceAccount?: string;
  sid?: string;
}

/** A policy statement, ready for `JSON.stringify`. */
export interface GrantingStatement {
  Sid?: string;
  Effect: "Allow";
  Principal?: { Service: string } | { AWS: string };
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/** Creates the smallest statement that grants what is needed. */
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

/** `*` if none of the actions takes a resource. */
function resourcesOf({ actions, resources = [] }: Needed): readonly string[] {
  return resources.length > 0 && actions.every((action) => takesResource(action) === false)
    ? ["*"]
    : resources;
}

const oneOrMore = (values: readonly string[]): string | string[] => {
  const distinct = [...new Set(values)];
  return distinct.length === 1 ? distinct[0]! : distinct;
};

/** Protection against a confused deputy (IAM user guide, "The confused deputy problem"). */
function conditionOf({ sourceArn, sourceAccount }: Needed): GrantingStatement["Condition"] | undefined {
  if (sourceArn === undefined && sourceAccount === undefined) return undefined;
  const operator = sourceArn !== undefined && /[*?]/.test(sourceArn) ? "ArnLike" : "ArnEquals";
  return {
    ...(sourceArn !== undefined && { [operator]: { "aws:SourceArn": sourceArn } }),
    ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
  };
}
