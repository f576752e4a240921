import type { Engine } from "../engine/engine.ts";
import type { CheckedFiles } from "../engine/report/build-report.ts";
import type { FileEntry } from "../files/walk.ts";
import type { EngineFlags } from "./engine-options.ts";

/** Options of a check, from the command line or from the action's inputs. */
export interface CheckFlags extends EngineFlags {
  /** What to check instead of paths. */
  sources?: readonly FileEntry[];
  /** Set if the one source is a command that is about to run. */
  commandLine?: NonNullable<Engine["commandLine"]>;
  /** Checkouts that are checked in place of paths. */
  repo?: readonly string[];
  operation?: string;
  config?: string | false;
  failOn?: "error" | "warning";
  strict?: boolean;
  allowEmpty?: boolean;
  baseline?: string | false;
  /** Silently skip files that hold no request, even if the user named them. */
  skipUnrelated?: boolean;
  /** Ask AWS for policies that no context file holds, and for its own decisions. */
  live?: boolean;
  /** The commit that configuration, rules, schemas, context and baseline are read from. */
  policyFrom?: string;
  /** Files of values for placeholders, as `FILE` or `NAME=FILE`. */
  values?: readonly string[];
  /** Let placeholders without a value have their defaults. */
  assumeDefaults?: boolean;
  /** What the formats don't show, so that it isn't kept. */
  drops?: "payloads" | "undecided";
  /** Report only files that changed since the branch diverged from this commit. */
  changedFrom?: string;
}

/** The result of a check, with the engine that produced it. */
export interface RunCheckResult extends CheckedFiles {
  engine: Engine;
}

export interface RunResult {
  checked: RunCheckResult;
  status: number;
}
