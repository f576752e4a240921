import type { Place } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { UndecidedExplanation } from "./findings/undecided.ts";
import type { Expression } from "./rule.ts";
import { resultFromValue } from "./runtime/index.ts";
import type { DataReference } from "./typecheck/scope.ts";

/** A permission that an operation needs, as declared in a rule file. Plain data but for the programs of its expressions. */
export interface Permission {
  id: string;
  operation: string;
  /** The ARN of the principal that needs it. Either this or `service` is set. */
  principal?: Expression;
  service?: string;
  /** Whether the principal is the caller. */
  isCallers: boolean;
  /** The members of the payload that the principal and the resource are, if they are members as they stand. */
  members: { principal?: string; resource?: string };
  /** No permissions of the operation are described: `actions` is the operation, whose action may have its name. */
  isByName?: boolean;
  actions: readonly string[];
  /** An ARN, a pattern of ARNs all of which must be covered, or a list of them. */
  resource: Expression;
  /** The account that owns the resource, if its ARN doesn't contain it. */
  resourceAccount?: Expression;
  /** The resource-based policy; null if the resource has none. */
  resourcePolicy?: Expression;
  when?: Expression;
  /** The tags passed in the request: a list of `{Key, Value}`. */
  tags?: Expression;
  /** Values of condition keys. */
  keys: Readonly<Record<string, Expression>>;
  /** Condition keys that the request context doesn't contain. */
  absentKeys: readonly string[];
  /** JSON pointer that a denial is reported at; if absent, it is reported at the operation. */
  at?: string;
  /** The parts of the payload that it depends on. If one of them is faulty, there is no requirement. */
  references: readonly DataReference[];
  why?: string;
  source?: string;
  file: string;
  /** The position of its id; absent in stored rules. */
  place?: Place;
}

/** A value, or the reason why it isn't known. */
export type MaybeKnown<T> = { value: T } | { lacks: UndecidedExplanation };

/** A tag of the request; an unknown key or value is absent. */
export interface RequestTag {
  key?: string;
  value?: string;
}

/** A permission that one request needs: a `Permission` with its expressions evaluated. */
export interface PermissionRequirement {
  id: string;
  file: string;
  /** Path into the payload; absent if findings point at the operation. */
  path?: Path;
  /** Whether the request needs it: `true` or unknown. If it doesn't, there is no requirement. */
  applies: MaybeKnown<true>;
  principal: MaybeKnown<string> | { service: string };
  isCallers: boolean;
  /** As in `Permission`. */
  isByName?: boolean;
  /** The members of the payload that the principal and the resource are, if they are members as they stand. */
  members: Permission["members"];
  actions: readonly string[];
  resources: MaybeKnown<readonly string[]>;
  /** Of a resource that is a pattern because parts of its ARN aren't known: what is missing. */
  inexact?: Readonly<Record<string, UndecidedExplanation>>;
  /** Absent if the permission doesn't declare it. */
  resourceAccount?: MaybeKnown<string>;
  /** A policy document; null if the resource has none. Absent if the permission doesn't declare it. */
  resourcePolicy?: MaybeKnown<unknown>;
  tags: MaybeKnown<readonly RequestTag[]>;
  keys: Readonly<Record<string, MaybeKnown<readonly string[]>>>;
  absentKeys: readonly string[];
}

/**
 * A principal whose policies matter: one that must hold a permission, or a role that must trust a service.
 */
export interface PermissionHolder {
  arn: MaybeKnown<string>;
  isCallers: boolean;
  /** Path into the payload; absent if findings point at the operation. */
  path?: Path;
}

/** What an operation needs whose permissions nobody describes: an action of its name, if there is one. */
export const createPermissionByName = (operation: string): Permission => ({
  id: "operation",
  operation,
  principal: { program: ({ caller }) => resultFromValue(caller) },
  isCallers: true,
  members: {},
  isByName: true,
  actions: [operation],
  resource: { program: () => resultFromValue("*") },
  keys: {},
  absentKeys: [],
  references: [],
  file: "",
});
