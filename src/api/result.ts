import type { Severity } from "../diagnostics/codes.ts";
import type { Diagnostic, Finding, Outcome } from "../diagnostics/diagnostic.ts";
import { severityOf } from "../diagnostics/diagnostic.ts";
import { pathFromPointer, toPointer } from "../diagnostics/pointer.ts";
import type { FailurePolicy } from "../diagnostics/report.ts";
import { decideOutcome } from "../diagnostics/report.ts";
import type { PolicyProblem } from "../permissions/findings/malformed-policy.ts";
import type { FindingCounts } from "../rules/counting/finding-counter.ts";
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

/** The diagnostics are found and made when they are read: many programs need only the outcome. */
export function toResult(
  counts: FindingCounts,
  findAll: () => InputFindings,
  operation: string | undefined,
  policy: FailurePolicy,
): ValidateResult {
  return new LazyResult(decideOutcome(counts, policy), findAll, operation);
}

class LazyResult implements ValidateResult {
  outcome: Outcome;
  declare diagnostics: Diagnostic[];
  #diagnostics: Diagnostic[] | undefined;
  readonly #findAll: () => InputFindings;
  readonly #operation: string | undefined;

  constructor(outcome: Outcome, findAll: () => InputFindings, operation: string | undefined) {
    this.outcome = outcome;
    this.#findAll = findAll;
    this.#operation = operation;
    Object.defineProperty(this, "diagnostics", LazyResult.#OWN);
  }

  /**
   * A property of the object itself, so that copies and JSON have it. All results share one descriptor: making an
   * accessor for each takes longer than checking many a request.
   */
  static readonly #OWN: PropertyDescriptor & ThisType<LazyResult> = {
    get() {
      this.#diagnostics ??= listDiagnostics(this.#findAll(), this.#operation);
      return this.#diagnostics;
    },
    set(value: Diagnostic[]) {
      this.#diagnostics = value;
    },
    enumerable: true,
    configurable: true,
  };

  /** `console.log` would show a getter. */
  [Symbol.for("nodejs.util.inspect.custom")](): ValidateResult {
    return { outcome: this.outcome, diagnostics: this.diagnostics };
  }
}

export function countInputFindings({ findings, pending, problems }: InputFindings): FindingCounts {
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
