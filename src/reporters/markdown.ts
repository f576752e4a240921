import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.ts";
import { listCommands, missingOf } from "../diagnostics/missing.ts";
import type { Report } from "../diagnostics/report.ts";
import { describeNotChecked } from "../diagnostics/report.ts";
import { formatCount } from "../diagnostics/text.ts";
import { createRequestCounter, listDeletingUndecided } from "./blocks.ts";
import type { FindingLabel } from "./labels.ts";
import { describeWaitingChecks, formatChecks, formatVerdict, labelOf, sortWorstFirst } from "./labels.ts";
import { toCodeSpan, toMarkdownProse } from "./prose.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import { countRepositories, describeRepository, sortRepositories } from "./repositories.ts";

/** Bytes. GitHub drops a larger job summary entirely. */
const MAX_BYTES_DEFAULT = 1_048_576;
/** Bytes reserved for the last line. */
const RESERVED_BYTES = 400;

/** Rows between a head and a foot. Rows without room are left out, and counted by what they are. */
interface Section {
  head: string;
  rows: { text: string; kind: string }[];
  foot: string;
}

/** For job summaries and comments: findings, the worst first; what is undecided or accepted is collapsed. */
export const markdownReporter: Reporter = (report, _sources, options) => {
  const notes = describeNotChecked(options.unchecked ?? [], report.summary).join("\n\n");
  const head = `### ${OUTCOME_MARKS[report.outcome]} Countersign: ${report.outcome}\n\n${formatVerdict(report).slice(2)}\n${notes === "" ? "" : `\n${notes}\n`}`;
  const sections = [
    ...createFindingsSection(report, options),
    ...createDeletionsSection(report, options),
    ...createRepositoriesSection(report),
    ...createMissingSections(report, options),
    ...createAcceptedSection(report, options),
  ];
  const room = (options.maxBytes ?? MAX_BYTES_DEFAULT) - countBytes(head) - RESERVED_BYTES;
  return [head, ...fillSections(sections, room)].join("\n");
};

const OUTCOME_MARKS: Record<Outcome, string> = { pass: "✅", fail: "❌", undecided: "❔" };

const countBytes = (text: string): number => Buffer.byteLength(text);

function fillSections(sections: readonly Section[], room: number): string[] {
  const parts: string[] = [];
  const omitted = new Map<string, number>();
  let left = room;
  for (const { head, rows, foot } of sections) {
    const shown: string[] = [];
    let rest = left - countBytes(head) - countBytes(foot) - 1;
    for (const { text, kind } of rows) {
      rest -= countBytes(text);
      // Once a row has no room, smaller ones behind it would be shown out of order.
      if (rest < 0 || omitted.size > 0) omitted.set(kind, (omitted.get(kind) ?? 0) + 1);
      else {
        shown.push(text);
        left = rest;
      }
    }
    if (shown.length > 0) parts.push(head + shown.join("") + foot);
  }
  if (omitted.size === 0) return parts;
  const counts = [...omitted].map(([kind, count]) =>
    kind === UNDECIDED ? `${count} ${kind}` : formatCount(count, kind),
  );
  return [...parts, `… and ${counts.join(", ")} more, for which there is no room here\n`];
}

const UNDECIDED = "undecided";

const FINDINGS_HEADER = "| place | | finding |\n|---|---|---|\n";

function createFindingsSection({ diagnostics }: Report, options: ReporterOptions): Section[] {
  const failed = sortWorstFirst(diagnostics.filter(({ status }) => status === "failed"));
  if (failed.length === 0) return [];
  const rows = failed.map((diagnostic) => ({
    text: formatRow(diagnostic, options),
    kind: diagnostic.severity === "info" ? "note" : diagnostic.severity,
  }));
  return [{ head: FINDINGS_HEADER, rows, foot: "" }];
}

/** Not collapsed: what can't be undone must be seen. */
function createDeletionsSection(report: Report, options: ReporterOptions): Section[] {
  const deleting = listDeletingUndecided(report, options);
  if (deleting.length === 0) return [];
  const rows = deleting.map((request) => ({
    text: `- ${formatPlaceLink(request, options)}\n`,
    kind: "request that deletes data",
  }));
  return [{ head: "Deletes data, undecided:\n\n", rows, foot: "" }];
}

