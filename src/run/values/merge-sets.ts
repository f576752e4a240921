import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { compareByCodeUnit, compareDiagnostics } from "../../diagnostics/diagnostic.ts";
import type { FailurePolicy, ReportedRequest } from "../../diagnostics/report.ts";
import { decideOutcome, summarise } from "../../diagnostics/report.ts";
import type { CheckedFiles } from "../../engine/report/build-report.ts";

/** The result of a check with the values of one set. */
export interface SetResult {
  name: string;
  checked: CheckedFiles;
}

/** Makes one result of the checks with each set of values; each request and finding names its set. */
export function mergeSets(results: readonly SetResult[], bar: FailurePolicy): CheckedFiles {
  const [first] = results;
  for (const result of results) nameSet(result);
  const reports = results.map(({ checked }) => checked.report);
  // What is not about a request is the same with any values.
  const diagnostics = results
    .flatMap(({ checked }, index) =>
      checked.report.diagnostics.filter((found) => index === 0 || checked.requestOf.has(found)),
    )
    .sort(compareDiagnostics);
  const requests = reports.flatMap((report) => report.requests).sort(compareRequests);
  const { documents, unchecked, passedOver } = first!.checked.report.summary;
  const baselined = reports.some(({ summary }) => summary.baselined !== undefined)
    ? { baselined: reports.reduce((sum, { summary }) => sum + (summary.baselined ?? 0), 0) }
    : {};
  const summary = {
    ...summarise(documents, requests.length, diagnostics),
    unchecked,
    ...(passedOver !== undefined && { passedOver }),
    ...baselined,
  };
  const checkedOf = new Map(
    results.flatMap(({ checked }) => checked.report.requests.map((request) => [request, checked] as const)),
  );
  return {
    ...first!.checked,
    report: { version: 1, outcome: decideOutcome(summary, bar), summary, requests, diagnostics },
    sources: new Map(results.flatMap(({ checked }) => [...checked.sources])),
    partiesOf: (request) => checkedOf.get(request)?.partiesOf(request) ?? { parties: [] },
    payloadOf: (request) => checkedOf.get(request)?.payloadOf(request),
    requestOf: joinMaps(results.map(({ checked }) => checked.requestOf)),
    payloads: joinMaps(results.map(({ checked }) => checked.payloads)),
  };
}

function nameSet({ name, checked: { report, requestOf } }: SetResult): void {
  for (const request of report.requests) request.values = name;
  for (const diagnostic of report.diagnostics) {
    if (!requestOf.has(diagnostic)) continue;
    diagnostic.values = name;
    diagnostic.message = `with the values \`${name}\`: ${diagnostic.message}`;
  }
}

const joinMaps = <V>(maps: readonly ReadonlyMap<Diagnostic, V>[]): Map<Diagnostic, V> =>
  new Map(maps.flatMap((map) => [...map]));

const compareRequests = (a: ReportedRequest, b: ReportedRequest): number =>
  compareByCodeUnit(a.file, b.file) || a.line - b.line;
