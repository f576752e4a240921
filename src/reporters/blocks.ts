import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { listStandIns, mergeCommands } from "../diagnostics/merge-commands.ts";
import type { CheckCount, FactGroup, MissingInputs, ValueGroup } from "../diagnostics/missing.ts";
import { countChecks, missingOf } from "../diagnostics/missing.ts";
import type { Report, ReportedRequest } from "../diagnostics/report.ts";
import { describeNotChecked } from "../diagnostics/report.ts";
import { escapeHarmful, formatCount, formatList, quoteShellWord } from "../diagnostics/text.ts";
import { describeWaitingChecks, formatChecks } from "./labels.ts";
import { escapeLineStart, formatFile, formatPlace } from "./line.ts";
import type { Paint } from "./paint.ts";
import { OUTCOME_STYLES } from "./paint.ts";
import type { ReporterOptions } from "./reporter.ts";
import { countRepositories, describeRepository, sortRepositories } from "./repositories.ts";
import { wrapText } from "./width.ts";

/** Lines of which the last rows can be left out. */
interface Block {
  head: readonly string[];
  rows: readonly string[];
  /** How many rows stay as long as another block has more to spare. */
  min: number;
}

/** The lines after the findings, the verdict included: they fit on a screen, however much is undecided. */
const MAX_LINES = 20;

/** What undecided checks wait for, what was not read, and what was not checked. */
export function formatBlocks(report: Report, options: ReporterOptions, paint: Paint): string[] {
  const missing = missingOf(report);
  const blocks = [
    ...createRepositoriesBlock(report, paint),
    ...createWaitingBlocks(report, missing, { options, paint }),
    ...createListBlock(`not read: ${formatCount(missing.unread.length, "call")}`, missing.unread, paint),
    ...createListBlock("can't be decided: AWS documents no answer", missing.open, paint),
  ];
  const notes = describeNotChecked(options.unchecked ?? [], report.summary);
  const isComplete = options.view?.show === "all" || options.view?.show === "undecided";
  const room = isComplete ? Number.POSITIVE_INFINITY : MAX_LINES - notes.length - 2;
  const lines = fitBlocks(blocks, room);
  if (lines[0] === "") lines.shift();
  return [...lines, ...(lines.length > 0 ? [""] : []), ...notes];
}

function createRepositoriesBlock(report: Report, paint: Paint): Block[] {
  if (!report.repositories) return [];
  const rows = sortRepositories(report).map(
    (each) =>
      `    ${paint(OUTCOME_STYLES[each.outcome], each.outcome.padEnd(9))} ${formatFile(each.directory)}: ${describeRepository(each)}`,
  );
  return [{ head: ["", countRepositories(report)], rows, min: 3 }];
}

/** Leaves out rows until all blocks fit, first where most can be spared; each block says how many. */
function fitBlocks(blocks: readonly Block[], room: number): string[] {
  const shown = blocks.map(({ rows }) => rows.length);
  const measure = ({ head, rows }: Block, index: number): number =>
    head.length + shown[index]! + (shown[index]! < rows.length ? 1 : 0);
  for (const keeps of [(block: Block) => block.min, () => 1]) {
    const spare = (index: number): number => shown[index]! - keeps(blocks[index]!);
    while (blocks.reduce((sum, block, index) => sum + measure(block, index), 0) > room) {
      const longest = [...blocks.keys()].reduce((a, b) => (spare(b) > spare(a) ? b : a), 0);
      if (spare(longest) <= 0) break;
      shown[longest]!--;
    }
  }
  return blocks.flatMap(({ head, rows }, index) => {
    const left = rows.length - shown[index]!;
    const more = left > 0 ? [`    … ${left} more (--show undecided)`] : [];
    return [...head, ...rows.slice(0, shown[index]!), ...more];
  });
}

interface BlockOptions {
  options: ReporterOptions;
  paint: Paint;
}

function createWaitingBlocks(
  report: Report,
  missing: MissingInputs,
  { options, paint }: BlockOptions,
): Block[] {
  const { facts, values, waiting, counted } = missing;
  if (countChecks(waiting, counted) === 0) return [];
  const count = createRequestCounter(options);
  const head = describeWaitingChecks(missing, count(waiting, counted));
  const columns = options.view?.columns;
  const named = nameRequests(report, options).map((line) =>
    wrapText(line, { columns, first: 0, indent: "  " }),
  );
  const blocks: Block[] = [{ head: [...named, paint("bold", head)], rows: [], min: 0 }];
  if (facts.length > 0) blocks.push(createFactBlock(facts, count, options));
  if (values.length > 0) blocks.push(createValueBlock(values));
  return blocks;
}

