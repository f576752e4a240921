import type { Checked } from "../engine/check-files.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineFlags } from "./engine-options.ts";

/** What a check is told, on the command line or by the inputs of the action. */
export interface CheckFlags extends EngineFlags {
  operation?: string;
  config?: string | false;
  failOn?: "error" | "warning";
  strict?: boolean;
  allowEmpty?: boolean;
  baseline?: string | false;
  /** Files that hold no request are passed over in silence, also when they are named. */
  skipUnrelated?: boolean;
  /** Ask AWS for what no context file holds, and for its own verdicts. */
  live?: boolean;
  /** The commit that configuration, rules, schemas, context and baseline are taken from. */
  policyFrom?: string;
  /** Report only what changed since it parted from this commit. */
  changedFrom?: string;
}

/** What was checked, and with what. */
export interface CheckedPaths extends Checked {
  engine: Engine;
}

export interface Ran {
  checked: CheckedPaths;
  status: number;
}
