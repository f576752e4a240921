import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import type { FileSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import type { RuleInput } from "../rules/input.ts";
import { FileCheck } from "./check-file.ts";
import { applySeverities } from "./check-request.ts";
import { CheckCounter } from "./counting/check-counter.ts";
import { loadPlainFiles } from "./counting/load-plain-files.ts";
import { Tuning } from "./counting/tuning.ts";
import type { Engine } from "./engine.ts";
import { takeFirstLook } from "./first-look/expected.ts";
import type { CheckedFiles, ReportOptions } from "./report/build-report.ts";
import { buildReport } from "./report/build-report.ts";
import type { CheckedFile, FileCheckOptions, OpenFile } from "./report/checked-file.ts";
import { countCalls } from "./report/count-calls.ts";
import { FinishedFile } from "./report/finished-file.ts";
import { collectPolicyDiagnostics } from "./report/policy-diagnostics.ts";
import { filterReportedFiles, type IsReported, isFullyReported } from "./report/reported-files.ts";
import { TemplateIndex } from "./templates/index.ts";
import { readEntry } from "./trail/read-entry.ts";
import { findToldBefore, listToldEvents, ToldEvents } from "./trail/told-events.ts";

/** A checked request to which `CheckOptions.review` may add findings. */
export interface ReviewedRequest {
  input: RuleInput;
  add(finding: Finding): void;
}

export interface CheckOptions extends FileCheckOptions, ReportOptions {
  /**
   * What the report's formats don't show, so that a run over many files keeps none of it: the payloads of requests, or also
   * the undecided checks that wait for facts alone, which are counted.
   */
  drops?: "payloads" | "undecided";
  /** Called with all requests before the report is built. */
  review?: (requests: readonly ReviewedRequest[]) => Promise<void>;
  /**
   * Selects the files to report on. All files are checked regardless, since rules may compare the requests of
   * a run.
   */
  isReported?: IsReported;
}

/** Files whose requests are compared with each other, each checked on its own. */
export interface FileResults {
  files: (OpenFile | FinishedFile)[];
  /** Files of which nothing is to be reported but counts. */
  others: Pick<FileCheck, "file" | "reads" | "unchecked" | "passedOver">[];
  /** Whether a file that the user named does not exist. */
  missing: boolean;
  /** What they may refer to. */
  templates?: TemplateIndex;
}

/** Checks every request in the given files and builds the report. */
export async function checkFiles(
  given: Iterable<FileEntry>,
  engine: Engine,
  wanted: CheckOptions,
): Promise<CheckedFiles> {
  const entries = [...given];
  const options = dropFrom(entries.length, wanted);
  return concludeCheck([await checkEachFile(entries, engine, options)], engine, options);
}

/** Checks files one by one: those that `isOwn`, though all of them may define what requests refer to. */
export async function checkEachFile(
  entries: readonly FileEntry[],
  engine: Engine,
  options: CheckOptions,
  isOwn: (entry: FileEntry) => boolean = () => true,
): Promise<FileResults> {
  const templates = new TemplateIndex(entries, engine);
  engine.templates = templates;
  const look = await takeFirstLook(entries, engine);
  const plain = await loadPlainFiles(engine, options);
  const tuning = options.counter && (await Tuning.begin(entries.length, plain !== undefined));
  const operationFor = ({ file }: FileEntry) => options.operation ?? options.operationOf?.(file);
  const read: FileEntry[] = [];
  const events = new ToldEvents();
  const checked = new Map<FileEntry, CheckedEntry>();
  for (const [index, entry] of entries.entries()) {
    if (!entry.source && !look.isWorthReading(index, operationFor(entry))) continue;
    read.push(entry);
    if (!isOwn(entry)) continue;
    tuning?.countFile(look.bytesSeen());
    const source = look.takeSource(entry) ?? (await readEntry(entry, engine.schemas));
    const check = plain?.check(source, entry.isExplicit);
    if (check) checked.set(entry, { check, isReported: true, isMissing: false, told: [] });
    else {
      const checkOther = () => checkEntry(entry, { engine, options, events, source });
      checked.set(entry, await (tuning ? tuning.whileUsual(checkOther) : checkOther()));
    }
  }
  look.end();
  tuning?.endFiles();
  const again = findToldBefore(read, (entry) => checked.get(entry)?.told, {
    list: (entry) => listToldEvents(entry, engine, operationFor(entry)),
  });
  for await (const { entry, before } of again)
    checked.set(entry, await checkEntry(entry, { engine, options, events: new ToldEvents(before) }));
  return toResults([...checked.values()], templates);
}

interface CheckedEntry {
  check: FileCheck | FinishedFile;
  isReported: boolean;
  isMissing: boolean;
  /** Ids of the events that the file tells, and no file before it. */
  told: readonly string[];
}

interface EntryCheck {
  engine: Engine;
  options: CheckOptions;
  events: ToldEvents;
  /** What is read already. */
  source?: FileSource;
}

async function checkEntry(
  entry: FileEntry,
  { engine, options, events, source: given }: EntryCheck,
): Promise<CheckedEntry> {
  const { isExplicit } = entry;
  engine.seenEvents = events;
  const source = given ?? (await readEntry(entry, engine.schemas));
  const check = new FileCheck(source, isExplicit, engine, options);
  const isReported = await check.run();
  const isDropped = isReported && options.drops && !entry.source;
  return {
    check: isDropped ? finish(check, isExplicit, engine) : check,
    isReported,
    isMissing: isExplicit && "problem" in source && source.problem.missing === true,
    told: events.takeNew(),
  };
}

function toResults(checked: readonly CheckedEntry[], templates: TemplateIndex): FileResults {
  const results: FileResults = { files: [], others: [], missing: false, templates };
  for (const { check, isReported, isMissing } of checked) {
    if (isMissing) results.missing = true;
    if (isReported || check instanceof FinishedFile) results.files.push(check);
    else {
      const { file, reads, unchecked, passedOver } = check;
      results.others.push({ file, reads, unchecked, passedOver });
    }
  }
  return results;
}

/** Does what takes the files of a run together, and builds the report. */
export async function concludeCheck(
  results: readonly FileResults[],
  engine: Engine,
  options: CheckOptions,
): Promise<CheckedFiles> {
  const caused = new Set<Diagnostic>();
  for (const { files, templates } of results) {
    if (templates) engine.templates = templates;
    for (const diagnostic of await checkRunRules(files, engine, options)) caused.add(diagnostic);
  }
  const files = results.flatMap((each) => each.files);
  await options.review?.(listEvaluatedRequests(files).map((at) => toReviewedRequest(at, files, engine)));
  const built = buildReport(
    filterReportedFiles(files, caused, options),
    collectPolicyDiagnostics(files, engine, options),
    options,
  );
  const all = [...files, ...results.flatMap(({ others }) => others)];
  const reported = all.filter((file) => isFullyReported(file, options));
  const unchecked = countCalls(reported.flatMap((file) => file.unchecked));
  built.report.summary.unchecked = unchecked.reduce((sum, { calls }) => sum + calls, 0);
  const passedOver = reported.reduce((sum, file) => sum + file.passedOver, 0);
  if (passedOver > 0) built.report.summary.passedOver = passedOver;
  return { ...built, unchecked, missing: results.some(({ missing }) => missing) };
}

/** As many files are kept whole: reading a file again takes longer than keeping a few. */
const MANY_FILES = 64;

/** Findings about requests outside of the report, and those of a review, need everything. */
function dropFrom(count: number, { drops, ...options }: CheckOptions): CheckOptions {
  if (!drops || count <= MANY_FILES || options.review || options.isReported || options.mark) return options;
  return { ...options, drops, ...(drops === "undecided" && { counter: new CheckCounter() }) };
}

const finish = (check: FileCheck, isExplicit: boolean, { rules, ruleOptions }: Engine): FinishedFile =>
  new FinishedFile(
    check,
    isExplicit,
    ({ input }) => input !== undefined && rules?.compares(input.operation, ruleOptions) === true,
  );

/** The file at an index, so that findings can be added to it. One that is finished is read and checked again. */
async function openFile(
  files: (OpenFile | FinishedFile)[],
  index: number,
  engine: Engine,
  { counter: _, ...options }: CheckOptions,
): Promise<OpenFile> {
  const file = files[index]!;
  if (!(file instanceof FinishedFile)) return file;
  const again = new FileCheck(await readEntry(file, engine.schemas), file.isExplicit, engine, options);
  await again.run();
  if (again.requests.length !== file.requests.length) again.addChanged();
  files[index] = again;
  return again;
}

/**
 * Evaluates the rules that compare all requests of a run. A finding about two requests is attached to only
 * one of them, which may be in a file that is not reported; the findings that a reported file causes there
 * are returned.
 */
async function checkRunRules(
  files: (OpenFile | FinishedFile)[],
  engine: Engine,
  options: CheckOptions,
): Promise<Set<Diagnostic>> {
  const evaluated = listEvaluatedRequests(files);
  const found = evaluateRunRules(evaluated, engine);
  const isUnreported = ({ file }: EvaluatedRequest): boolean => !isFullyReported(files[file]!, options);
  const unreported = new Set(evaluated.filter(isUnreported));
  const known = groupCodes(evaluateRunRules([...unreported], engine));
  const allCodes = groupCodes(found);
  const reportedRequests = evaluated.filter((at) => !unreported.has(at));
  const caused = new Set<Diagnostic>();
  for (const { at, finding } of found) {
    const file = await openFile(files, at.file, engine, options);
    const diagnostic = file.addFinding(finding, at.index);
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
  const inputs = evaluated.map(({ input }) => input);
  return rules
    .evaluateChangeset(inputs, ruleOptions)
    .map(({ index, finding }) => ({ at: evaluated[index]!, finding }));
}

interface EvaluatedRequest {
  /** The index of its file. */
  file: number;
  /** Its index in the file. */
  index: number;
  input: RuleInput;
}

const listEvaluatedRequests = (files: readonly CheckedFile[]): EvaluatedRequest[] =>
  files.flatMap(({ requests }, file) =>
    requests.flatMap(({ input }, index) => (input ? [{ file, index, input }] : [])),
  );

const toReviewedRequest = (
  { file, index, input }: EvaluatedRequest,
  files: readonly CheckedFile[],
  { ruleOptions }: Engine,
): ReviewedRequest => ({
  input,
  add: (finding) => {
    const open = files[file] as OpenFile;
    for (const each of applySeverities([finding], ruleOptions)) open.addFinding(each, index);
  },
});
