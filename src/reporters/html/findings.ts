import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { Sources } from "../../diagnostics/report.ts";
import { labelOf } from "../labels.ts";
import { escapeHtml, formatProse } from "./escape.ts";

/** How many lines are shown before and after the position. */
const CONTEXT_LINES = 2;
/** Longer lines are cut around the position. */
const MAX_LINE_LENGTH = 240;

export interface FindingOptions {
  sources: Sources;
  linkCode: ((code: string) => string | undefined) | undefined;
}

/** A finding with its source, in which the range is marked. */
export function formatFinding(
  diagnostic: Diagnostic,
  id: string,
  { sources, linkCode }: FindingOptions,
): string {
  const { code, message, help, waiver, file = "request", line, column } = diagnostic;
  const label = labelOf(diagnostic);
  const url = linkCode?.(code);
  const name = `<code>${escapeHtml(code)}</code>`;
  const lines = sources.get(file);
  return [
    `<article id="${id}" class="finding ${classOf(diagnostic)}">`,
    `<h4><span class="label">${label}</span> ${formatProse(message)}</h4>`,
    `<p class="place">${escapeHtml(file)}${line === undefined ? "" : `:${line}:${column}`} · ${url === undefined ? name : `<a href="${escapeHtml(url)}">${name}</a>`}</p>`,
    lines && line !== undefined ? formatSource(diagnostic, lines) : "",
    help === undefined ? "" : `<p>help: ${formatProse(help)}</p>`,
    waiver === undefined ? "" : `<p>waived: ${formatProse(waiver)}</p>`,
    "</article>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** The class that the filters go by. */
export const classOf = ({ status }: Diagnostic): string =>
  status === "failed" ? "fail" : status === "waived" ? "pass" : status;

function formatSource(
  { line = 1, column = 1, endLine = line, endColumn = column }: Diagnostic,
  lines: LineIndex,
): string {
  const rows: string[] = [];
  for (let number = Math.max(1, line - CONTEXT_LINES); number <= line + CONTEXT_LINES; number++) {
    const text = lines.lineText(number);
    if (number !== line && text === "") continue;
    const end = endLine === line ? endColumn - 1 : text.length;
    const shown =
      number === line ? markRange(text, column - 1, end) : escapeHtml(text.slice(0, MAX_LINE_LENGTH));
    rows.push(`<span class="number">${String(number).padStart(5)}</span> ${shown}`);
  }
  return `<pre tabindex="0">${rows.join("\n")}</pre>`;
}

function markRange(text: string, start: number, end: number): string {
  const from = start > MAX_LINE_LENGTH / 2 ? start - MAX_LINE_LENGTH / 4 : 0;
  const to = from + MAX_LINE_LENGTH;
  const stop = Math.min(Math.max(end, start), to);
  const before = `${from > 0 ? "…" : ""}${text.slice(from, start)}`;
  const after = `${text.slice(stop, to)}${text.length > to ? "…" : ""}`;
  return `${escapeHtml(before)}<mark>${escapeHtml(text.slice(start, stop)) || " "}</mark>${escapeHtml(after)}`;
}
