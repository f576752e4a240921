import type { Principal } from "../evaluation/decision.ts";

/** A policy document: a parsed JSON object, or its text (JSON, also URL-encoded). */
export type PolicyDocument = object | string;

export type OneOrMore<Value> = Value | readonly Value[];

/** Control policies by level. A single policy is the only one of a single level. */
export type Levels = OneOrMore<PolicyDocument> | readonly (readonly PolicyDocument[])[];

/** A value of a condition key. */
export type KeyValue = string | number | boolean;

/** Input of `simulate`: may the principal perform the action on the resource under these policies? */
export interface SimulateInput {
  /** The ARN of a user, a role, a role session, a federated user or an account's root; or an AWS service. */
  principal: Principal;
  /** A single action, `service:Name`, without wildcards. */
  action: string;
  /**
   * An ARN, or a pattern of ARNs, all of which have to be allowed. `*` for an action that takes no resource.
   */
  resource: string;
  /**
   * Condition keys of the request, in any case, with one or more values. Null or undefined: the key is
   * absent.
   */
  context?: Readonly<Record<string, KeyValue | readonly KeyValue[] | null | undefined>>;
  /** State of the keys that neither `context` nor the request determines. Default: "absent". */
  missingKeys?: "absent" | "unknown";
  /** Keys that the request doesn't have. */
  absentKeys?: readonly string[];
  /** Keys that the request may have, with any value. */
  unknownKeys?: readonly string[];
  /** The policies of the user and its groups, or of the role. */
  identityPolicies?: OneOrMore<PolicyDocument>;
  permissionsBoundary?: PolicyDocument;
  /** The policies of the session, inline and managed. An action is allowed if one of them allows it. */
  sessionPolicies?: OneOrMore<PolicyDocument>;
  /**
   * By level, from the root of the organization down to the account; every level has to allow. Undefined: no
   * organization. They don't apply in the organization's management account: leave them out for its
   * principals.
   */
  serviceControlPolicies?: Levels;
  /**
   * By level, for the account of the resource. What they don't deny is allowed, since AWS attaches
   * RCPFullAWSAccess to each level.
   */
  resourceControlPolicies?: Levels;
  /** The policy of the resource itself: a bucket policy, a key policy or, for a role, its trust policy. */
  resourcePolicy?: PolicyDocument;
  /** The account that owns the resource. Default: the account in the ARN, or else the principal's. */
  resourceAccount?: string;
}
