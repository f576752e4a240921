import type { Policy, Statement } from "../policy.ts";

/**
 * The ARN of an IAM user, a role, a role session, a federated user or an account's root; or an AWS service
 * that acts for itself.
 */
export type Principal = string | { service: string };

/**
 * What is known of a condition key: its values; a pattern (`*`, `?`) of its only value; that it is absent; or
 * nothing.
 */
export type KeyState = readonly string[] | { like: string } | "absent" | "unknown";

/** The known condition keys of a request. Look-up ignores case. */
export interface KeyValues {
  get(key: string): KeyState;
}

export interface AccessRequest {
  principal: Principal;
  /** `service:Name`, without wildcards. */
  action: string;
  /** An ARN, a pattern of ARNs, or `*` for an action that takes no resource. */
  resource: string;
  keys: KeyValues;
  /** The account that owns the resource. Default: the account in the ARN, or else the principal's. */
  resourceAccount?: string;
}

export interface PolicySet {
  identity?: readonly Policy[];
  boundary?: Policy;
  session?: readonly Policy[];
  /** By level, from the root of the organization down; undefined when there is no organization. */
  serviceControl?: readonly (readonly Policy[])[];
  resourceControl?: readonly (readonly Policy[])[];
  /** The policy of the resource itself: a bucket policy, a key policy or a role's trust policy. */
  resource?: Policy;
}

export type Verdict = "allowed" | "implicitDeny" | "explicitDeny" | "unknown";

export interface Decision {
  decision: Verdict;
  /** Some of the resources that the pattern matches are allowed, and some are denied. */
  partial: boolean;
  /** Some of the denied resources may turn out to be allowed: their decision is unknown. */
  isOpenInPart?: boolean;
  /** The statements that decided: the Denies, the Allows, or those with an unknown result. */
  decidedBy: readonly Reason[];
  /** Condition keys, as written in the policies, whose unknown values decide. */
  missing: readonly string[];
  /** Every statement that concerns the action, in order, with why it did or didn't match: the trace. */
  considered: readonly Reason[];
  /** Whether `considered` is worked out when it is read: it asks for keys then. */
  isTraceLate?: boolean;
  /** The layers that allow nothing, for an implicit deny: "identity", "boundary", "scp 2", … */
  lackingLayers: readonly string[];
  /** For a partial grant: patterns that are granted, and one resource that isn't. */
  covered: readonly string[];
  uncovered?: string;
  /**
   * Why nothing can be decided when that isn't due to a statement: a malformed principal, patterns that are
   * too complex.
   */
  notes?: readonly string[];
}

/** What one statement contributed. */
export interface Reason {
  policy: Policy;
  statement: Statement;
  /** As in `Decision.lackingLayers`: "identity", "boundary", "session", "scp 2", "rcp 1", "resource". */
  layer?: string;
  /**
   * Set for a statement of a resource policy that names only the account: identity policies have to allow the
   * request as well.
   */
  isDelegation?: boolean;
  outcome: "matched" | "unmatched" | "unknown";
  /** Why it didn't match or the result is unknown: the element, and for a condition its operator and key. */
  because?: Because;
}

export type Because =
  | { part: "action" | "resource" | "principal" | "faulty" }
  | { part: "condition"; operator: string; key: string; expected: readonly string[]; got: KeyState };
