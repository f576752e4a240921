import type { Code, Severity } from "./codes.ts";
import { CODES } from "./codes.ts";
import type { Path } from "./pointer.ts";

export type Status = "failed" | "undecided" | "waived";
export type Outcome = "pass" | "fail" | "undecided";

/** Another place that has to do with a finding: a statement that decided. */
export interface Related {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** What a check says, before anyone has looked up where in the text it stands. */
export interface Finding {
  /** One of `CODES`, or the id of a rule. */
  code: string;
  message: string;
  help?: string;
  /** Into the payload for a request's findings, into the document for a document's. */
  path: Path;
  /** Point at the key of the member, or at where the operation is named, instead of at the value. */
  at?: "key" | "value" | "operation";
  severity?: Severity;
  status?: Status;
  related?: readonly Related[];
}

/** A stretch of text: 1-based lines and columns (UTF-16 code units), the end exclusive. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** One finding as users get it: the shape that `--format json` prints and `validate()` returns. */
export interface Diagnostic extends Partial<Place> {
  /** One of the codes that `countersign explain` lists, or the id of a rule. */
  code: string;
  severity: Severity;
  status: Status;
  message: string;
  help?: string;
  file?: string;
  /** JSON pointer into the payload; "" is the payload itself. Absent where no payload is meant. */
  pointer?: string;
  operation?: string;
  /** Of a waived finding: why it is accepted. */
  waiver?: string;
  /** Other places that have to do with it, in other files. */
  related?: readonly Related[];
  /** Where a baseline is given, of what failed: is it one of the baseline's? What is known is `waived`. */
  baseline?: "known" | "new";
  /** Where a baseline is given, of what failed: by what the baseline knows it. */
  fingerprint?: string;
}

export const severityOf = (finding: Pick<Finding, "code" | "severity">): Severity =>
  finding.severity ?? CODES[finding.code as Code];

/** Fail when an error failed, else undecided when anything is undecided, else pass. */
export function outcomeOf(diagnostics: readonly Pick<Diagnostic, "severity" | "status">[]): Outcome {
  if (diagnostics.some((d) => d.status === "failed" && d.severity === "error")) return "fail";
  return diagnostics.some((d) => d.status === "undecided") ? "undecided" : "pass";
}

/** Report order (contract): file, line, column, code. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.code, b.code)
  );
}

/** By code unit, not by locale: the order must be the same on every machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
