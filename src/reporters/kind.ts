import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Report, Summary } from "../diagnostics/report.ts";
import { counted } from "../diagnostics/text.ts";

/** What a finding is called, worst first. */
export const KINDS = ["error", "warning", "undecided", "info", "waived", "known"] as const;
export type Kind = (typeof KINDS)[number];

export function kindOf({ status, severity, baseline }: Diagnostic): Kind {
  if (status === "failed") return severity;
  return status === "waived" && baseline === "known" ? "known" : status;
}

/** The worst first, else in the order of the report. */
export const worstFirst = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  KINDS.flatMap((kind) => diagnostics.filter((diagnostic) => kindOf(diagnostic) === kind));

/** ": 3 requests in 2 files, 1 error": what follows the outcome in a report's verdict. */
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
