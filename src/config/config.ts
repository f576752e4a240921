import type { Place } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { RuleSetting } from "../rules/settings.ts";

/** What countersign.yaml says. Paths and globs are relative to `directory`. */
export interface Config {
  file: string;
  directory: string;
  requests: readonly { files: string; operation: string }[];
  context: readonly string[];
  /** Who makes the calls of requests that don't say it. */
  caller?: string;
  schemas: readonly string[];
  rulePacks: readonly string[];
  rules: Readonly<Record<string, RuleSetting>>;
  waivers: readonly Waiver[];
  /** The file of findings that are known. */
  baseline?: string;
  failOn?: "error" | "warning";
  strict?: boolean;
  /** Where a part of the file stands. */
  placeOf(path: Path, at: "key" | "value"): Place;
}

/** One thing wrong with a configuration file. */
export interface ConfigFault {
  message: string;
  help?: string;
  place: Place;
}

/** The configuration can't be used; every fault of it, in order of place. */
export class ConfigError extends Error {
  readonly file: string;
  readonly faults: readonly ConfigFault[];

  constructor(file: string, faults: readonly ConfigFault[]) {
    super(`${file} can't be used`);
    this.file = file;
    this.faults = faults;
  }
}

/** A finding that is known and accepted. */
export interface Waiver {
  code: string;
  file?: string;
  pointer?: string;
  reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`, by UTC. */
  expires?: string;
}
