import type { Severity } from "../diagnostics/codes.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import type { Node } from "./cel/ast.ts";
import type { Comparison } from "./pairs/comparison.ts";
import type { Program } from "./runtime/index.ts";
import type { DataReference } from "./typecheck/scope.ts";

/** An expression of a rule. */
export interface Expression {
  program: Program;
}

/** One that was read from a rule file: interpreted, where one that ships is compiled. */
export interface ParsedExpression extends Expression {
  text: string;
  node: Node;
}

export const isParsed = <T extends Expression>(expression: T): expression is T & ParsedExpression =>
  "node" in expression;

/** A list whose items a rule checks; `path` if it is one in the data, so that every item has a position. */
export interface ItemExpression extends Expression {
  path?: { root: "request" | "context"; path: readonly string[] };
}

/** An expression in a message; `isFormatted` if the text of its value is formatted already: it has backticks in it. */
export interface TemplateExpression extends Expression {
  isFormatted: boolean;
}

/** A message: literal text, and expressions to be replaced by their values. */
export type Template = readonly (string | TemplateExpression)[];

/** One cross-field constraint. Plain data but for the programs of its expressions. */
export interface Rule {
  id: string;
  severity: Severity;
  /** `service:Operation`, or `*`. */
  operation: string;
  /** With the operation `*`: the only operations that the rule is for. */
  operations?: readonly string[];
  scope: "request" | "changeset";
  /**
   * JSON pointer to the value that groups the requests of a run: only requests with equal values are
   * compared.
   */
  among?: string;
  /** JSON pointers that findings point at, one for each list of `each`, if any; `*` is the item's index. */
  at: readonly string[];
  when?: Expression;
  /** Whether `when` depends on the item. */
  isWhenOfItem?: boolean;
  each?: readonly ItemExpression[];
  assert: Expression;
  /** How requests are compared, where an index tells which ones; absent to compare all with all. */
  comparison?: Comparison;
  params: Readonly<Record<string, unknown>>;
  /** The definitions that its expressions use, as they are written; absent in stored rules. */
  define?: readonly (readonly [signature: string, text: string])[];
  /** The rule that declares the parameters, and in whose settings they are changed; absent for the rule's own. */
  paramsOf?: string;
  message: Template;
  help?: Template;
  /** What to write in place of the text that a finding points at: a text, or a list of items where it stands in a list. */
  fix?: Expression;
  why?: string;
  source?: string;
  /** The context records, and possibly `caller`, without which the rule is undecided. */
  needs: readonly string[];
  /** The parts of the payload that it depends on. The rule is skipped if one of them is faulty. */
  references: readonly DataReference[];
  file: string;
  /** The position of its id; absent in stored rules. */
  place?: Place;
  /** Absent in stored rules. */
  examples?: readonly Example[];
}

export type ExampleKind = "pass" | "fail" | "undecided";

/** One or more requests with the outcome that the rule must give. */
export interface Example {
  kind: ExampleKind;
  /** Exactly one, unless the rule's scope is `changeset`. */
  inputs: readonly ExampleInput[];
  place: Place;
}

export interface ExampleInput {
  operation: string;
  request: unknown;
  justification?: string;
  caller?: string;
  container?: string;
  repeats?: boolean;
  /** The time that the rule goes by. */
  now?: string;
  context?: Record<string, unknown>;
}

export const ANY_OPERATION = "*";
