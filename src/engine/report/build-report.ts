import type { CountedChecks, CountedFile } from "../../diagnostics/counted.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { compareDiagnostics } from "../../diagnostics/diagnostic.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type {
  FailurePolicy,
  Report,
  ReportedRequest,
  RequestParties,
  UncheckedCalls,
} from "../../diagnostics/report.ts";
import { decideOutcome, summarise } from "../../diagnostics/report.ts";
import type { CheckCounter } from "../counting/check-counter.ts";
import type { CheckedFile, CheckedRequest } from "./checked-file.ts";
import { describeParties } from "./parties.ts";
import { ReportSources } from "./report-sources.ts";

export interface CheckedFiles {
  report: Report;
  /** The files that were checked. */
  files: readonly string[];
  /** Line index by file name, for files that have diagnostics. */
  sources: Map<string, LineIndex>;
  /** The request that a diagnostic belongs to. Diagnostics about a whole file have no entry. */
  requestOf: ReadonlyMap<Diagnostic, ReportedRequest>;
  /** Who makes a request, and whom or what it names. */
  partiesOf: (request: ReportedRequest) => RequestParties;
  /** What a request sends, as far as it is known. */
  payloadOf: (request: ReportedRequest) => unknown;
  /** The payload of that request. */
  payloads: ReadonlyMap<Diagnostic, unknown>;
  /** Calls of operations without a schema, sorted by operation. */
  unchecked: readonly UncheckedCalls[];
  /** Whether a file that the user named does not exist. */
  missing: boolean;
}

/** What a report is built with. */
export interface ReportOptions extends FailurePolicy {
  /**
   * Called with all diagnostics, sorted, before anything is counted. It may change them in place, for example
   * to mark those in a baseline.
   */
  mark?: (diagnostics: readonly Diagnostic[], payloads: ReadonlyMap<Diagnostic, unknown>) => void;
  /** Counts the undecided checks that no format shows. */
  counter?: CheckCounter;
}

/** Builds the report of the files that were checked, with diagnostics about others. */
export function buildReport(
  files: readonly CheckedFile[],
  others: readonly Diagnostic[],
  options: ReportOptions,
): Omit<CheckedFiles, "missing" | "unchecked"> {
  const { diagnostics, payloads, sources } = collectDiagnostics(files, others);
  diagnostics.sort(compareDiagnostics);
  options.mark?.(diagnostics, payloads);
  const { requests, counted, requestOf, checkedOf } = listReportedRequests(files);
  const partiesOf = (request: ReportedRequest) => describeParties(checkedOf.get(request));
  const payloadOf = (request: ReportedRequest): unknown => checkedOf.get(request)?.request?.payload;
  const summary = summarise(files.length, requests.length, diagnostics, counted);
  if (options.mark) summary.baselined = diagnostics.filter(({ baseline }) => baseline === "known").length;
  const report = {
    version: 1,
    outcome: decideOutcome(summary, options),
    summary,
    requests,
    diagnostics,
    ...(options.counter && { counted }),
  } as const;
  return { report, files: files.map(({ file }) => file), sources, requestOf, partiesOf, payloadOf, payloads };
}

function collectDiagnostics(files: readonly CheckedFile[], others: readonly Diagnostic[]) {
  const diagnostics: Diagnostic[] = [...others];
  const payloads = new Map<Diagnostic, unknown>();
  const sources = new ReportSources();
  for (const file of files) {
    // Pushed one by one: spreading a hostile file's findings into one call could exceed the argument limit.
    for (const diagnostic of file.diagnostics) diagnostics.push(diagnostic);
    for (const { request, diagnostics: own } of file.requests)
      if (request) for (const diagnostic of own) payloads.set(diagnostic, request.payload);
    for (const [diagnostic, text] of file.callTexts ?? []) payloads.set(diagnostic, text);
    if (file.diagnostics.length > 0) for (const [name, lines] of file.sources) sources.add(name, lines);
  }
  return { diagnostics, payloads, sources };
}

/** Lists all requests for the report with what is counted of them, and maps each diagnostic to its request. */
function listReportedRequests(files: readonly CheckedFile[]) {
  const requests: ReportedRequest[] = [];
  const counted: CountedFile[] = [];
  const requestOf = new Map<Diagnostic, ReportedRequest>();
  const checkedOf = new Map<ReportedRequest, CheckedRequest>();
  for (const checked of files) {
    const { file, facts } = checked;
    const own: CountedChecks[] = [];
    for (const [index, request] of checked.listReported().entries()) {
      const one = checked.requests[index]!;
      requests.push(request);
      if (one.request) checkedOf.set(request, one);
      if (one.counts) own.push({ request, ...one.counts });
      for (const diagnostic of one.diagnostics) requestOf.set(diagnostic, request);
    }
    if (facts) counted.push({ file, facts, requests: own });
  }
  return { requests, counted, requestOf, checkedOf };
}
