import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { escapeHarmful } from "../diagnostics/text.ts";

/** The check failed, and the request was not sent. */
export class GuardError extends Error {
  override readonly name = "GuardError";
  readonly operation: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Facts that could not be read, and why. */
  readonly problems: readonly string[];
  /** Mirrors the SDK's own errors, so that no retry strategy treats this as a transient error. */
  readonly $retryable = undefined;
  readonly $fault = "client";

  constructor(operation: string, diagnostics: readonly Diagnostic[], problems: readonly string[] = []) {
    const lines = [...diagnostics.map(formatLine), ...problems.map(formatProblem)];
    super(
      `${operation} was not sent, because its check ${describeOutcome(diagnostics)}\n${lines.join("\n")}`,
    );
    this.operation = operation;
    this.diagnostics = diagnostics;
    this.problems = problems;
  }
}

const describeOutcome = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.some(({ status }) => status === "failed") ? "failed:" : "is undecided:";

const formatProblem = (problem: string): string => `  not read: ${escapeHarmful(problem)}`;

/** Formats a diagnostic, such as `  schema/enum at /Type: …`. */
const formatLine = ({ code, pointer, message, help }: Diagnostic): string =>
  `  ${code}${pointer ? ` at ${escapeHarmful(pointer)}` : ""}: ${escapeHarmful(message)}${help === undefined ? "" : `\n    help: ${escapeHarmful(help)}`}`;
