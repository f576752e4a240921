import { compareByCodeUnit } from "../../diagnostics/diagnostic.ts";
import type { UncheckedCalls } from "../../diagnostics/report.ts";
import type { Unchecked } from "../../requests/request.ts";

/** Counts calls by operation, sorted; those whose operation only the run knows come last. */
export function countCalls(calls: readonly Unchecked[]): UncheckedCalls[] {
  const counts = new Map<string | undefined, number>();
  for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  const rows = [...counts].map(([operation, calls]) => ({ operation, calls }));
  return rows.sort((a, b) => compareNames(a.operation, b.operation));
}

function compareNames(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareByCodeUnit(a, b);
}
