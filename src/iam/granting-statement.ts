import { takesResource } from "./actions/index.ts";
import type { Principal } from "./evaluation/decision.ts";

/** A permission that is missing. */
export interface NeededGrant {
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
export function createSmallestStatement(needed: NeededGrant): GrantingStatement {
  const { actions, principal, sid } = needed;
  const resources = selectResources(needed);
  const condition = createSourceCondition(needed);
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: "Allow",
    ...(principal !== undefined && { Principal: toPrincipalElement(principal) }),
    Action: toOneOrMore(actions),
    ...(resources.length > 0 && { Resource: toOneOrMore(resources) }),
    ...(condition && { Condition: condition }),
  };
}

const toPrincipalElement = (principal: Principal): { Service: string } | { AWS: string } =>
  typeof principal === "string" ? { AWS: principal } : { Service: principal.service };

/** `*` if none of the actions takes a resource. */
function selectResources({ actions, resources = [] }: NeededGrant): readonly string[] {
  return resources.length > 0 && actions.every((action) => takesResource(action) === false)
    ? ["*"]
    : resources;
}

const toOneOrMore = (values: readonly string[]): string | string[] => {
  const distinct = [...new Set(values)];
  return distinct.length === 1 ? distinct[0]! : distinct;
};

/** Protection against a confused deputy (IAM user guide, "The confused deputy problem"). */
function createSourceCondition({
  sourceArn,
  sourceAccount,
}: NeededGrant): GrantingStatement["Condition"] | undefined {
  if (sourceArn === undefined && sourceAccount === undefined) return undefined;
  const operator = sourceArn !== undefined && /[*?]/.test(sourceArn) ? "ArnLike" : "ArnEquals";
  return {
    ...(sourceArn !== undefined && { [operator]: { "aws:SourceArn": sourceArn } }),
    ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
  };
}
