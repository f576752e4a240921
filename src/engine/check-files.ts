import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { compareDiagnostics, severityOf } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Report, ReportedRequest } from "../diagnostics/report.ts";
import { outcomeAt, summarise } from "../diagnostics/report.ts";
import { readSource } from "../files/source.ts";
import type { Entry } from "../files/walk.ts";
import type { RuleInput } from "../rules/rule-set.ts";
import type { CheckedRequest, FileOptions } from "./check-file.ts";
import { FileCheck } from "./check-file.ts";
import { atSeverity } from "./check-request.ts";
import type { Engine } from "./engine.ts";

export interface Checked {
  report: Report;
  /** The files that were checked. */
  files: readonly string[];
  /** Line index by file name, for files that have diagnostics. */
  sources: Map<string, LineIndex>;
  /** The request that a diagnostic belongs to. Diagnostics about a whole file have no entry. */
  requestOf: ReadonlyMap<Diagnostic, ReportedRequest>;
  /** The payload of that request. */
  payloads: ReadonlyMap<Diagnostic, unknown>;
  /** Whether a file that the user named does not exist. */
  missing: boolean;
}

/** A checked request to which `CheckOptions.review` may add findings. */
export interface Reviewed {
  input: RuleInput;
  add(finding: Finding): void;
}

/**
 * Whether to report findings for a file. With `read`, the file is one that another file's request takes text
 * from; it may not exist.
 */
export type IsReported = (file: string, as: "checked" | "read") => boolean;

export interface CheckOptions extends FileOptions {
  /** Called with all requests before the report is built. */
  review?: (requests: readonly Reviewed[]) => Promise<void>;
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

/** Checks every request in the given files and builds the report. */
export async function checkFiles(
  entries: Iterable<Entry>,
  engine: Engine,
  options: CheckOptions,
): Promise<Checked> {
  const files: FileCheck[] = [];
  let missing = false;
  for (const { file, named, source = readSource(file) } of entries) {
    if (named && "problem" in source && source.problem.missing) missing = true;
    const check = new FileCheck(source, named, engine, options);
    if (await check.run()) files.push(check);
  }
  const caused = checkRun(files, engine, options);
  await options.review?.(askedIn(files).map((at) => reviewed(at, engine.ruleOptions)));
  return {
    ...reportOf(reportedFiles(files, caused, options), policyDiagnostics(files, engine, options), options),
    missing,
  };
}

/**
 * Problems in the policies that were evaluated. Each is reported once per run, at its position in the policy.
 */
function policyDiagnostics(
  files: readonly FileCheck[],
  { judge, ruleOptions }: Engine,
  { waiverOf }: FileOptions,
): Diagnostic[] {
  if (!judge) return [];
  const policies = new Set(files.flatMap(({ consulted }) => [...consulted]));
  return atSeverity(judge.problemsOf(policies), ruleOptions).map(({ at, ...problem }) => {
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
function checkRun(
  files: readonly FileCheck[],
  engine: Engine,
  { isReported }: CheckOptions,
): Set<Diagnostic> {
  const evaluated = askedIn(files);
  const found = foundAmong(evaluated, engine);
  const isUnreported = ({ file }: Asked): boolean => isReported !== undefined && !isWhole(file, isReported);
  const unreported = new Set(evaluated.filter(isUnreported));
  const known = codesBy(foundAmong([...unreported], engine));
  const allCodes = codesBy(found);
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
  function isCaused(code: string, at: Asked): boolean {
    if (!known.get(at)?.has(code)) return true;
    const withoutCode = new Set(reportedRequests.filter((one) => !allCodes.get(one)?.has(code)));
    if (withoutCode.size === 0) return false;
    const among = evaluated.filter((one) => one === at || withoutCode.has(one));
    return codesBy(foundAmong(among, engine)).get(at)?.has(code) === true;
  }
}

function codesBy(found: readonly { at: Asked; finding: Finding }[]): Map<Asked, Set<string>> {
  const codes = new Map<Asked, Set<string>>();
  for (const { at, finding } of found) codes.set(at, (codes.get(at) ?? new Set()).add(finding.code));
  return codes;
}

function foundAmong(
  evaluated: readonly Asked[],
  { rules, ruleOptions }: Engine,
): { at: Asked; finding: Finding }[] {
  if (!rules) return [];
  const inputs = evaluated.map(({ request }) => request.input);
  return rules
    .evaluateChangeset(inputs, ruleOptions)
    .map(({ index, finding }) => ({ at: evaluated[index]!, finding }));
}

interface Asked {
  file: FileCheck;
  request: Required<CheckedRequest>;
}

const askedIn = (files: readonly FileCheck[]): Asked[] =>
  files
    .flatMap((file) => file.requests.map((request) => ({ file, request })))
    .filter((at): at is Asked => at.request.input !== undefined);

const reviewed = ({ file, request }: Asked, ruleOptions: Engine["ruleOptions"]): Reviewed => ({
  input: request.input,
  add: (finding) => {
    for (const each of atSeverity([finding], ruleOptions)) file.addFinding(each, request);
  },
});

function reportOf(
  files: readonly FileCheck[],
  others: readonly Diagnostic[],
  options: CheckOptions,
): Omit<Checked, "missing"> {
  const diagnostics: Diagnostic[] = [...others];
  const payloads = new Map<Diagnostic, unknown>();
  const sources = new Map<string, LineIndex>();
  for (const file of files) {
    // Pushed one by one: spreading a hostile file's findings into one call could exceed the argument limit.
    for (const diagnostic of file.diagnostics) diagnostics.push(diagnostic);
    for (const { request, diagnostics: own } of file.requests)
      for (const diagnostic of own) payloads.set(diagnostic, request.payload);
    if (file.diagnostics.length > 0) sources.set(file.file, file.lines);
  }
  diagnostics.sort(compareDiagnostics);
  options.mark?.(diagnostics, payloads);
  const { requests, requestOf } = reportedOf(files);
  const summary = summarise(files.length, requests.length, diagnostics);
  if (options.mark) summary.baselined = diagnostics.filter(({ baseline }) => baseline === "known").length;
  const report = {
    version: 1,
    outcome: outcomeAt(summary, options),
    summary,
    requests,
    diagnostics,
  } as const;
  return { report, files: files.map(({ file }) => file), sources, requestOf, payloads };
}

/**
 * Narrows the files to those in the report. A file that is not reported stays only for its `caused`
 * diagnostics.
 */
function reportedFiles(
  files: readonly FileCheck[],
  caused: ReadonlySet<Diagnostic>,
  { isReported }: CheckOptions,
): readonly FileCheck[] {
  if (!isReported) return files;
  const parts = new Set(files.filter((file) => !isWhole(file, isReported)));
  for (const file of parts) file.keep((diagnostic) => caused.has(diagnostic));
  return files.filter((file) => !parts.has(file) || file.diagnostics.length > 0);
}

/** A file is reported if it is selected, or if its requests take text from a selected file. */
const isWhole = ({ file, reads }: FileCheck, isReported: IsReported): boolean =>
  isReported(file, "checked") || reads.some((read) => isReported(read, "read"));

/** Lists all requests for the report, and maps each diagnostic to its request. */
function reportedOf(files: readonly FileCheck[]) {
  const requests: ReportedRequest[] = [];
  const requestOf = new Map<Diagnostic, ReportedRequest>();
  for (const file of files) {
    for (const [index, reported] of file.reported().entries()) {
      requests.push(reported);
      for (const diagnostic of file.requests[index]!.diagnostics) requestOf.set(diagnostic, reported);
    }
  }
  return { requests, requestOf };
}
