import type { Node } from "../cel/index.ts";
import type { Type } from "../types.ts";
import type { DataReference, ExpressionInfo, TypeScope } from "./scope.ts";

/** What the checks of single calls and operators use of the checker that walks the whole expression. */
export interface TypeChecker {
  /** Parts of the context that `known` asks about: the expression is decided without them. */
  readonly optional: Set<string>;
  /** Reports a fault at an offset in the expression's text. */
  addFault(at: number, message: string, help?: string): void;
  /** The type of an expression whose value is used. */
  /** The parts of the data that what was checked depends on. */
  readonly references: DataReference[];
  checkValue(node: Node, scope: TypeScope, isWhole?: boolean): Type;
  /** The type of an expression, and what it refers to. */
  inferInfo(node: Node, scope: TypeScope): ExpressionInfo;
  /** Like `value`, and reports a fault where the type is not a boolean. */
  checkCondition(node: Node, scope: TypeScope, what: string): void;
}
