import type { Use } from "./constants.ts";
import type { CallExpression, ProgramNode } from "./node.ts";
import type { KnownFunction } from "./results.ts";

/** Where an evaluation stands. */
export interface EvaluationState {
  /** Where the values are used: where the request is made, or in a function that is called for it. */
  use: Use;
  frame?: EvaluationFrame;
  /** What the name was given whose value is looked at. */
  given?: ProgramNode;
  /** Where that was copied. */
  copiedAt?: ProgramNode | undefined;
}

/** A function that is called, and where the call stands. */
interface EvaluationFrame {
  known: KnownFunction;
  call: CallExpression;
  outer: EvaluationState;
}
