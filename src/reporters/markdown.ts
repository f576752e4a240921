import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.ts";
import type { Kind } from "./kind.ts";
import { KINDS, kindOf, verdictOf, worstFirst } from "./kind.ts";
import { code, prose } from "./prose.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

/** Bytes. GitHub drops a larger job summary entirely. */
const MOST_BYTES = 1_048_576;

/** For job summaries and comments. Waived and known findings are collapsed. */
export const markdown: Reporter = (report, _sources, options) => {
  const head = `### ${MARKS[report.outcome]} Countersign: ${report.outcome}\n\n${verdictOf(report).slice(2)}\n`;
  const rows = worstFirst(report.diagnostics).map((diagnostic) => ({
    diagnostic,
    text: row(diagnostic, options),
  }));
  const shown = fitting(rows, (options.maxBytes ?? MOST_BYTES) - bytes(head) - RESERVE);
  const texts = new Map(rows.slice(0, shown).map(({ diagnostic, text }) => [diagnostic, text]));
  const inOrder = report.diagnostics.filter((diagnostic) => texts.has(diagnostic));
  const open = inOrder.filter((diagnostic) => !isAccepted(diagnostic));
  const accepted = inOrder.filter(isAccepted);
  const parts = [
    head,
    ...tables(open, texts),
    ...(accepted.length > 0 ? [folded(accepted, texts)] : []),
    ...(shown < rows.length
      ? [`… and ${left(rows.slice(shown))} more, for which there is no room here\n`]
      : []),
  ];
  return parts.join("\n");
};

const MARKS: Record<Outcome, string> = { pass: "✅", fail: "❌", undecided: "❔" };

interface Row {
  diagnostic: Diagnostic;
  text: string;
}

const bytes = (text: string): number => Buffer.byteLength(text);

const isAccepted = ({ status }: Diagnostic): boolean => status === "waived";

const HEADER = "| line | | finding |\n|--:|---|---|\n";
/** Bytes reserved for the last line and the collapsible section. */
const RESERVE = 400;

/** How many of the rows fit into `room` bytes, including the headings of their tables. */
function fitting(rows: readonly Row[], room: number): number {
  const begun = new Set<string>();
  let left = room;
  for (const [index, { diagnostic, text }] of rows.entries()) {
    const table = `${isAccepted(diagnostic)} ${diagnostic.file}`;
    left -= bytes(text) + (begun.has(table) ? 0 : bytes(title(diagnostic.file)) + HEADER.length + 2);
    if (left < 0) return index;
    begun.add(table);
  }
  return rows.length;
}

const title = (file = "request"): string => `#### ${code(file)}\n\n`;

/** One table per file. */
function tables(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<Diagnostic, string>): string[] {
  const byFile = new Map<string | undefined, string>();
  for (const diagnostic of diagnostics) {
    const before = byFile.get(diagnostic.file) ?? title(diagnostic.file) + HEADER;
    byFile.set(diagnostic.file, before + texts.get(diagnostic)!);
  }
  return [...byFile.values()];
}

function folded(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<Diagnostic, string>): string {
  const count = (kind: Kind) => diagnostics.filter((diagnostic) => kindOf(diagnostic) === kind).length;
  const labels = (["waived", "known"] as const).filter((kind) => count(kind) > 0);
  const summary = labels.map((kind) => `${count(kind)} ${kind}`).join(", ");
  return `<details><summary>${summary}</summary>\n\n${tables(diagnostics, texts).join("\n")}\n</details>\n`;
}

function row(diagnostic: Diagnostic, { link }: ReporterOptions): string {
  const { code: name, file, line, message, help, waiver } = diagnostic;
  const url = file !== undefined && line !== undefined ? link?.(file, line) : undefined;
  const place = line === undefined ? "" : url === undefined ? String(line) : `[${line}](${address(url)})`;
  const parts = [
    `${prose(message, "cell")} (${code(name, "cell")})`,
    help === undefined ? [] : prose(help, "cell"),
    waiver === undefined ? [] : `${kindOf(diagnostic)}: ${prose(waiver, "cell")}`,
  ];
  return `| ${place} | ${WORDS[kindOf(diagnostic)]} | ${parts.flat().join("<br>")} |\n`;
}

const WORDS: Record<Kind, string> = {
  error: "**error**",
  warning: "warning",
  undecided: "undecided",
  info: "note",
  waived: "waived",
  known: "known",
};

/** Percent-encodes everything that could end the link or the table cell. */
const address = (url: string): string =>
  url.replace(/[^A-Za-z0-9:/?#@!$&*+,;=%._~-]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
      .join(""),
  );

/** Counts rows by kind, such as "3 errors, 9 undecided". */
function left(rows: readonly Row[]): string {
  const totals = KINDS.map((kind) => ({
    kind,
    count: rows.filter((one) => kindOf(one.diagnostic) === kind).length,
  }));
  return totals
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${PLURAL.has(kind) && count > 1 ? `${kind}s` : kind}`)
    .join(", ");
}

const PLURAL = new Set<Kind>(["error", "warning", "info"]);
