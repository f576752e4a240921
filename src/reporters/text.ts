import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Report } from "../diagnostics/report.ts";
import { harmless } from "../diagnostics/text.ts";
import type { Kind } from "./kind.ts";
import { kindOf, verdictOf } from "./kind.ts";
import type { Reporter } from "./reporter.ts";

/**
 * For people: each finding with its source line and a caret under the position, in the manner of a compiler.
 */
export const text: Reporter = (report, sources, { color }) => {
  const paint = color ? painted : plain;
  const findings = report.diagnostics.map((diagnostic) =>
    finding(diagnostic, sources.get(diagnostic.file ?? ""), paint),
  );
  return `${[...findings, verdict(report, paint)].join("\n")}\n`;
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
const painted: Paint = (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m`;
const plain: Paint = (_style, text) => text;

const STYLE_OF: Record<Kind, Style> = {
  error: "red",
  warning: "yellow",
  info: "blue",
  undecided: "blue",
  waived: "dim",
  known: "dim",
};

function finding(diagnostic: Diagnostic, lines: LineIndex | undefined, paint: Paint): string {
  const { code, message, help, waiver } = diagnostic;
  const label = kindOf(diagnostic);
  const style = STYLE_OF[label];
  const head = `${paint(style, `${label}[${harmless(code)}]`)}${paint("bold", `: ${harmless(message)}`)}`;
  const indent = " ".repeat(String(diagnostic.line ?? 0).length);
  const where = `${indent}${paint("blue", "-->")} ${place(diagnostic)}`;
  // Known findings are shortened, so that new ones don't drown among them.
  if (label === "known") return `${head}\n${where}\n`;
  const shown = lines ? snippet(diagnostic, lines, style, indent, paint) : [];
  const waived = waiver === undefined ? [] : [`${indent} ${paint("blue", "=")} waived: ${harmless(waiver)}`];
  const advice = help === undefined ? [] : [`${indent} ${paint("blue", "=")} help: ${harmless(help)}`];
  return `${[head, where, ...shown, ...advice, ...waived].join("\n")}\n`;
}

function place({ file, line, column }: Diagnostic): string {
  const name = harmless(file ?? "request");
  return line === undefined ? name : `${name}:${line}:${column}`;
}

const WIDEST = 120;

/** The source line, with carets under the part of the range that lies in it. */
function snippet(
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
  const from = column <= WIDEST - 20 ? 0 : column - 40;
  const bar = paint("blue", "|");
  const lead = from > 0 ? "…" : "";
  const shown = lead + full.slice(from, from + WIDEST) + (full.length > from + WIDEST ? "…" : "");
  const before = lead + full.slice(from, column - 1);
  const marked = full.slice(column - 1, Math.min(end, from + WIDEST));
  const carets = "^".repeat(Math.max(1, width(marked)));
  return [
    `${indent} ${bar}`,
    `${paint("blue", String(line))} ${bar} ${harmless(shown.replaceAll("\t", "    "))}`,
    `${indent} ${bar} ${" ".repeat(width(before))}${paint(style, carets)}`,
  ];
}

/** The number of terminal columns that a text takes; wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of harmless(text.replaceAll("\t", "    ")))
    columns += WIDE.test(character) ? 2 : MARK.test(character) ? 0 : 1;
  return columns;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const MARK = /\p{Mn}/u;

function verdict(report: Report, paint: Paint): string {
  const styles = { pass: "green", fail: "red", undecided: "blue" } as const;
  return `${paint(styles[report.outcome], report.outcome)}${verdictOf(report)}`;
}