function createRepositoriesSection(report: Report): Section[] {
  const rows = sortRepositories(report).map(
    (each) =>
      `| ${OUTCOME_MARKS[each.outcome]} ${each.outcome} | ${toCodeSpan(each.directory, "cell")} | ${describeRepository(each)} |\n`,
  );
  return collapse(countRepositories(report), "| | repository | found |\n|---|---|---|\n", rows);
}

function createMissingSections({ diagnostics }: Report, options: ReporterOptions): Section[] {
  const missing = missingOf({ diagnostics });
  const count = createRequestCounter(options);
  const describeChecks = (checks: readonly Diagnostic[]) => formatChecks(checks, count(checks));
  const facts = missing.facts.map(({ label, commands, checks }) => {
    const { shown, more } = listCommands(commands);
    const printed = [
      ...shown.map((command) => toCodeSpan(command, "cell")),
      ...(more ? [`and ${more}`] : []),
    ];
    return `| ${toMarkdownProse(label, "cell")} | ${describeChecks(checks)} | ${printed.join("<br>")} |\n`;
  });
  const values = missing.values.map(({ file, names, checks }) => {
    const spans = names.map((name) => toCodeSpan(name, "cell"));
    return `| ${toCodeSpan(file, "cell")} | ${describeChecks(checks)} | ${spans.join(" ")} |\n`;
  });
  const list = (found: readonly Diagnostic[]) => found.map((one) => formatRow(one, options));
  return [
    ...collapse(
      `${formatCount(missing.unread.length, "call")} not read`,
      FINDINGS_HEADER,
      list(missing.unread),
    ),
    ...collapse(describeWaitingChecks(missing, count(missing.waiting)), FACTS_HEADER, facts),
    ...collapse("values that only the run knows", VALUES_HEADER, values),
    ...collapse("can't be decided: AWS documents no answer", FINDINGS_HEADER, list(missing.open)),
  ];
}

const FACTS_HEADER = "| fact | decides | command that prints it |\n|---|---|---|\n";
const VALUES_HEADER = "| file | decides | values |\n|---|---|---|\n";

const collapse = (summary: string, header: string, texts: readonly string[]): Section[] =>
  texts.length === 0
    ? []
    : [
        {
          head: `<details><summary>${summary}</summary>\n\n${header}`,
          rows: texts.map((text) => ({ text, kind: UNDECIDED })),
          foot: "\n</details>\n",
        },
      ];

function createAcceptedSection({ diagnostics }: Report, options: ReporterOptions): Section[] {
  const accepted = sortWorstFirst(diagnostics.filter(({ status }) => status === "waived"));
  const counts = (["waived", "known"] as const)
    .map((kind) => ({ kind, count: accepted.filter((one) => labelOf(one) === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`);
  const [section] = collapse(
    counts.join(", "),
    FINDINGS_HEADER,
    accepted.map((one) => formatRow(one, options)),
  );
  if (!section) return [];
  const rows = section.rows.map(({ text }) => ({ text, kind: "accepted finding" }));
  return [{ ...section, rows }];
}

function formatRow(diagnostic: Diagnostic, options: ReporterOptions): string {
  const { code, message, help, waiver } = diagnostic;
  const parts = [
    `${toMarkdownProse(message, "cell")} (${toCodeSpan(code, "cell")})`,
    help === undefined ? [] : toMarkdownProse(help, "cell"),
    waiver === undefined ? [] : `${labelOf(diagnostic)}: ${toMarkdownProse(waiver, "cell")}`,
  ];
  const place = formatPlaceLink(diagnostic, options);
  return `| ${place} | ${LABEL_WORDS[labelOf(diagnostic)]} | ${parts.flat().join("<br>")} |\n`;
}

function formatPlaceLink(
  { file = "request", line }: Pick<Diagnostic, "file" | "line">,
  { link }: ReporterOptions,
): string {
  const span = toCodeSpan(line === undefined ? file : `${file}:${line}`, "cell");
  const url = line === undefined ? undefined : link?.(file, line);
  return url === undefined ? span : `[${span}](${encodeAddress(url)})`;
}

const LABEL_WORDS: Record<FindingLabel, string> = {
  error: "**error**",
  warning: "warning",
  undecided: UNDECIDED,
  info: "note",
  waived: "waived",
  known: "known",
};

/** Percent-encodes everything that could end the link or the table cell. */
const encodeAddress = (url: string): string =>
  url.replace(/[^A-Za-z0-9:/?#@!$&*+,;=%._~-]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
      .join(""),
  );
