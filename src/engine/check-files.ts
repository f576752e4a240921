import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { compareDiagnostics, severityOf } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Report, ReportedRequest, RequestParties, UncheckedCalls } from "../diagnostics/report.ts";
import { decideOutcome, summarise } from "../diagnostics/report.ts";
import { readSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import type { RuleInput } from "../rules/input.ts";
import { FileCheck } from "./check-file.ts";
import { applySeverities } from "./check-request.ts";
import type { Engine, FileCheckOptions } from "./engine.ts";
import { createReadTest } from "./expected.ts";
import type { CheckedRequest } from "./parts/checked-request.ts";
import { countCalls } from "./report/count-calls.ts";
import { describeParties } from "./report/parties.ts";
import { listPolicyProblems } from "./report/policy-problems.ts";
import { TemplateIndex } from "./templates/index.ts";

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

/** A checked request to which `CheckOptions.review` may add findings. */
export interface ReviewedRequest {
  input: RuleInput;
  add(finding: Finding): void;
}

/**
 * Whether to report findings for a file. With `read`, the file is one that another file's request takes text
 * from; it may not exist.
 */
export type IsReported = (file: string, as: "checked" | "read") => boolean;

export interface CheckOptions extends FileCheckOptions {
  /** Called with all requests before the report is built. */
  review?: (requests: readonly ReviewedRequest[]) => Promise<void>;
  /**
   * Selects the files to report on. All files are checked regardless, since rules may compare the requests of
   * a run.
   */
  isReported?: IsReported;
  /**
   * Called with all diagnostics, sorted, before anything is counted. It may change them in place, for example
   * to mark those in a baseline.
   */
  mark?: (diagnostics: readonly Diagnostic[], payloads: ReadonlyMap<Diagnostic, unknown>) => void;
}

/** The files of a run, each checked on its own. */
export interface FileResults {
  files: FileCheck[];
  /** Files of which nothing is to be reported but counts. */
  others: FileCheck[];
  /** Whether a file that the user named does not exist. */
  missing: boolean;
  /** The files whose requests are compared with each other, where that isn't all of them. */
  groups?: readonly (readonly FileCheck[])[];
}

/** Checks every request in the given files and builds the report. */
export async function checkFiles(
  entries: Iterable<FileEntry>,
  engine: Engine,
  options: CheckOptions,
): Promise<CheckedFiles> {
  return concludeCheck(await checkEachFile(entries, engine, options), engine, options);
}

/** Checks files one by one: those that `isOwn`, though all of them may define what requests refer to. */
export async function checkEachFile(
  given: Iterable<FileEntry>,
  engine: Engine,
  options: CheckOptions,
  isOwn: (entry: FileEntry) => boolean = () => true,
): Promise<FileResults> {
  const entries = [...given];
  engine.templates = new TemplateIndex(entries, engine.schemas);
  const results: FileResults = { files: [], others: [], missing: false };
  const isWorthReading = await createReadTest(entries, engine);
  for (const entry of entries) {
    if (!isOwn(entry)) continue;
    const operation = options.operation ?? options.operationOf?.(entry.file);
    if (!entry.source && !isWorthReading(entry, operation)) continue;
    const { file, isExplicit: named, source = readSource(file) } = entry;
    if (named && "problem" in source && source.problem.missing) results.missing = true;
    const check = new FileCheck(source, named, engine, options);
    ((await check.run()) ? results.files : results.others).push(check);
  }
  return results;
}

/** Does what takes the files of a run together, and builds the report. */
export async function concludeCheck(
  { files, others, missing, groups = [files] }: FileResults,
  engine: Engine,
  options: CheckOptions,
): Promise<CheckedFiles> {
  const caused = new Set(groups.flatMap((group) => [...checkRunRules(group, engine, options)]));
  await options.review?.(listEvaluatedRequests(files).map((at) => toReviewedRequest(at, engine.ruleOptions)));
  const built = buildReport(
    filterReportedFiles(files, caused, options),
    collectPolicyDiagnostics(files, engine, options),
    options,
  );
  const reported = [...files, ...others].filter((file) => isFullyReported(file, options));
  const unchecked = countUnchecked(reported);
  built.report.summary.unchecked = unchecked.reduce((sum, { calls }) => sum + calls, 0);
  const passedOver = reported.reduce((sum, file) => sum + file.passedOver, 0);
  if (passedOver > 0) built.report.summary.passedOver = passedOver;
  return { ...built, unchecked, missing };
}

const countUnchecked = (files: readonly FileCheck[]): UncheckedCalls[] =>
  countCalls(files.flatMap(({ unchecked }) => unchecked));

/**
 * Problems in the policies that were evaluated. Each is reported once per run, at its position in the policy.
 */
function collectPolicyDiagnostics(
  files: readonly FileCheck[],
  engine: Engine,
  { waiverOf }: FileCheckOptions,
): Diagnostic[] {
  const { ruleOptions } = engine;
  // The policies of a template are read for each account and Region that they are evaluated in.
  const problems = new Map(listPolicyProblems(files, engine).map((each) => [JSON.stringify(each), each]));
  return applySeverities([...problems.values()], ruleOptions).map(({ at, ...problem }) => {
    const place = { ...(at && { file: at.file, ...at.place }) };
    const diagnostic: Diagnostic = { ...problem, severity: severityOf(problem), status: "failed", ...place };
    const waiver = waiverOf?.(diagnostic);
    return waiver ? { ...diagnostic, status: "waived", waiver: waiver.reason } : diagnostic;
  });
}

/**
 * Evaluates the rules that compare all requests of a run. A finding about two requests is attached to only
 * one of them, which may be in a file that is not reported; the findings that a reported file causes there
 * are returned.
 */
function checkRunRules(
  files: readonly FileCheck[],
  engine: Engine,
  { isReported }: CheckOptions,
): Set<Diagnostic> {
  const evaluated = listEvaluatedRequests(files);
  const found = evaluateRunRules(evaluated, engine);
  const isUnreported = ({ file }: EvaluatedRequest): boolean => !isFullyReported(file, { isReported });
  const unreported = new Set(evaluated.filter(isUnreported));
  const known = groupCodes(evaluateRunRules([...unreported], engine));
  const allCodes = groupCodes(found);
  const reportedRequests = evaluated.filter((at) => !unreported.has(at));
  const caused = new Set<Diagnostic>();
  for (const { at, finding } of found) {
    const diagnostic = at.file.addFinding(finding, at.request);
    if (diagnostic && isCaused(finding.code, at)) caused.add(diagnostic);
  }
  return caused;

  /**
   * Whether the finding is caused by a reported file. If the unreported requests alone already produce it, it
   * counts only when a reported request without a finding of this code produces it, too.
   */
  function isCaused(code: string, at: EvaluatedRequest): boolean {
    if (!known.get(at)?.has(code)) return true;
    const withoutCode = new Set(reportedRequests.filter((one) => !allCodes.get(one)?.has(code)));
    if (withoutCode.size === 0) return false;
    const among = evaluated.filter((one) => one === at || withoutCode.has(one));
    return groupCodes(evaluateRunRules(among, engine)).get(at)?.has(code) === true;
  }
}

function groupCodes(
  found: readonly { at: EvaluatedRequest; finding: Finding }[],
): Map<EvaluatedRequest, Set<string>> {
  const codes = new Map<EvaluatedRequest, Set<string>>();
  for (const { at, finding } of found) codes.set(at, (codes.get(at) ?? new Set()).add(finding.code));
  return codes;
}

function evaluateRunRules(
  evaluated: readonly EvaluatedRequest[],
  { rules, ruleOptions }: Engine,
): { at: EvaluatedRequest; finding: Finding }[] {
  if (!rules) return [];
  const inputs = evaluated.map(({ request }) => request.input);
  return rules
    .evaluateChangeset(inputs, ruleOptions)
    .map(({ index, finding }) => ({ at: evaluated[index]!, finding }));
}

interface EvaluatedRequest {
  file: FileCheck;
  request: Required<CheckedRequest>;
}

const listEvaluatedRequests = (files: readonly FileCheck[]): EvaluatedRequest[] =>
  files
    .flatMap((file) => file.requests.map((request) => ({ file, request })))
    .filter((at): at is EvaluatedRequest => at.request.input !== undefined);

const toReviewedRequest = (
  { file, request }: EvaluatedRequest,
  ruleOptions: Engine["ruleOptions"],
): ReviewedRequest => ({
  input: request.input,
  add: (finding) => {
    for (const each of applySeverities([finding], ruleOptions)) file.addFinding(each, request);
  },
});

function buildReport(
  files: readonly FileCheck[],
  others: readonly Diagnostic[],
  options: CheckOptions,
): Omit<CheckedFiles, "missing" | "unchecked"> {
  const diagnostics: Diagnostic[] = [...others];
  const payloads = new Map<Diagnostic, unknown>();
  const sources = new Map<string, LineIndex>();
  for (const file of files) {
    // Pushed one by one: spreading a hostile file's findings into one call could exceed the argument limit.
    for (const diagnostic of file.diagnostics) diagnostics.push(diagnostic);
    for (const { request, diagnostics: own } of file.requests)
      for (const diagnostic of own) payloads.set(diagnostic, request.payload);
    for (const [diagnostic, text] of file.callTexts ?? []) payloads.set(diagnostic, text);
    if (file.diagnostics.length > 0) for (const [name, lines] of file.sources) sources.set(name, lines);
  }
  diagnostics.sort(compareDiagnostics);
  options.mark?.(diagnostics, payloads);
  const { requests, requestOf, checkedOf } = listReportedRequests(files);
  const partiesOf = (request: ReportedRequest) => describeParties(checkedOf.get(request));
  const payloadOf = (request: ReportedRequest): unknown => checkedOf.get(request)?.request.payload;
  const summary = summarise(files.length, requests.length, diagnostics);
  if (options.mark) summary.baselined = diagnostics.filter(({ baseline }) => baseline === "known").length;
  const report = {
    version: 1,
    outcome: decideOutcome(summary, options),
    summary,
    requests,
    diagnostics,
  } as const;
  return { report, files: files.map(({ file }) => file), sources, requestOf, partiesOf, payloadOf, payloads };
}

/**
 * Narrows the files to those in the report. A file that is not reported stays only for its `caused`
 * diagnostics.
 */
function filterReportedFiles(
  files: readonly FileCheck[],
  caused: ReadonlySet<Diagnostic>,
  options: CheckOptions,
): readonly FileCheck[] {
  const parts = new Set(files.filter((file) => !isFullyReported(file, options)));
  for (const file of parts) file.keepOnly((diagnostic) => caused.has(diagnostic));
  return files.filter((file) => !parts.has(file) || file.diagnostics.length > 0);
}

/** A file is reported if it is selected, or if its requests take text from a selected file. */
export const isFullyReported = (
  { file, reads }: FileCheck,
  { isReported }: { isReported?: IsReported | undefined },
): boolean => !isReported || isReported(file, "checked") || reads.some((read) => isReported(read, "read"));

/** Lists all requests for the report, and maps each diagnostic to its request. */
function listReportedRequests(files: readonly FileCheck[]) {
  const requests: ReportedRequest[] = [];
  const requestOf = new Map<Diagnostic, ReportedRequest>();
  const checkedOf = new Map<ReportedRequest, CheckedRequest>();
  for (const file of files) {
    for (const [index, reported] of file.listReported().entries()) {
      requests.push(reported);
      checkedOf.set(reported, file.requests[index]!);
      for (const diagnostic of file.requests[index]!.diagnostics) requestOf.set(diagnostic, reported);
    }
  }
  return { requests, requestOf, checkedOf };
}
