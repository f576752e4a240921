import type { Diagnostic } from "../diagnostics/diagnostic.ts";
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

/** Describes the counts that follow the outcome, such as ": 3 requests in 2 files, 1 error". */
export const formatVerdict = ({ summary }: Report): string =>
  `: ${formatCount(summary.requests, "request")} in ${formatCount(summary.documents, "file")}${formatCounts(summary)}`;

function formatCounts({ errors, warnings, infos, undecided, waived, baselined = 0 }: Summary): string {
  const parts = [
    errors > 0 && formatCount(errors, "error"),
    warnings > 0 && formatCount(warnings, "warning"),
    infos > 0 && formatCount(infos, "note"),
    undecided > 0 && `${undecided} undecided`,
    waived > baselined && `${waived - baselined} waived`,
    baselined > 0 && `${baselined} known`,
  ].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(", ")}` : ", nothing found";
}
