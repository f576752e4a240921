import type { Outcome } from "../diagnostics/diagnostic.ts";
import type { Report, RepositoryResult } from "../diagnostics/report.ts";
import { formatCount } from "../diagnostics/text.ts";

const ORDER: readonly Outcome[] = ["fail", "undecided", "pass"];

/** The repositories of a report, the worst first. */
export const sortRepositories = ({ repositories = [] }: Report): RepositoryResult[] =>
  [...repositories].sort(
    (a, b) =>
      ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) ||
      b.summary.errors - a.summary.errors ||
      b.summary.undecided - a.summary.undecided,
  );

/** Counts repositories by outcome: "3 repositories (1 fail, 0 undecided, 2 pass)". */
export function countRepositories({ repositories = [] }: Report): string {
  const counts = ORDER.map(
    (outcome) => `${repositories.filter((each) => each.outcome === outcome).length} ${outcome}`,
  );
  return `${formatCount(repositories.length, "repository", "repositories")} (${counts.join(", ")})`;
}

/** What was found in one: "4 requests, 2 errors, 3 undecided". */
export const describeRepository = ({ summary }: RepositoryResult): string =>
  [
    formatCount(summary.requests, "request"),
    ...(summary.errors > 0 ? [formatCount(summary.errors, "error")] : []),
    ...(summary.warnings > 0 ? [formatCount(summary.warnings, "warning")] : []),
    ...(summary.undecided > 0 ? [`${summary.undecided} undecided`] : []),
    ...(summary.waived > 0 ? [`${summary.waived} waived`] : []),
  ].join(", ");
