import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNREAD } from "../diagnostics/missing.ts";
import { describeNotChecked } from "../diagnostics/report.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import { formatVerdict, labelOf } from "./labels.ts";
import { formatPlace, formatShortMessage } from "./line.ts";
import { choosePaint, LABEL_STYLES, OUTCOME_STYLES, type Paint } from "./paint.ts";
import type { Reporter, ViewOptions } from "./reporter.ts";
import { isSilentlyUndecided, selectDiagnostics } from "./text.ts";

/** One line for each finding, which editors, problem matchers and `grep` read; then the verdict. */
export const conciseReporter: Reporter = (report, _sources, { color, view = {}, unchecked = [] }) => {
  const paint = choosePaint(color);
  const lines = selectLines(report.diagnostics, view).map((diagnostic) => formatLine(diagnostic, paint));
  const verdict = `${paint(OUTCOME_STYLES[report.outcome], report.outcome)}${formatVerdict(report)}`;
  const notes = view.quiet ? [] : describeNotChecked(unchecked, report.summary);
  const last = view.quiet && !isSilentlyUndecided(report) ? [] : [...notes, verdict];
  return [...lines, ...last].map((line) => `${line}\n`).join("");
};

/** A call that could not be read is shown with the findings, since no check stands for it. */
function selectLines(diagnostics: readonly Diagnostic[], view: ViewOptions): Diagnostic[] {
  const selected = selectDiagnostics(diagnostics, view);
  if (view.show !== undefined || view.quiet) return selected;
  const unread = diagnostics.filter(({ code, status }) => code === UNREAD && status === "undecided");
  return [...selected, ...unread];
}

function formatLine(diagnostic: Diagnostic, paint: Paint): string {
  const { file, line = 1, column = 1, code } = diagnostic;
  const place = formatPlace({ ...(file !== undefined && { file }), line, column });
  const label = labelOf(diagnostic);
  const head = paint(LABEL_STYLES[label], `${label}[${escapeHarmful(code)}]`);
  return `${place}: ${head} ${formatShortMessage(diagnostic)}`;
}