/** Counts the requests that diagnostics belong to. */
export const createRequestCounter =
  ({ requestOf }: Pick<ReporterOptions, "requestOf">) =>
  (checks: readonly Diagnostic[], counted?: CheckCount): number => {
    const requests = new Set<unknown>(checks.map((check) => requestOf?.(check) ?? check.file));
    for (const request of counted?.requests ?? []) requests.add(request);
    return requests.size;
  };

/** How many undecided requests are named, but for those that delete data, which are all named. */
const MAX_NAMED = 5;

function nameRequests(report: Report, options: ReporterOptions): string[] {
  const deleting = listDeletingUndecided(report, options);
  const others = report.requests.filter(({ outcome, deletes }) => outcome === "undecided" && !deletes);
  return [
    ...(deleting.length > 0 ? [`deletes data, undecided: ${listPlaces(deleting, deleting.length)}`] : []),
    ...(others.length > 0 ? [`undecided requests: ${listPlaces(others, MAX_NAMED)}`] : []),
  ];
}

/** The requests that delete data although some of their checks are undecided. */
export function listDeletingUndecided(
  { requests, diagnostics, counted = [] }: Report,
  { requestOf }: Pick<ReporterOptions, "requestOf">,
): ReportedRequest[] {
  const undecided = diagnostics.filter(({ status }) => status === "undecided");
  const waiting = new Set<unknown>(undecided.map((diagnostic) => requestOf?.(diagnostic)));
  for (const file of counted) for (const { request } of file.requests) waiting.add(request);
  return requests.filter((request) => request.deletes && waiting.has(request));
}

function listPlaces(requests: readonly ReportedRequest[], most: number): string {
  const named = requests.slice(0, most).map(({ file, line }) => `${escapeHarmful(file)}:${line}`);
  const left = requests.length - named.length;
  return left > 0 ? `${named.join(", ")} and ${left} more` : named.join(", ");
}

function createFactBlock(
  facts: readonly FactGroup[],
  count: (checks: readonly Diagnostic[], counted?: CheckCount) => number,
  { input = [], gather }: ReporterOptions,
): Block {
  const words = input.map(quoteShellWord);
  const pull = ["countersign context pull", ...words].join(" ");
  const added = isGiven(input, "context") ? [] : ["--context context"];
  const again = ["countersign check", ...words, ...added].join(" ");
  const merged = facts.map(({ commands }) => mergeCommands(commands));
  const rows = facts.map(({ label, checks, counted }, index) => {
    const [command, ...others] = merged[index]!;
    const more = others.length > 0 ? ` (and ${others.length} more like it)` : "";
    return {
      label: escapeLineStart(escapeHarmful(label)),
      checks: formatChecks({ length: countChecks(checks, counted) }, count(checks, counted)),
      command: command === undefined ? "(written by hand)" : `${escapeHarmful(command)}${more}`,
    };
  });
  const widths = [widest(rows.map(({ label }) => label)), widest(rows.map(({ checks }) => checks))] as const;
  return {
    head: [
      gather ??
        `  facts: \`${pull}\` runs such commands (\`context plan\` prints them as a script), then \`${again}\``,
      ...explainStandIns(merged.flat()),
    ],
    rows: rows.map(
      ({ label, checks, command }) =>
        `    ${label.padEnd(widths[0])}  ${checks.padEnd(widths[1])}  ${command}`,
    ),
    min: 8,
  };
}

const isGiven = (input: readonly string[], directory: string): boolean =>
  input.some((word, index) => word === "--context" && input[index + 1] === directory);

/** A command with `GATEWAY_ARN` in it can't be run as it stands. */
function explainStandIns(commands: readonly string[]): string[] {
  const words = listStandIns(commands);
  if (words.length === 0) return [];
  const [stand, names] = words.length === 1 ? ["stands", "a name"] : ["stand", "names"];
  return [`    (${formatList(words, "and")} ${stand} for ${names} that the requests don't say)`];
}

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, { length }) => Math.max(most, length), 0);

function createValueBlock(values: readonly ValueGroup[]): Block {
  const files = values.map(({ file }) => formatFile(file));
  const width = widest(files);
  return {
    head: ["  values: give them with `--values FILE`, or accept that only the run knows"],
    rows: values.map(({ names, checks }, index) => {
      const list = names.map(escapeHarmful).join(", ");
      return `    ${files[index]!.padEnd(width)}  ${formatCount(checks.length, "check")}: ${list}`;
    }),
    min: 2,
  };
}

/** A row for each diagnostic, with its place. */
function createListBlock(head: string, diagnostics: readonly Diagnostic[], paint: Paint): Block[] {
  if (diagnostics.length === 0) return [];
  const places = diagnostics.map(formatPlace);
  const width = widest(places);
  const rows = diagnostics.map(
    ({ code, message }, index) =>
      `    ${places[index]!.padEnd(width)}  ${escapeHarmful(message)}  [${escapeHarmful(code)}]`,
  );
  return [{ head: ["", paint("bold", head)], rows, min: 2 }];
}
