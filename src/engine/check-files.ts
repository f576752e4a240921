import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { compareDiagnostics, severityOf } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Report, ReportedRequest } from "../diagnostics/report.ts";
import { outcomeAt, summarise } from "../diagnostics/report.ts";
import type { Source } from "../files/source.ts";
import { readSource } from "../files/source.ts";
import type { Entry } from "../files/walk.ts";
import type { RuleInput } from "../rules/rule-set.ts";
import type { CheckedRequest, FileOptions } from "./check-file.ts";
import { FileCheck } from "./check-file.ts";
import { atSeverity } from "./check-request.ts";
import type { Engine } from "./engine.ts";
import { isWorthReading } from "./first-look.ts";

export interface Checked {
  report: Report;
  /** The files that were checked. */
  files: readonly string[];
  /** Lines by file, of the files that have diagnostics. */
  sources: Map<string, LineIndex>;
  /** The request that a finding is about; none for findings about a file. */
  requestOf: ReadonlyMap<Diagnostic, ReportedRequest>;
  /** The payload of that request. */
  payloads: ReadonlyMap<Diagnostic, unknown>;
  /** A file that was named does not exist. */
  missing: boolean;
}

/** A request that was checked, for those who have more to say of it. */
export interface Reviewed {
  input: RuleInput;
  add(finding: Finding): void;
}

/** Of a file that is checked, or of one that another's requests take text from: that may not be there. */
export type IsReported = (file: string, as: "checked" | "read") => boolean;

export interface CheckOptions extends FileOptions {
  /** Sees all requests before the report is made. */
  review?: (requests: readonly Reviewed[]) => Promise<void>;
  /** Of which files findings are reported; all are checked, as rules compare the requests of a run. */
  isReported?: IsReported;
  /** Looks at all findings, in their order, before anything is counted: marks those that a baseline knows. */
  mark?: (diagnostics: readonly Diagnostic[], payloads: ReadonlyMap<Diagnostic, unknown>) => void;
}

/** The path that stands for standard input. */
export const STDIN = "-";

/** Checks every request of every file. */
export async function checkFiles(
  entries: Iterable<Entry & { source?: Source }>,
  engine: Engine,
  options: CheckOptions,
): Promise<Checked> {
  const files: FileCheck[] = [];
  let missing = false;
  for (const entry of entries) {
    const operation = options.operation ?? options.operationOf?.(entry.file);
    if (!entry.source && !isWorthReading(entry, operation, engine)) continue;
    const { file, named, source = sourceOf(file) } = entry;
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

export const sourceOf = (file: string): Source =>
  file === STDIN ? readSource("<stdin>", 0) : readSource(file);

/** What is wrong with the policies that requests were checked with: said once, where it stands. */
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
 * What rules about the whole run say of its requests. Returns those findings in files that are not reported which the
 * reported ones cause: of two requests that concern each other, the finding is at one.
 */
function checkRun(
  files: readonly FileCheck[],
  engine: Engine,
  { isReported }: CheckOptions,
): Set<Diagnostic> {
  const asked = askedIn(files);
  const found = foundAmong(asked, engine);
  const isSilent = ({ file }: Asked): boolean => isReported !== undefined && !isWhole(file, isReported);
  const silent = new Set(asked.filter(isSilent));
  const known = codesBy(foundAmong([...silent], engine));
  const said = codesBy(found);
  const loud = asked.filter((at) => !silent.has(at));
  const caused = new Set<Diagnostic>();
  for (const { at, finding } of found) {
    const diagnostic = at.file.addFinding(finding, at.request);
    if (diagnostic && isCaused(finding.code, at)) caused.add(diagnostic);
  }
  return caused;

  /**
   * A finding that was there before may have got a second cause, of which nothing else is said: then it is there also
   * without the first.
   */
  function isCaused(code: string, at: Asked): boolean {
    if (!known.get(at)?.has(code)) return true;
    const unsaid = new Set(loud.filter((one) => !said.get(one)?.has(code)));
    if (unsaid.size === 0) return false;
    const among = asked.filter((one) => one === at || unsaid.has(one));
    return codesBy(foundAmong(among, engine)).get(at)?.has(code) === true;
  }
}

function codesBy(found: readonly { at: Asked; finding: Finding }[]): Map<Asked, Set<string>> {
  const codes = new Map<Asked, Set<string>>();
  for (const { at, finding } of found) codes.set(at, (codes.get(at) ?? new Set()).add(finding.code));
  return codes;
}

function foundAmong(
  asked: readonly Asked[],
  { rules, ruleOptions }: Engine,
): { at: Asked; finding: Finding }[] {
  if (!rules) return [];
  const inputs = asked.map(({ request }) => request.input);
  return rules
    .evaluateChangeset(inputs, ruleOptions)
    .map(({ index, finding }) => ({ at: asked[index]!, finding }));
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
    // One at a time: a call takes only so many arguments, and a hostile file has more findings.
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

/** The files that a report is about, with their requests and findings. */
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

/** A file is reported with what stands in it, and with what its requests take from other files. */
const isWhole = ({ file, reads }: FileCheck, isReported: IsReported): boolean =>
  isReported(file, "checked") || reads.some((read) => isReported(read, "read"));

/** The requests as the report lists them, and which findings are about which. */
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
