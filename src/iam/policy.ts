import type { Place } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";

export type Effect = "Allow" | "Deny";

/** What a policy is attached to, which says what it may hold and what it can do. */
export type PolicyKind =
  | "identity"
  | "boundary"
  | "session"
  | "scp"
  | "rcp"
  /** Of a bucket, a queue and the like. */
  | "resource"
  /** A role's trust policy. */
  | "trust"
  /** A KMS key's policy. */
  | "key";

/** A place in one of several files. */
export interface PolicyPlace {
  file: string;
  place: Place;
}

/** What is known of a policy besides its document. */
export interface PolicyAbout {
  kind: PolicyKind;
  /** As people know it: "inline policy `Write` of role `Reporter`". */
  name: string;
  /** Where a part of the document stands; absent where it came from a program. */
  place?: (path: Path, at?: "key" | "value") => PolicyPlace;
}

/** A policy document that was read. */
export interface Policy extends PolicyAbout {
  /** Version 2012-10-17, in which `${…}` are variables. */
  hasVariables: boolean;
  statements: readonly Statement[];
  /** What can't be understood, or will never do anything. */
  faults: readonly PolicyFault[];
}

export interface PolicyFault {
  severity: "error" | "warning";
  message: string;
  help?: string;
  /** Into the policy document. */
  path: Path;
  at?: "key" | "value";
}

export interface Statement {
  /** Position among the policy's statements. */
  index: number;
  /** Into the policy document; absent where the statement was made up. */
  path?: Path;
  sid?: string;
  effect: Effect;
  /**
   * Something in it can't be understood. Such an Allow allows nothing; such a Deny may deny whatever the parts that
   * can be understood match.
   */
  isFaulty: boolean;
  principal?: PrincipalElement;
  action: ListElement;
  resource?: ListElement;
  conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: patterns as written, case kept. */
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
  /** Without prefix and suffix, in AWS's spelling: `StringLike`. */
  base: string;
  quantifier?: "ForAllValues" | "ForAnyValue";
  ifExists: boolean;
  /** As written; keys ignore case. */
  key: string;
  /** Values as text: `true` and `5` of JSON are "true" and "5". */
  values: readonly string[];
  /** Into the policy document: the key's. */
  path: Path;
}
