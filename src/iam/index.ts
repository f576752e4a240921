/** Entry point of `countersign/iam`: exports only. */
export type { Because, KeyState, Principal, Verdict } from "./evaluation/decision.ts";
export type { PolicyKind } from "./policy.ts";
export type {
  SimulateFault,
  SimulateReason,
  SimulateResult,
} from "./simulate/simulate.ts";
export { simulate } from "./simulate/simulate.ts";
export type { KeyValue, PolicyDocument, SimulateInput } from "./simulate/types.ts";
