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

/** What a run found: the object that `--format json` prints. */
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
  /** Known ones included. */
  waived: number;
  /** How many of the waived stand in the baseline; absent where none is given. */
  baselined?: number;
}

/** The lines of the files that a report speaks of, for those formats that show them. */
export type Sources = ReadonlyMap<string, LineIndex>;

/** What makes a run fail besides errors. */
export interface Bar {
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
  };
}

/** The outcome by what was found and how high the bar is. */
export function outcomeAt(summary: Pick<Summary, "errors" | "warnings" | "undecided">, bar: Bar): Outcome {
  if (summary.errors > 0) return "fail";
  if (bar.failOn === "warning" && summary.warnings > 0) return "fail";
  if (summary.undecided === 0) return "pass";
  return bar.strict ? "fail" : "undecided";
}
