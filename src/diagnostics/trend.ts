import type { Diagnostic, Outcome } from "./diagnostic.ts";
import { compareByCodeUnit } from "./diagnostic.ts";
import type { FoundCounts, Report } from "./report.ts";
import { pickFoundCounts } from "./report.ts";

/** How often a code was found in one run, by status. */
export type TrendCounts = Readonly<Record<Diagnostic["status"], number>>;

/** What is kept of one run. */
export interface TrendRecord {
  version: 1;
  /** When the run was, in UTC. */
  at: string;
  outcome: Outcome;
  summary: FoundCounts;
  /** By code or rule, sorted. */
  rules: Readonly<Record<string, TrendCounts>>;
}

/** What is kept of a report. */
export function createTrendRecord({ outcome, summary, diagnostics }: Report, at: Date): TrendRecord {
  const rules = new Map<string, Record<Diagnostic["status"], number>>();
  for (const { code, status } of diagnostics) {
    const counts = rules.get(code) ?? { failed: 0, undecided: 0, waived: 0 };
    counts[status]++;
    rules.set(code, counts);
  }
  return {
    version: 1,
    at: at.toISOString(),
    outcome,
    summary: pickFoundCounts(summary),
    rules: Object.fromEntries([...rules].sort(([a], [b]) => compareByCodeUnit(a, b))),
  };
}
