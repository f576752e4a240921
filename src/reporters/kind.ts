import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Report, Summary } from "../diagnostics/report.ts";
import { counted } from "../diagnostics/text.ts";

/** The labels of findings, worst first. */
export const KINDS = ["error", "warning", "undecided", "info", "waived", "known"] as const;
export type Kind = (typeof KINDS)[number];

export function kindOf({ status, severity, baseline }: Diagnostic): Kind {
  if (status === "failed") return severity;
  return status === "waived" && baseline === "known" ? "known" : status;
}

/** Sorts diagnostics worst first; otherwise the order of the report is kept. */
export const worstFirst = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  KINDS.flatMap((kind) => diagnostics.filter((diagnostic) => kindOf(diagnostic) === kind));

/** Describes the counts that follow the outcome, such as ": 3 requests in 2 files, 1 error". */
export const verdictOf = ({ summary }: Report): string =>
  `: ${counted(summary.requests, "request")} in ${counted(summary.documents, "file")}${counts(summary)}`;

function counts({ errors, warnings, infos, undecided, waived, baselined = 0 }: Summary): string {
  const parts = [
    errors > 0 && counted(errors, "error"),
    warnings > 0 && counted(warnings, "warning"),
    infos > 0 && counted(infos, "note"),
    undecided > 0 && `${undecided} undecided`,
    waived > baselined && `${waived - baselined} waived`,
    baselined > 0 && `${baselined} known`,
  ].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(", ")}` : ", nothing found";
}
