import type { Principal } from "../evaluation/decision.ts";

/** A policy document: an object as `JSON.parse` makes it, or its text. */
export type PolicyDocument = object | string;

export type OneOrMore<Value> = Value | readonly Value[];

/** Control policies by level. One policy alone is the only one of the only level. */
export type Levels = OneOrMore<PolicyDocument> | readonly (readonly PolicyDocument[])[];

/** What a condition key's value may be written as. */
export type KeyValue = string | number | boolean;

/** A question: may this principal do this to that, under these policies? */
export interface SimulateInput {
  /** The ARN of a user, a role, a role session, a federated user or an account's root; or an AWS service. */
  principal: Principal;
  /** One action, `service:Name`. */
  action: string;
  /** An ARN or a pattern of ARNs, all of which have to be allowed. For an action that takes no resource, `*`. */
  resource: string;
  /** Condition keys of the request, in any case, with their value or values; null and undefined: there is no such key. */
  context?: Readonly<Record<string, KeyValue | readonly KeyValue[] | null | undefined>>;
  /** What a key is that neither `context` nor the request says anything of. Default: "absent". */
  missingKeys?: "absent" | "unknown";
  /** Keys that the request is known not to have. */
  absentKeys?: readonly string[];
  /** Keys that the request may have, with any value. */
  unknownKeys?: readonly string[];
  /** Of the user and its groups, or of the role. */
  identityPolicies?: OneOrMore<PolicyDocument>;
  permissionsBoundary?: PolicyDocument;
  /** Of the session. A session may have one of its own, and managed ones: together they allow what one of them allows. */
  sessionPolicies?: OneOrMore<PolicyDocument>;
  /**
   * By level, from the organization's root down to the account; every level has to allow. Not given: no organization.
   * They don't hold in the organization's management account: leave them out for its principals.
   */
  serviceControlPolicies?: Levels;
  /** By level, of the resource's account. What they don't deny passes, as AWS attaches RCPFullAWSAccess to each level. */
  resourceControlPolicies?: Levels;
  /** The resource's own: a bucket's, a key's; of a role its trust policy. */
  resourcePolicy?: PolicyDocument;
  /** Of the account that owns the resource. Default: the ARN's account, or else the principal's. */
  resourceAccount?: string;
}
