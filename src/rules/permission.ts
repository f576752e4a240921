import type { Place } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Expression } from "./rule.ts";
import type { Reference } from "./typecheck/scope.ts";
import type { Lacking } from "./undecided.ts";

/** A permission that an operation needs, as its rule file has it. Plain data: it can be stored as JSON. */
export interface Permission {
  id: string;
  operation: string;
  /** The ARN of who must have it; or else a service. */
  principal?: Expression;
  service?: string;
  /** The principal is whoever makes the call. */
  isCallers: boolean;
  actions: readonly string[];
  /** An ARN, a pattern of ARNs all of which are needed, or a list of them. */
  resource: Expression;
  /** The account that owns the resource, where its ARN doesn't say so. */
  resourceAccount?: Expression;
  /** The resource's own policy; null where it has none. */
  resourcePolicy?: Expression;
  when?: Expression;
  /** Tags that the call gives: a list of `{Key, Value}`. */
  tags?: Expression;
  /** What is known of condition keys. */
  keys: Readonly<Record<string, Expression>>;
  absentKeys: readonly string[];
  /** Pointer to what a denial is about; the operation where absent. */
  at?: string;
  /** The parts of the payload that it depends on: nothing is required where one of them is faulty. */
  references: readonly Reference[];
  why?: string;
  source?: string;
  file: string;
  /** Where its id stands; absent once stored. */
  place?: Place;
}

/** A value, or why it isn't known. */
export type Known<T> = { value: T } | { lacks: Lacking };

/** A tag as far as it is known. */
export interface GivenTag {
  key?: string;
  value?: string;
}

/** A permission that one request needs: what the expressions of a `Permission` came out as. */
export interface Requirement {
  id: string;
  file: string;
  /** Into the payload; absent for the operation. */
  path?: Path;
  /** Does the request need it? Only `true` or not known: otherwise there is no requirement. */
  applies: Known<true>;
  principal: Known<string> | { service: string };
  isCallers: boolean;
  actions: readonly string[];
  resources: Known<readonly string[]>;
  /** Absent where nothing is said of it. */
  resourceAccount?: Known<string>;
  /** A policy document; null where there is none. Absent where nothing is said of it. */
  resourcePolicy?: Known<unknown>;
  tags: Known<readonly GivenTag[]>;
  keys: Readonly<Record<string, Known<readonly string[]>>>;
  absentKeys: readonly string[];
}

/** Whose policies a request is about: who must hold a permission, or the role that must trust a service. */
export interface Holder {
  arn: Known<string>;
  isCallers: boolean;
  /** Into the payload; absent for the operation. */
  path?: Path;
}
