import type { Diagnostic, Outcome } from "./diagnostic.ts";
import type { LineIndex } from "./lines.ts";

/** A request that was checked. */
export interface ReportedRequest {
  file: string;
  operation: string;
  container: string;
  line: number;
  outcome: Outcome;
}

/** The result of a run: the object that `--format json` prints. */
export interface Report {
  version: 1;
  outcome: Outcome;
  summary: Summary;
  requests: ReportedRequest[];
  diagnostics: Diagnostic[];
}

export interface Summary {
  documents: number;
  requests: number;
  errors: number;
  warnings: number;
  infos: number;
  undecided: number;
  /** Includes those in the baseline. */
  waived: number;
  /** How many different facts and policies undecided findings lack. */
  facts: number;
  /** How many different values that are not filled in they lack. */
  values: number;
  /** The number of waived findings that are in the baseline; absent if no baseline is given. */
  baselined?: number;
}

/** The lines of the files mentioned in a report, for formats that show source. */
export type Sources = ReadonlyMap<string, LineIndex>;

/** What makes a run fail in addition to errors. */
export interface FailurePolicy {
  failOn?: "error" | "warning";
  strict?: boolean;
}

export function summarise(documents: number, requests: number, diagnostics: readonly Diagnostic[]): Summary {
  const failed = diagnostics.filter((d) => d.status === "failed");
  const count = (severity: Diagnostic["severity"]) => failed.filter((d) => d.severity === severity).length;
  return {
    documents,
    requests,
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    undecided: diagnostics.filter((d) => d.status === "undecided").length,
    waived: diagnostics.filter((d) => d.status === "waived").length,
    ...countMissing(diagnostics),
  };
}

/** A value is one wherever it is used in a file, and a fact for all files. */
function countMissing(diagnostics: readonly Diagnostic[]): Pick<Summary, "facts" | "values"> {
  const facts = new Set<string>();
  const values = new Set<string>();
  for (const { status, missing = [], file } of diagnostics) {
    if (status !== "undecided") continue;
    for (const { kind, name, command, file: own = file } of missing) {
      if (kind === "value") values.add(`${own}\n${name}`);
      else if (kind !== "call") facts.add(`${kind} ${name}\n${command}`);
    }
  }
  return { facts: facts.size, values: values.size };
}

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
