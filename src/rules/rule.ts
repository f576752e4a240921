import type { Severity } from "../diagnostics/codes.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import type { Node } from "./cel/index.ts";
import type { Reference } from "./typecheck/scope.ts";

/** An expression of a rule, read. */
export interface Expression {
  text: string;
  node: Node;
}

/** A message: texts, and expressions whose values stand between them. */
export type Template = readonly (string | Expression)[];

/** One cross-field constraint. Plain data: it can be stored as JSON. */
export interface Rule {
  id: string;
  severity: Severity;
  /** `service:Operation`, or `*`. */
  operation: string;
  scope: "request" | "changeset";
  /** Pointer to the value by which requests of a run concern each other: those with another one are not compared. */
  among?: string;
  /** Pointers to what is wrong; `*` is the item's index. One for each of `each`, if there are any. */
  at: readonly string[];
  when?: Expression;
  /** `when` speaks of the item. */
  isWhenOfItem?: boolean;
  each?: readonly Expression[];
  assert: Expression;
  params: Readonly<Record<string, unknown>>;
  message: Template;
  help?: Template;
  why?: string;
  source?: string;
  /** Names of the context without which it is undecided. */
  needs: readonly string[];
  /** The parts of the payload that it depends on: it is silent where one of them is faulty. */
  references: readonly Reference[];
  file: string;
  /** Where its id stands; absent once stored. */
  place?: Place;
  /** Absent once stored. */
  examples?: readonly Example[];
}

export type ExampleKind = "pass" | "fail" | "undecided";

/** A request, or the requests of a run, and what the rule must say of it. */
export interface Example {
  kind: ExampleKind;
  /** One, unless the rule's scope is the changeset. */
  inputs: readonly ExampleInput[];
  place: Place;
}

export interface ExampleInput {
  operation: string;
  request: unknown;
  justification?: string;
  caller?: string;
  context?: Record<string, unknown>;
}

export const ANY_OPERATION = "*";
