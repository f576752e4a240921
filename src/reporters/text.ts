import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Report, Sources } from "../diagnostics/report.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import { formatBlocks } from "./blocks.ts";
import { formatVerdict, labelOf, sortWorstFirst } from "./labels.ts";
import { formatPlace, toOneLine } from "./line.ts";
import type { Paint } from "./paint.ts";
import { choosePaint, LABEL_STYLES, OUTCOME_STYLES } from "./paint.ts";
import type { Reporter, ReporterOptions, ViewOptions } from "./reporter.ts";
import { formatSnippet } from "./snippet.ts";
import { wrapText } from "./width.ts";

/** How many findings are shown with their source. */
const MAX_SNIPPETS = 10;

/**
 * For people: the worst findings with their source, in the manner of a compiler, and the others in a line each;
 * what undecided checks wait for, in a block for each thing that a person can do; and the verdict, last.
 */
export const textReporter: Reporter = (report, sources, options) => {
  const { view = {} } = options;
  const paint = choosePaint(options.color);
  const shown = formatDiagnostics(report, sources, { paint, view, linkCode: options.linkCode });
  if (view.quiet && !isSilentlyUndecided(report)) return shown;
  const isBrief = view.quiet || view.show === "none" || view.show === "findings";
  const blocks = isBrief ? [] : formatBlocks(report, options, paint);
  const last = `${paint(OUTCOME_STYLES[report.outcome], report.outcome)}${formatVerdict(report)}`;
  return `${shown}${[...blocks, last].join("\n")}\n`;
};

/** Quiet or not, silence must mean a pass. */
export const isSilentlyUndecided = ({ outcome, summary }: Report): boolean =>
  outcome !== "pass" && summary.errors + summary.warnings + summary.infos === 0;

interface TextOptions {
  paint: Paint;
  view: ViewOptions;
  linkCode: ReporterOptions["linkCode"];
}

/** The findings that are shown one by one: with their source up to a limit, then a line each. */
function formatDiagnostics(report: Report, sources: Sources, options: TextOptions): string {
  const { view } = options;
  const diagnostics = selectDiagnostics(report.diagnostics, view);
  const isComplete = view.show === "all" || view.show === "undecided";
  const most = view.max ?? (isComplete ? Number.POSITIVE_INFINITY : MAX_SNIPPETS);
  const open = diagnostics.filter(({ status }) => status !== "waived");
  const accepted = diagnostics.filter(({ status }) => status === "waived");
  const full = open
    .slice(0, most)
    .map((diagnostic) => formatFinding(diagnostic, sources.get(diagnostic.file ?? ""), options));
  const lines = [...open.slice(most), ...accepted].map((diagnostic) => toOneLine(diagnostic, options));
  return `${full.join("\n")}${full.length > 0 ? "\n" : ""}${lines.length > 0 ? `${lines.join("\n")}\n\n` : ""}`;
}

/** The diagnostics that are shown one by one, worst first. */
export function selectDiagnostics(
  diagnostics: readonly Diagnostic[],
  { show, quiet }: Pick<ViewOptions, "show" | "quiet">,
): Diagnostic[] {
  if (quiet) return sortWorstFirst(diagnostics.filter(({ status }) => status === "failed"));
  const isShown = ({ status }: Diagnostic): boolean => {
    if (show === "all") return true;
    if (show === "none") return false;
    return (status === "undecided") === (show === "undecided");
  };
  return sortWorstFirst(diagnostics.filter(isShown));
}

function formatFinding(
  diagnostic: Diagnostic,
  lines: LineIndex | undefined,
  { paint, view, linkCode }: TextOptions,
): string {
  const { message, help } = diagnostic;
  const label = labelOf(diagnostic);
  const style = LABEL_STYLES[label];
  const indent = " ".repeat(String(diagnostic.line ?? 0).length);
  const head = `${label}[${escapeHarmful(diagnostic.code)}]`;
  const wrap = (text: string, first: number, indent: string) =>
    wrapText(text, { columns: view.columns, first, indent });
  const said = wrap(escapeHarmful(message), head.length + 2, "  ");
  const url = view.links ? linkCode?.(diagnostic.code) : undefined;
  const linked = `${label}[${formatLinked(diagnostic.code, url)}]`;
  const shown = lines ? formatSnippet(diagnostic, lines, { style, paint, columns: view.columns }) : [];
  const lead = `${indent} ${paint("blue", "=")} `;
  const advice =
    help === undefined
      ? []
      : [lead + wrap(`help: ${escapeHarmful(help)}`, indent.length + 3, `${indent}   `)];
  const where = `${indent}${paint("blue", "-->")} ${formatPlace(diagnostic)}`;
  return `${[paint(style, linked) + paint("bold", `: ${said}`), where, ...shown, ...advice].join("\n")}\n`;
}

/** A hyperlink as terminals know it (OSC 8); its address is the tool's own and never from the checked files. */
function formatLinked(code: string, url: string | undefined): string {
  const text = escapeHarmful(code);
  return url === undefined ? text : `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
