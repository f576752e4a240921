import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { MissingInputs } from "../diagnostics/missing.ts";
import { countChecks, missingOf } from "../diagnostics/missing.ts";
import type { Report, Summary } from "../diagnostics/report.ts";
import { formatCount } from "../diagnostics/text.ts";

/** The labels of findings, worst first. */
export const FINDING_LABELS = ["error", "warning", "undecided", "info", "waived", "known"] as const;
export type FindingLabel = (typeof FINDING_LABELS)[number];

export function labelOf({ status, severity, baseline }: Diagnostic): FindingLabel {
  if (status === "failed") return severity;
  return status === "waived" && baseline === "known" ? "known" : status;
}

/** Sorts diagnostics worst first; otherwise the order of the report is kept. */
export const sortWorstFirst = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  FINDING_LABELS.flatMap((kind) => diagnostics.filter((diagnostic) => labelOf(diagnostic) === kind));

/** Describes the counts that follow the outcome, such as ": 1 request (1 fail, 0 undecided, 0 pass), 1 error". */
export function formatVerdict(report: Report): string {
  const { summary } = report;
  const failed = formatFailedCounts(summary);
  const waiting = describeWaiting(missingOf(report));
  const isNothing = failed.length + waiting.length === 0;
  const listed = [`: ${formatRequests(report)}`, ...(isNothing ? ["nothing found"] : failed)].join(", ");
  return [listed, ...waiting].join("; ");
}

const REQUEST_OUTCOMES = ["fail", "undecided", "pass"] as const;

function formatRequests({ summary, requests }: Report): string {
  const counts = REQUEST_OUTCOMES.map(
    (outcome) => `${requests.filter((request) => request.outcome === outcome).length} ${outcome}`,
  );
  return `${formatCount(summary.requests, "request")}${requests.length > 0 ? ` (${counts.join(", ")})` : ""}`;
}

function formatFailedCounts({ errors, warnings, infos, waived, baselined = 0 }: Summary): string[] {
  return [
    errors > 0 && formatCount(errors, "error"),
    warnings > 0 && formatCount(warnings, "warning"),
    infos > 0 && formatCount(infos, "note"),
    waived > baselined && `${waived - baselined} waived`,
    baselined > 0 && `${baselined} known`,
  ].filter((part) => part !== false);
}

function describeWaiting(missing: MissingInputs): string[] {
  const { open, unread } = missing;
  const waiting = countChecks(missing.waiting, missing.counted);
  return [
    waiting > 0 && `${formatCount(waiting, "check")} ${formatWaiting(missing)}`,
    open.length > 0 && `${formatCount(open.length, "check")} can't be decided`,
    unread.length > 0 && `${formatCount(unread.length, "call")} not read`,
  ].filter((part) => part !== false);
}

/** Formats "12 checks of 8 requests". */
export const formatChecks = ({ length }: { length: number }, requests: number): string =>
  `${formatCount(length, "check")} of ${formatCount(requests, "request")}`;

/** The heading over what undecided checks wait for. */
export function describeWaitingChecks(missing: MissingInputs, requests: number): string {
  const length = countChecks(missing.waiting, missing.counted);
  const passed = length === 1 ? "it doesn't count" : "none of them counts";
  return `${formatChecks({ length }, requests)} ${formatWaiting(missing)}; ${passed} as passed`;
}

/** Formats "wait for 6 facts and 25 values". */
function formatWaiting({ waiting, counted, facts, values }: MissingInputs): string {
  const names = values.reduce((sum, value) => sum + value.names.length, 0);
  const inputs = [
    facts.length > 0 && formatCount(facts.length, "fact"),
    names > 0 && formatCount(names, "value"),
  ];
  return `${countChecks(waiting, counted) === 1 ? "waits" : "wait"} for ${inputs.filter((part) => part !== false).join(" and ")}`;
}
