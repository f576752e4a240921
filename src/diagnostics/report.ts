import type { CountedFile } from "./counted.ts";
import type { Diagnostic, Outcome } from "./diagnostic.ts";
import type { LineIndex } from "./lines.ts";
import { groupMissing } from "./missing.ts";
import type { ReplayReport } from "./replay-report.ts";
import { formatCount } from "./text.ts";

/** A request that was checked. */
export interface ReportedRequest {
  file: string;
  operation: string;
  container: string;
  line: number;
  outcome: Outcome;
  /** Whether the request deletes data, or may do so as far as its payload is known. */
  deletes?: true;
  /** Of a call that CloudTrail recorded: which event it is. */
  eventId?: string;
  /** What AWS answered to a recorded call. */
  aws?: "accepted" | "refused" | "denied";
  /** The set of values that it was checked with, where there are several. */
  values?: string;
}

/** Whom or what a request names: the role it hands over, what it acts on, where something is written. */
export interface RequestParty {
  kind: "role" | "target" | "destination";
  /** JSON pointer into the payload. */
  pointer: string;
  /** An ARN, an id or an address; or what stands in the file for one that only the run knows. */
  name: string;
}

/** Who makes a request, and whom or what it names. */
export interface RequestParties {
  caller?: string;
  parties: readonly RequestParty[];
}

/** The result of a run: the object that `--format json` prints. */
export interface Report {
  version: 1;
  outcome: Outcome;
  summary: Summary;
  requests: ReportedRequest[];
  diagnostics: Diagnostic[];
  /** Undecided checks that are no diagnostics, since no format shows them one by one. Absent unless that was asked for. */
  counted?: readonly CountedFile[];
  /** Of a replay: the calls of a trail beside AWS's answers. */
  replay?: ReplayReport;
  /** When AWS was asked for the facts in each file of context, where the file says so. */
  asOf?: readonly { file: string; asOf: string }[];
  /** Where several checkouts were checked: what was found in each. */
  repositories?: readonly RepositoryResult[];
}

/** What was found in one of several checkouts. */
export interface RepositoryResult {
  /** Its directory, with which the names of its files begin. */
  directory: string;
  outcome: Outcome;
  summary: FoundCounts;
}

/** What a repository or an earlier run is summed up by. */
export type FoundCounts = Pick<
  Summary,
  "requests" | "errors" | "warnings" | "infos" | "undecided" | "unread" | "waived"
>;

export const pickFoundCounts = ({
  requests,
  errors,
  warnings,
  infos,
  undecided,
  unread,
  waived,
}: Summary): FoundCounts => ({ requests, errors, warnings, infos, undecided, unread, waived });

export interface Summary {
  documents: number;
  requests: number;
  errors: number;
  warnings: number;
  infos: number;
  undecided: number;
  /** Calls that could not be read: a part of `undecided`. */
  unread: number;
  /** Calls that were found, but not checked, because there is no schema for their operation. */
  unchecked: number;
  /** Includes those in the baseline. */
  waived: number;
  /** How many facts undecided findings lack; records that one command prints are one fact. */
  facts: number;
  /** How many different values that are not filled in they lack. */
  values: number;
  /** Calls in test files, which a walk passes over; absent if there are none. */
  passedOver?: number;
  /** The number of waived findings that are in the baseline; absent if no baseline is given. */
  baselined?: number;
}

/** The calls of one operation without a schema. */
export interface UncheckedCalls {
  /** As `service:Operation`; undefined for calls whose operation is known only when they are made. */
  operation: string | undefined;
  calls: number;
}

/** The lines of the files mentioned in a report, for formats that show source. */
export type Sources = ReadonlyMap<string, LineIndex>;

/** What makes a run fail in addition to errors. */
export interface FailurePolicy {
  failOn?: "error" | "warning";
  strict?: boolean;
}

export function summarise(
  documents: number,
  requests: number,
  diagnostics: readonly Diagnostic[],
  counted?: readonly CountedFile[],
): Summary {
  const missing = groupMissing(diagnostics, counted);
  return {
    documents,
    requests,
    ...countStatuses(diagnostics, missing.counted.checks),
    unread: missing.unread.length,
    unchecked: 0,
    waived: diagnostics.filter((d) => d.status === "waived").length,
    facts: missing.facts.length,
    values: missing.values.reduce((sum, { names }) => sum + names.length, 0),
  };
}

/** Counts what decides an outcome. Some undecided checks may be no diagnostics. */
export function countStatuses(
  diagnostics: readonly Diagnostic[],
  undecided = 0,
): Pick<Summary, "errors" | "warnings" | "infos" | "undecided"> {
  const counts = { errors: 0, warnings: 0, infos: 0, undecided };
  for (const { status, severity } of diagnostics) {
    if (status === "undecided") counts.undecided++;
    else if (status === "failed") counts[COUNTED_AS[severity]]++;
  }
  return counts;
}

const COUNTED_AS = { error: "errors", warning: "warnings", info: "infos" } as const;

/** The outcome of a run under a failure policy. */
export function decideOutcome(
  summary: Pick<Summary, "errors" | "warnings" | "undecided">,
  bar: FailurePolicy,
): Outcome {
  if (summary.errors > 0) return "fail";
  if (bar.failOn === "warning" && summary.warnings > 0) return "fail";
  if (summary.undecided === 0) return "pass";
  return bar.strict ? "fail" : "undecided";
}

/** The lines that follow the verdict: what was seen, and is neither a request nor a finding. */
export const describeNotChecked = (
  unchecked: readonly UncheckedCalls[],
  { passedOver = 0 }: Pick<Summary, "passedOver">,
): string[] =>
  [
    describeUnchecked(unchecked),
    passedOver > 0
      ? `${formatCount(passedOver, "call")} in test files ${passedOver === 1 ? "was" : "were"} passed over`
      : "",
  ].filter((line) => line !== "");

/**
 * The sentence that follows the verdict if calls were not checked, because there is no schema for their
 * operation; empty if there were none.
 */
export function describeUnchecked(unchecked: readonly UncheckedCalls[]): string {
  const sum = (rows: readonly UncheckedCalls[]) => rows.reduce((total, { calls }) => total + calls, 0);
  const named = unchecked.filter(({ operation }) => operation !== undefined);
  const open = sum(unchecked.filter(({ operation }) => operation === undefined));
  const parts = [
    named.length > 0 &&
      `${formatCount(sum(named), "AWS call")} of ${formatCount(named.length, "operation")} without a schema`,
    open > 0 && `${formatCount(open, "AWS call")} whose operation only the run knows`,
  ].filter(Boolean);
  if (parts.length === 0) return "";
  return `${parts.join(" and ")} ${sum(unchecked) === 1 ? "was" : "were"} not checked`;
}
