import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Report } from "../diagnostics/report.ts";
import { describeNotChecked } from "../diagnostics/report.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import type { FindingLabel } from "./labels.ts";
import { formatVerdict, labelOf } from "./labels.ts";
import type { Reporter } from "./reporter.ts";

/**
 * For people: each finding with its source line and a caret under the position, in the manner of a compiler.
 */
export const textReporter: Reporter = (report, sources, { color, unchecked = [] }) => {
  const paint = color ? paintText : keepText;
  const findings = report.diagnostics.map((diagnostic) =>
    formatFinding(diagnostic, sources.get(diagnostic.file ?? ""), paint),
  );
  const last = [formatVerdictLine(report, paint), ...describeNotChecked(unchecked, report.summary)];
  return `${[...findings, ...last].join("\n")}\n`;
};

type Style = "red" | "yellow" | "blue" | "green" | "bold" | "dim";
type Paint = (style: Style, text: string) => string;

const STYLES: Record<Style, string> = {
  red: "31",
  yellow: "33",
  blue: "34",
  green: "32",
  bold: "1",
  dim: "2",
};
const paintText: Paint = (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m`;
const keepText: Paint = (_style, text) => text;

const LABEL_STYLES: Record<FindingLabel, Style> = {
  error: "red",
  warning: "yellow",
  info: "blue",
  undecided: "blue",
  waived: "dim",
  known: "dim",
};

function formatFinding(diagnostic: Diagnostic, lines: LineIndex | undefined, paint: Paint): string {
  const { code, message, help, waiver } = diagnostic;
  const label = labelOf(diagnostic);
  const style = LABEL_STYLES[label];
  const head = `${paint(style, `${label}[${escapeHarmful(code)}]`)}${paint("bold", `: ${escapeHarmful(message)}`)}`;
  const indent = " ".repeat(String(diagnostic.line ?? 0).length);
  const where = `${indent}${paint("blue", "-->")} ${formatPlace(diagnostic)}`;
  // Known findings are shortened, so that new ones don't drown among them.
  if (label === "known") return `${head}\n${where}\n`;
  const shown = lines ? formatSnippet(diagnostic, lines, style, indent, paint) : [];
  const waived =
    waiver === undefined ? [] : [`${indent} ${paint("blue", "=")} waived: ${escapeHarmful(waiver)}`];
  const advice = help === undefined ? [] : [`${indent} ${paint("blue", "=")} help: ${escapeHarmful(help)}`];
  return `${[head, where, ...shown, ...advice, ...waived].join("\n")}\n`;
}

function formatPlace({ file, line, column }: Diagnostic): string {
  const name = escapeHarmful(file ?? "request");
  return line === undefined ? name : `${name}:${line}:${column}`;
}

const MAX_LINE_WIDTH = 120;

/** The source line, with carets under the part of the range that lies in it. */
function formatSnippet(
  diagnostic: Diagnostic,
  lines: LineIndex,
  style: Style,
  indent: string,
  paint: Paint,
): string[] {
  const { line = 1, column = 1, endLine = line, endColumn = column } = diagnostic;
  const full = lines.lineText(line);
  if (full.trim() === "") return [];
  const end = endLine === line ? endColumn - 1 : full.length;
  const from = column <= MAX_LINE_WIDTH - 20 ? 0 : column - 40;
  const bar = paint("blue", "|");
  const lead = from > 0 ? "…" : "";
  const shown =
    lead + full.slice(from, from + MAX_LINE_WIDTH) + (full.length > from + MAX_LINE_WIDTH ? "…" : "");
  const before = lead + full.slice(from, column - 1);
  const marked = full.slice(column - 1, Math.min(end, from + MAX_LINE_WIDTH));
  const carets = "^".repeat(Math.max(1, measureWidth(marked)));
  return [
    `${indent} ${bar}`,
    `${paint("blue", String(line))} ${bar} ${escapeHarmful(shown.replaceAll("\t", "    "))}`,
    `${indent} ${bar} ${" ".repeat(measureWidth(before))}${paint(style, carets)}`,
  ];
}

/** The number of terminal columns that a text takes; wide characters take two. */
function measureWidth(text: string): number {
  let columns = 0;
  for (const character of escapeHarmful(text.replaceAll("\t", "    ")))
    columns += WIDE_CHARACTER.test(character) ? 2 : COMBINING_MARK.test(character) ? 0 : 1;
  return columns;
}

const WIDE_CHARACTER =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING_MARK = /\p{Mn}/u;

function formatVerdictLine(report: Report, paint: Paint): string {
  const styles = { pass: "green", fail: "red", undecided: "blue" } as const;
  return `${paint(styles[report.outcome], report.outcome)}${formatVerdict(report)}`;
}
