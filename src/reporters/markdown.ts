import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.ts";
import { describeNotChecked } from "../diagnostics/report.ts";
import type { FindingLabel } from "./labels.ts";
import { FINDING_LABELS, formatVerdict, labelOf, sortWorstFirst } from "./labels.ts";
import { toCodeSpan, toMarkdownProse } from "./prose.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

/** Bytes. GitHub drops a larger job summary entirely. */
const MAX_BYTES_DEFAULT = 1_048_576;

/** For job summaries and comments. Waived and known findings are collapsed. */
export const markdownReporter: Reporter = (report, _sources, options) => {
  const notes = describeNotChecked(options.unchecked ?? [], report.summary).join("\n\n");
  const head = `### ${OUTCOME_MARKS[report.outcome]} Countersign: ${report.outcome}\n\n${formatVerdict(report).slice(2)}\n${notes === "" ? "" : `\n${notes}\n`}`;
  const rows = sortWorstFirst(report.diagnostics).map((diagnostic) => ({
    diagnostic,
    text: formatRow(diagnostic, options),
  }));
  const shown = countFittingRows(
    rows,
    (options.maxBytes ?? MAX_BYTES_DEFAULT) - countBytes(head) - RESERVED_BYTES,
  );
  const texts = new Map(rows.slice(0, shown).map(({ diagnostic, text }) => [diagnostic, text]));
  const inOrder = report.diagnostics.filter((diagnostic) => texts.has(diagnostic));
  const open = inOrder.filter((diagnostic) => !isAccepted(diagnostic));
  const accepted = inOrder.filter(isAccepted);
  const parts = [
    head,
    ...formatTables(open, texts),
    ...(accepted.length > 0 ? [formatCollapsed(accepted, texts)] : []),
    ...(shown < rows.length
      ? [`… and ${describeOmittedRows(rows.slice(shown))} more, for which there is no room here\n`]
      : []),
  ];
  return parts.join("\n");
};

const OUTCOME_MARKS: Record<Outcome, string> = { pass: "✅", fail: "❌", undecided: "❔" };

interface Row {
  diagnostic: Diagnostic;
  text: string;
}

const countBytes = (text: string): number => Buffer.byteLength(text);

const isAccepted = ({ status }: Diagnostic): boolean => status === "waived";

const HEADER = "| line | | finding |\n|--:|---|---|\n";
/** Bytes reserved for the last line and the collapsible section. */
const RESERVED_BYTES = 400;

/** How many of the rows fit into `room` bytes, including the headings of their tables. */
function countFittingRows(rows: readonly Row[], room: number): number {
  const begun = new Set<string>();
  let left = room;
  for (const [index, { diagnostic, text }] of rows.entries()) {
    const table = `${isAccepted(diagnostic)} ${diagnostic.file}`;
    left -=
      countBytes(text) +
      (begun.has(table) ? 0 : countBytes(formatTitle(diagnostic.file)) + HEADER.length + 2);
    if (left < 0) return index;
    begun.add(table);
  }
  return rows.length;
}

const formatTitle = (file = "request"): string => `#### ${toCodeSpan(file)}\n\n`;

/** One table per file. */
function formatTables(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<Diagnostic, string>): string[] {
  const byFile = new Map<string | undefined, string>();
  for (const diagnostic of diagnostics) {
    const before = byFile.get(diagnostic.file) ?? formatTitle(diagnostic.file) + HEADER;
    byFile.set(diagnostic.file, before + texts.get(diagnostic)!);
  }
  return [...byFile.values()];
}

function formatCollapsed(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<Diagnostic, string>): string {
  const count = (kind: FindingLabel) =>
    diagnostics.filter((diagnostic) => labelOf(diagnostic) === kind).length;
  const labels = (["waived", "known"] as const).filter((kind) => count(kind) > 0);
  const summary = labels.map((kind) => `${count(kind)} ${kind}`).join(", ");
  return `<details><summary>${summary}</summary>\n\n${formatTables(diagnostics, texts).join("\n")}\n</details>\n`;
}

function formatRow(diagnostic: Diagnostic, { link }: ReporterOptions): string {
  const { code: name, file, line, message, help, waiver } = diagnostic;
  const url = file !== undefined && line !== undefined ? link?.(file, line) : undefined;
  const place =
    line === undefined ? "" : url === undefined ? String(line) : `[${line}](${encodeAddress(url)})`;
  const parts = [
    `${toMarkdownProse(message, "cell")} (${toCodeSpan(name, "cell")})`,
    help === undefined ? [] : toMarkdownProse(help, "cell"),
    waiver === undefined ? [] : `${labelOf(diagnostic)}: ${toMarkdownProse(waiver, "cell")}`,
  ];
  return `| ${place} | ${LABEL_WORDS[labelOf(diagnostic)]} | ${parts.flat().join("<br>")} |\n`;
}

const LABEL_WORDS: Record<FindingLabel, string> = {
  error: "**error**",
  warning: "warning",
  undecided: "undecided",
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

/** Counts rows by kind, such as "3 errors, 9 undecided". */
function describeOmittedRows(rows: readonly Row[]): string {
  const totals = FINDING_LABELS.map((kind) => ({
    kind,
    count: rows.filter((one) => labelOf(one.diagnostic) === kind).length,
  }));
  return totals
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${PLURAL_LABELS.has(kind) && count > 1 ? `${kind}s` : kind}`)
    .join(", ");
}

const PLURAL_LABELS = new Set<FindingLabel>(["error", "warning", "info"]);
