import type { Node } from "../cel/index.ts";
import type { Type } from "../types.ts";
import type { Info, Scope } from "./scope.ts";

/** What the checks of single calls and operators use of the checker that walks the whole expression. */
export interface TypeChecker {
  /** Parts of the context that `known` asks about: the expression is decided without them. */
  readonly optional: Set<string>;
  /** Reports a fault at an offset in the expression's text. */
  fault(at: number, message: string, help?: string): void;
  /** The type of an expression whose value is used. */
  value(node: Node, scope: Scope, isWhole?: boolean): Type;
  /** The type of an expression, and what it refers to. */
  info(node: Node, scope: Scope): Info;
  /** Like `value`, and reports a fault where the type is not a boolean. */
  condition(node: Node, scope: Scope, what: string): void;
}
