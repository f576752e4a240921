import type { Policy, Statement } from "../policy.ts";

/** Who asks: an IAM user, a role, a role session, an account's root, or an AWS service for itself. */
export type Principal = string | { service: string };

/**
 * What is known of a key: its values; one value of which only a pattern (`*`, `?`) is known; that the request does not
 * have it; or nothing.
 */
export type KeyState = readonly string[] | { like: string } | "absent" | "unknown";

/** What is known of the keys of a request. Keys ignore case. */
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
  /** Of the account that owns the resource; default: what the ARN says, or else the principal's. */
  resourceAccount?: string;
}

export interface PolicySet {
  identity?: readonly Policy[];
  boundary?: Policy;
  session?: readonly Policy[];
  /** By level, from the root of the organization down; undefined: there is no organization. */
  serviceControl?: readonly (readonly Policy[])[];
  resourceControl?: readonly (readonly Policy[])[];
  /** The resource's own: of a bucket, a KMS key, a role's trust. */
  resource?: Policy;
}

export type Verdict = "allowed" | "implicitDeny" | "explicitDeny" | "unknown";

export interface Decision {
  decision: Verdict;
  /** Of the resource pattern some strings are allowed and some are not. */
  partial: boolean;
  /** Of what is denied, some strings may be allowed: what decides of them is not known. */
  isOpenInPart?: boolean;
  /** The statements that decided: the Denies, or the Allows, or those whose conditions are not known. */
  decidedBy: readonly Reason[];
  /** Condition keys, as written in policies, whose values decide and are not known. */
  missing: readonly string[];
  /** Every statement that concerns the action, in order, with why it did or did not match: for the trace. */
  considered: readonly Reason[];
  /** Layers that allow nothing: "identity", "boundary", "scp 2", … where the decision is an implicit deny. */
  lackingLayers: readonly string[];
  /** Of a partial grant: patterns that are granted, and one string that is not. */
  covered: readonly string[];
  uncovered?: string;
  /** Why nothing can be decided, where no statement is the reason: a malformed principal, patterns too complex. */
  notes?: readonly string[];
}

/** What one statement did. */
export interface Reason {
  policy: Policy;
  statement: Statement;
  /** As in `Decision.lackingLayers`: "identity", "boundary", "session", "scp 2", "rcp 1", "resource". */
  layer?: string;
  /** Of a resource policy: it names only the account, so the identity policies have to allow the request, too. */
  isDelegation?: boolean;
  outcome: "matched" | "unmatched" | "unknown";
  /** Why it didn't match, or isn't known to: which part, and for a condition which operator and key. */
  because?: Because;
}

export type Because =
  | { part: "action" | "resource" | "principal" | "faulty" }
  | { part: "condition"; operator: string; key: string; expected: readonly string[]; got: KeyState };
