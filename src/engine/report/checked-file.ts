import type { CountedFacts } from "../../diagnostics/counted.ts";
import type { Diagnostic, Finding } from "../../diagnostics/diagnostic.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { FailurePolicy, ReportedRequest } from "../../diagnostics/report.ts";
import type { Policy } from "../../iam/policy.ts";
import type { PolicyProblem } from "../../permissions/findings/malformed-policy.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import type { Unchecked } from "../../requests/request.ts";
import type { RuleInput } from "../../rules/input.ts";
import type { CheckCounter, CheckCounts } from "../counting/check-counter.ts";

export interface FileCheckOptions extends FailurePolicy {
  /** The operation of all bare payloads; overrides `operationOf`, which gives it per file. */
  operation?: string;
  operationOf?: (file: string) => string | undefined;
  /** Whether the run uses a file as its configuration, context, rules, schemas or baseline. */
  isOwnFile?: (file: string) => boolean;
  /** Report a file without requests as `info` instead of as an error. */
  allowEmpty?: boolean;
  /** The commit that context is read from. If set, the context and caller of requests are not trusted. */
  contextFrom?: string;
  /** Returns the waiver that covers a diagnostic, if any. */
  waiverOf?: (diagnostic: Diagnostic) => { reason: string } | undefined;
  /** Counts the undecided checks that no format shows. */
  counter?: CheckCounter;
}

/** A request of a file, with its diagnostics. */
export interface CheckedRequest {
  /** Absent once the file was checked in a run that keeps no payloads. */
  request?: LocatedRequest;
  diagnostics: readonly Diagnostic[];
  /** Input of the rules that compare the requests of a run; absent if it could not be evaluated. */
  input?: RuleInput;
  /** Checks that are no diagnostics. */
  counts?: CheckCounts;
}

/** What a report is made of. */
export interface CheckedFile {
  readonly file: string;
  readonly requests: readonly CheckedRequest[];
  readonly diagnostics: readonly Diagnostic[];
  /** What counted checks wait for. */
  readonly facts?: CountedFacts;
  /** Policies that were evaluated for this file's requests. */
  readonly consulted: ReadonlySet<Policy> | undefined;
  /** In their place, of a file that another process checked: the problems in them. */
  readonly policyProblems?: readonly PolicyProblem[];
  /** The text of each call that could not be read. */
  readonly callTexts: ReadonlyMap<Diagnostic, string> | undefined;
  /** Calls of operations without a schema. */
  readonly unchecked: readonly Unchecked[];
  /** Other files that this file's requests take text from. */
  readonly reads: readonly string[];
  /** How many calls the file makes as a test of other code. */
  readonly passedOver: number;
  /** The lines of the files that the diagnostics are in; undefined where they are to be read again. */
  readonly sources: ReadonlyMap<string, LineIndex | undefined>;
  /** The requests in the form that the report lists them. */
  listReported(): readonly ReportedRequest[];
}

/** A file to which findings may be added. */
export interface OpenFile extends CheckedFile {
  /** Adds a finding to one of `requests`. Returns undefined if the finding was suppressed. */
  addFinding(finding: Finding, index: number): Diagnostic | undefined;
  /** Drops all diagnostics that `wanted` rejects, and the requests that have none left. */
  keepOnly(wanted: (diagnostic: Diagnostic) => boolean): void;
}
