import type { Severity } from "../diagnostics/codes.ts";
import type { Diagnostic, Finding, Outcome } from "../diagnostics/diagnostic.ts";
import { severityOf } from "../diagnostics/diagnostic.ts";
import { pathFromPointer, toPointer } from "../diagnostics/pointer.ts";
import type { FailurePolicy } from "../diagnostics/report.ts";
import { decideOutcome } from "../diagnostics/report.ts";
import type { PolicyProblem } from "../permissions/findings/malformed-policy.ts";
import type { PendingFinding } from "../rules/findings/pending-finding.ts";

export interface ValidateResult {
  outcome: Outcome;
  /** Without file, line and column; `pointer` locates the problem in the payload. */
  diagnostics: Diagnostic[];
}

/** What was found for one input. */
export interface InputFindings {
  findings: Finding[];
  /** Of rules. */
  pending: readonly PendingFinding[];
  /** Problems in policies of context files. */
  problems: PolicyProblem[];
}

/** The diagnostics are made when they are read: many programs need only the outcome. */
export function toResult(
  found: InputFindings,
  operation: string | undefined,
  policy: FailurePolicy,
): ValidateResult {
  let diagnostics: Diagnostic[] | undefined;
  return Object.setPrototypeOf(
    {
      outcome: decideOutcome(countFindings(found), policy),
      get diagnostics() {
        diagnostics ??= listDiagnostics(found, operation);
        return diagnostics;
      },
      set diagnostics(value) {
        diagnostics = value;
      },
    },
    SHOWN_WHOLE,
  );
}

/** `console.log` would show a getter. */
const SHOWN_WHOLE = Object.create(Object.prototype, {
  [Symbol.for("nodejs.util.inspect.custom")]: {
    value(this: ValidateResult) {
      return { outcome: this.outcome, diagnostics: this.diagnostics };
    },
  },
});

function countFindings({ findings, pending, problems }: InputFindings): Parameters<typeof decideOutcome>[0] {
  const counts = { errors: 0, warnings: 0, undecided: 0 };
  const count = (severity: Severity, status: string): void => {
    if (status === "undecided") counts.undecided++;
    else if (severity === "error") counts.errors++;
    else if (severity === "warning") counts.warnings++;
  };
  for (const { code, severity, status = "failed" } of findings)
    count(severity ?? severityOf({ code }), status);
  for (const { severity, status } of pending) count(severity, status);
  for (const problem of problems) count(severityOf(problem), "failed");
  return counts;
}

function listDiagnostics(
  { findings, pending, problems }: InputFindings,
  operation: string | undefined,
): Diagnostic[] {
  const all = [...findings, ...pending.map((each) => each.toFinding())];
  const diagnostics = all.map(
    ({ code, message, help, path, at, severity, status = "failed", related, missing }): Diagnostic => ({
      code,
      severity: severityOf({ code, ...(severity && { severity }) }),
      status,
      message,
      ...(help !== undefined && { help }),
      ...(at !== "operation" && { pointer: toPointer(path) }),
      ...(operation !== undefined && { operation }),
      ...(related && related.length > 0 && { related }),
      ...(status === "undecided" && { missing: missing ?? [] }),
    }),
  );
  for (const { at, ...problem } of problems) {
    const place = at ? { file: at.file, ...at.place } : {};
    diagnostics.push({ ...problem, severity: severityOf(problem), status: "failed", ...place });
  }
  return diagnostics.sort(compareByPointer);
}

/** Orders by pointer, then code; array indexes are compared as numbers. */
function compareByPointer(a: Diagnostic, b: Diagnostic): number {
  const left = pathFromPointer(a.pointer ?? "");
  const right = pathFromPointer(b.pointer ?? "");
  for (const [depth, part] of left.entries()) {
    const order = compareParts(part, right[depth]);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareParts(a.code, b.code);
}

function compareParts(a: string, b: string | undefined): number {
  if (b === undefined) return 1;
  const numbers = Number(a) - Number(b);
  return Number.isNaN(numbers) ? (a < b ? -1 : a > b ? 1 : 0) : numbers;
}
