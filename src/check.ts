import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { compareDiagnostics, severityOf } from "./diagnostics/diagnostic.ts";
import type { LineIndex } from "./diagnostics/lines.ts";
import type { Report, ReportedRequest } from "./diagnostics/report.ts";
import { outcomeAt, summarise } from "./diagnostics/report.ts";
import { readSource } from "./documents/source.ts";
import type { Entry } from "./documents/walk.ts";
import type { Engine } from "./engine.ts";
import type { CheckedRequest, FileOptions } from "./file-check.ts";
import { FileCheck } from "./file-check.ts";
import { atSeverity } from "./validate.ts";

export interface Checked {
  report: Report;
  /** Lines by file, of the files that have diagnostics. */
  sources: Map<string, LineIndex>;
  /** A file that was named does not exist. */
  missing: boolean;
}

/** The path that stands for standard input. */
export const STDIN = "-";

/** Checks every request of every file. */
export async function checkFiles(
  entries: Iterable<Entry>,
  engine: Engine,
  options: FileOptions,
): Promise<Checked> {
  const files: FileCheck[] = [];
  let missing = false;
  for (const { file, named } of entries) {
    const source = file === STDIN ? readSource("<stdin>", 0) : readSource(file);
    if (named && "problem" in source && source.problem.missing) missing = true;
    const check = new FileCheck(source, named, engine, options);
    if (await check.run()) files.push(check);
  }
  checkRun(files, engine);
  return { ...reportOf(files, policyDiagnostics(files, engine, options), options), missing };
}

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

/** What rules about the whole run say of its requests. */
function checkRun(files: readonly FileCheck[], { rules, ruleOptions }: Engine): void {
  if (!rules) return;
  const requests = files.flatMap((file) => file.requests.map((request) => ({ file, request })));
  const asked = requests.filter((at): at is Asked => at.request.input !== undefined);
  const inputs = asked.map(({ request }) => request.input);
  for (const { index, finding } of rules.evaluateChangeset(inputs, ruleOptions)) {
    const { file, request } = asked[index]!;
    file.addFinding(finding, request);
  }
}

interface Asked {
  file: FileCheck;
  request: Required<CheckedRequest>;
}

function reportOf(
  files: readonly FileCheck[],
  others: readonly Diagnostic[],
  options: FileOptions,
): Omit<Checked, "missing"> {
  const diagnostics: Diagnostic[] = [...others];
  const requests: ReportedRequest[] = [];
  const sources = new Map<string, LineIndex>();
  for (const file of files) {
    // One at a time: a call takes only so many arguments, and a hostile file has more findings.
    for (const request of file.reported()) requests.push(request);
    for (const diagnostic of file.diagnostics) diagnostics.push(diagnostic);
    if (file.diagnostics.length > 0) sources.set(file.file, file.lines);
  }
  diagnostics.sort(compareDiagnostics);
  const summary = summarise(files.length, requests.length, diagnostics);
  const outcome = outcomeAt(summary, options);
  return { report: { version: 1, outcome, summary, requests, diagnostics }, sources };
}
