import type { Use } from "./constants.ts";
import type { CallExpression, ProgramNode } from "./node.ts";
import type { KnownFunction } from "./results.ts";

/** Where an evaluation stands. */
export interface EvaluationState {
  use: Use;
  frame: EvaluationFrame | undefined;
  given: ProgramNode | undefined;
  copiedAt: ProgramNode | undefined;
}

/** A function that is called, and where the call stands. */
export interface EvaluationFrame {
  known: KnownFunction;
  call: CallExpression;
  outer: EvaluationState;
}
