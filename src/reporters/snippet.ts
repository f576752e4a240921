import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import type { Paint, Style } from "./paint.ts";
import { measureWidth } from "./width.ts";

const MAX_LINE_WIDTH = 120;
const MIN_LINE_WIDTH = 30;

export interface SnippetOptions {
  style: Style;
  paint: Paint;
  /** The columns of the terminal. */
  columns?: number | undefined;
}

/** The source line, cut around the position, with carets under the part of the range that lies in it. */
export function formatSnippet(
  { line = 1, column = 1, endLine = line, endColumn = column }: Diagnostic,
  lines: LineIndex,
  { style, paint, columns }: SnippetOptions,
): string[] {
  const full = lines.lineText(line);
  if (full.trim() === "") return [];
  const indent = " ".repeat(String(line).length);
  const room = (columns ?? Number.POSITIVE_INFINITY) - indent.length - 5;
  const width = Math.max(MIN_LINE_WIDTH, Math.min(MAX_LINE_WIDTH, room));
  const end = endLine === line ? endColumn - 1 : full.length;
  const from = chooseStart(column, Math.min(end, full.length), width);
  const bar = paint("blue", "|");
  const lead = from > 0 ? "…" : "";
  const shown = lead + full.slice(from, from + width) + (full.length > from + width ? "…" : "");
  const before = lead + full.slice(from, column - 1);
  const marked = full.slice(column - 1, Math.min(end, from + width));
  const carets = "^".repeat(Math.max(1, measureWidth(marked)));
  return [
    `${indent} ${bar}`,
    `${paint("blue", String(line))} ${bar} ${escapeHarmful(shown.replaceAll("\t", "    "))}`,
    `${indent} ${bar} ${" ".repeat(measureWidth(before))}${paint(style, carets)}`,
  ];
}

/** The line is kept from its start where the marked range, or at least a part of it, fits into the width. */
function chooseStart(column: number, end: number, width: number): number {
  if (end <= width || column <= (width * 5) / 6) return 0;
  return column - Math.floor(width / 3);
}
