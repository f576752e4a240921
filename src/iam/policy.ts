import type { Place } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";

export type Effect = "Allow" | "Deny";

/** What a policy is attached to, which determines its elements and its effect. */
export type PolicyKind =
  | "identity"
  | "boundary"
  | "session"
  | "scp"
  | "rcp"
  /** Attached to a bucket, a queue or another resource. */
  | "resource"
  /** A role's trust policy. */
  | "trust"
  /** The policy of a KMS key. */
  | "key";

/** A place in one of several files. */
export interface PolicyPlace {
  file: string;
  place: Place;
}

/** What is known of a policy besides its document. */
export interface PolicyMetadata {
  kind: PolicyKind;
  /** Display name: "inline policy `Write` of role `Reporter`". */
  name: string;
  /** Locates a part of the document; absent for policies that a program passed. */
  place?: (path: Path, at?: "key" | "value") => PolicyPlace;
}

/** A parsed policy document. */
export interface Policy extends PolicyMetadata {
  /** Whether its version is 2012-10-17, in which `${…}` are variables. */
  hasVariables: boolean;
  statements: readonly Statement[];
  /** What can't be understood, or can never have an effect. */
  faults: readonly PolicyFault[];
}

export interface PolicyFault {
  severity: "error" | "warning";
  message: string;
  help?: string;
  /** Path in the policy document. */
  path: Path;
  at?: "key" | "value";
}

export interface Statement {
  /** Index in the policy's statement list, from 0. */
  index: number;
  /** Path in the policy document; absent for generated statements. */
  path?: Path;
  sid?: string;
  effect: Effect;
  /**
   * Part of it can't be understood. A malformed Allow allows nothing; a malformed Deny may deny what its
   * valid parts match.
   */
  isFaulty: boolean;
  principal?: PrincipalElement;
  action: ListElement;
  resource?: ListElement;
  conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: patterns as written, including case. */
export interface ListElement {
  isNegated: boolean;
  values: readonly string[];
}

/** `Principal` or `NotPrincipal`. `*` is `{ AWS: ["*"] }` with `isEveryone`. */
export interface PrincipalElement {
  isNegated: boolean;
  isEveryone: boolean;
  aws: readonly string[];
  service: readonly string[];
  federated: readonly string[];
  canonicalUser: readonly string[];
}

/** One key under one operator. */
export interface Condition {
  /** As written, for messages. */
  operator: string;
  /** In AWS's spelling, without quantifier and suffix: `StringLike`. */
  base: string;
  quantifier?: "ForAllValues" | "ForAnyValue";
  ifExists: boolean;
  /** As written; keys ignore case. */
  key: string;
  /** Values as strings: JSON `true` and `5` are "true" and "5". */
  values: readonly string[];
  /** Path of the key in the policy document. */
  path: Path;
}
