import type { Diagnostic, Edit } from "../diagnostics/diagnostic.ts";
import type { LineIndex } from "../diagnostics/lines.ts";
import type { Sources } from "../diagnostics/report.ts";
import { escapeHarmful, formatSafeJson } from "../diagnostics/text.ts";
import type { Annotation } from "./annotations.ts";
import { describeAnnotation, listAnnotations } from "./annotations.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

const SEVERITIES = { error: "ERROR", warning: "WARNING", undecided: "INFO", info: "INFO" } as const;

/**
 * Reviewdog's diagnostic format, one JSON object a line (github.com/reviewdog/reviewdog, proto/rdf). Its columns
 * count bytes of UTF-8 from 1; ranges end before their end.
 */
export const rdjsonlReporter: Reporter = (report, sources, options) =>
  listAnnotations(report, options)
    .map((annotation) => `${formatSafeJson(toRdf(annotation, sources, options), "")}\n`)
    .join("");

function toRdf(annotation: Annotation, sources: Sources, { linkCode }: ReporterOptions) {
  const { label, code, file = "request", diagnostic } = annotation;
  const url = linkCode?.(code);
  const suggestions = diagnostic ? toSuggestions(diagnostic, sources) : [];
  return {
    message: describeAnnotation(annotation),
    location: { path: escapeHarmful(file), ...toRange(annotation, sources.get(file)) },
    severity: SEVERITIES[label],
    source: { name: "countersign" },
    code: { value: escapeHarmful(code), ...(url !== undefined && { url }) },
    ...(suggestions.length > 0 && { suggestions }),
  };
}

/** Without the text of the lines, bytes can't be counted, and the range is that of whole lines. */
function toRange(
  { line, column = 1, endLine = line, endColumn = column }: Annotation,
  lines: LineIndex | undefined,
) {
  if (line === undefined || endLine === undefined) return {};
  if (!lines) return { range: { start: { line }, end: { line: endLine } } };
  const toPosition = (line: number, column: number) => ({ line, column: countBytes(lines, line, column) });
  return { range: { start: toPosition(line, column), end: toPosition(endLine, endColumn) } };
}

const countBytes = (lines: LineIndex, line: number, column: number): number =>
  Buffer.byteLength(lines.lineText(line).slice(0, column - 1)) + 1;

/** A reviewer sees a suggestion before it is applied, so that also edits are suggested which `--fix` leaves alone. */
function toSuggestions({ fix, file }: Diagnostic, sources: Sources) {
  if (!fix || fix.edits.some((edit) => edit.file !== file)) return [];
  return fix.edits.flatMap((edit) => {
    const lines = sources.get(edit.file);
    return lines ? [toSuggestion(edit, lines)] : [];
  });
}

function toSuggestion({ start, end, text }: Edit, lines: LineIndex) {
  const place = lines.place({ start, end });
  const { range } = toRange({ ...place, label: "info", code: "", title: "", message: "" }, lines);
  return { range, text };
}
