import type { Report } from "../../diagnostics/report.ts";
import type { StoredFile } from "../../engine/parts/stored-file.ts";
import type { CheckFlags } from "../types.ts";
import type { FileOrder } from "./file-order.ts";
import type { PolicyDigests } from "./policy-digest.ts";
import type { Shard } from "./shard.ts";

/** The version of the format of parts. */
export const PART_VERSION = 2;

/** Options that decide about findings, with the flags that give them. They are the same in all parts of a run. */
export const SHARED_OPTIONS = {
  operation: "--operation",
  config: "--config",
  schemas: "--schemas",
  context: "--context",
  rules: "--rules",
  maxAge: "--max-age",
  caller: "--caller",
  values: "--values",
  assumeDefaults: "--assume-defaults",
  skipUnrelated: "--skip-unrelated",
  policyFrom: "--policy-from",
  changedFrom: "--changed-from",
  allowEmpty: "--allow-empty",
  failOn: "--fail-on",
  strict: "--strict",
  baseline: "--baseline",
} as const satisfies Partial<Record<keyof CheckFlags, string>>;

/** Whether the user gave an option, or one value of it. */
export const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined;

/** The options among them of which `merge` may have others: they decide only about what is reported how. */
export const REPORT_OPTIONS: ReadonlySet<string> = new Set(["allowEmpty", "failOn", "strict", "baseline"]);

/** The first line of a part. */
export interface PartHeader extends Shard {
  countersign: "part";
  version: number;
  /** The version of Countersign. */
  by: string;
  paths: readonly string[];
  options: Readonly<Record<string, unknown>>;
  /** The time that the run goes by, and whether the user said it. */
  now: string;
  isNowGiven: boolean;
  policy: PolicyDigests;
}

/** What the check with one set of values found. */
export interface PartSet {
  /** Names of placeholders that were met, and of values that were used. */
  met: string[];
  used: string[];
  files: PartFile[];
}

export type PartFile = StoredFile & { order: FileOrder };

/** The last line of a part. */
export interface PartEnd {
  /** The number of lines before it, and the digest of them. */
  lines: number;
  sha256: string;
  /** Whether a file that the user named does not exist. */
  missing: boolean;
  /** Arguments that matched no file. */
  empty: string[];
  /** Indexes of the waivers that waived something. */
  usedWaivers: number[];
  /** The files of the shard that are reported on, whether or not there is anything in them. */
  reported: string[];
  asOf?: NonNullable<Report["asOf"]>;
}
