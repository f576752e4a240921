import type { Place } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { RuleSetting } from "../rules/settings.ts";

/** The contents of countersign.yaml. Paths and globs are relative to `directory`. */
export interface Config {
  file: string;
  directory: string;
  requests: readonly { files: string; operation: string }[];
  context: readonly string[];
  /** ARN of the principal that makes the calls, for requests that name no caller. */
  caller?: string;
  schemas: readonly string[];
  rulePacks: readonly string[];
  rules: Readonly<Record<string, RuleSetting>>;
  waivers: readonly Waiver[];
  /** The baseline file. */
  baseline?: string;
  /** The file of values for placeholders, or several by the names of their sets. */
  values?: string | Readonly<Record<string, string>>;
  /** The greatest age of facts that are used, such as `24h`. */
  maxAge?: string;
  /** The file to which `exec` appends a line for each command. */
  audit?: string;
  failOn?: "error" | "warning";
  strict?: boolean;
  /** The version of the AWS CLI that runs commands in scripts. */
  cliVersion?: 1 | 2;
  /** The position of a key or value in the configuration file. */
  placeOf(path: Path, at: "key" | "value"): Place;
}

/** One problem in a configuration file. */
export interface ConfigFault {
  message: string;
  help?: string;
  place: Place;
}

/** The configuration is invalid. `faults` lists every problem, ordered by position. */
export class ConfigError extends Error {
  readonly file: string;
  readonly faults: readonly ConfigFault[];

  constructor(file: string, faults: readonly ConfigFault[]) {
    super(`${file} can't be used`);
    this.file = file;
    this.faults = faults;
  }
}

/** A finding that the project has accepted. */
export interface Waiver {
  code: string;
  file?: string;
  pointer?: string;
  reason: string;
  /** The last day on which the waiver applies (inclusive, UTC), as `YYYY-MM-DD`. */
  expires?: string;
}
