import type { Severity } from "../../diagnostics/codes.ts";
import type { Outcome } from "../../diagnostics/diagnostic.ts";
import type { FailurePolicy } from "../../diagnostics/report.ts";
import type { RecordedCall } from "../../requests/trail/recorded-call.ts";

/** A past call, with what the policy of today says of it. */
export interface PastCall {
  operation: string;
  recorded: RecordedCall;
  outcome: Outcome;
  /** The findings that fail it. */
  stops: readonly { code: string; message: string }[];
}

/** Whether a finding of this severity fails a call. */
export const stopsCall = (severity: Severity, { failOn }: FailurePolicy): boolean =>
  severity === "error" || (failOn === "warning" && severity === "warning");
