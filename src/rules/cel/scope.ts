/** Evaluates a node with the variables and the budget of the running evaluation. */
export type Evaluate = () => unknown;

/** The loop variables in scope, the innermost last. Their values are in the slots of the same index. */
export interface Scope {
  readonly names: readonly string[];
  readonly slots: unknown[];
}
