import { describeNotChecked } from "../diagnostics/report.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import type { Annotation } from "./annotations.ts";
import { describeAnnotation, listAnnotations } from "./annotations.ts";
import { formatVerdict } from "./labels.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

/** Azure has no third type: what is undecided must not go unseen, and is no error. Notes are plain text. */
const TYPES = { error: "error", warning: "warning", undecided: "warning", info: undefined } as const;

/**
 * Logging commands that Azure Pipelines turns into issues of a run
 * (learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
 */
export const azureReporter: Reporter = (report, _sources, options) => {
  const issues = listAnnotations(report, options).map((annotation) => formatIssue(annotation, options));
  const notes = describeNotChecked(options.unchecked ?? [], report.summary);
  const verdict = `${report.outcome}${formatVerdict(report)}`;
  return `${[...issues, ...notes, verdict].join("\n")}\n`;
};

function formatIssue(annotation: Annotation, { resolveFile }: ReporterOptions): string {
  const { label, code, file, line, column } = annotation;
  const text = describeAnnotation(annotation);
  const type = TYPES[label];
  if (type === undefined) return `note: ${escapeHarmful(file ?? "")}:${line}: ${text}`;
  const properties = {
    type,
    sourcepath: file === undefined ? undefined : escapeHarmful(resolveFile?.(file) ?? file),
    linenumber: line,
    columnnumber: column,
    code: escapeHarmful(code),
  };
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))};`);
  return `##vso[task.logissue ${pairs.join("")}]${escapeData(text)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll("]", "%5D").replaceAll(";", "%3B");
