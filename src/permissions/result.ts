import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Decision } from "../iam/evaluation/decision.ts";
import type { Policy } from "../iam/policy.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { KnownPrincipal } from "./principals.ts";
import type { PolicyGap } from "./unknown-policy.ts";

/** Result of the permission check of one request. */
export interface PermissionResult {
  findings: Finding[];
  /** The evaluated policies that are in files. Their problems are reported once a run. */
  consulted: readonly Policy[];
}

/** The principal whose permissions are evaluated: one of the IAM details, or a service. */
export type EvaluatedPrincipal = KnownPrincipal | { service: string };

/** The decision on one action on one resource. */
export interface PermissionDecision {
  requirement: PermissionRequirement;
  principal: EvaluatedPrincipal;
  action: string;
  resource: string;
  decision: Decision;
  /** Set when the resource's policy isn't known, and might allow what the principal's own policies don't. */
  missingFact?: PolicyGap;
}

/** An undecided requirement, and the fact that it is missing. */
export interface UndecidedRequirement {
  path: Path | undefined;
  /** Absent when the principal isn't known. */
  principalName?: string;
  actions: readonly string[];
  resources: readonly string[];
  missingFact: PolicyGap;
  /**
   * The missing fact is specific to this principal, so findings of other principals aren't merged with it.
   */
  isOwnFact?: boolean;
}

/** What messages call a principal: of one that a template defines, the ARN may be made up. */
export function principalNameOf(asked: EvaluatedPrincipal): string {
  if ("service" in asked) return asked.service;
  const { template, arn } = asked;
  if (!template || template.arn === arn) return arn;
  return template.identity.name ?? template.identity.reference;
}
