import { describeNotChecked } from "../diagnostics/report.ts";
import { escapeHarmful, formatCount } from "../diagnostics/text.ts";
import type { Annotation } from "./annotations.ts";
import { listAnnotations } from "./annotations.ts";
import { formatVerdict } from "./labels.ts";
import type { Reporter } from "./reporter.ts";

/**
 * GitHub shows at most this many annotations of each kind per step, and this many characters of a message.
 */
const MAX_ANNOTATIONS = 10;
const MAX_MESSAGE_LENGTH = 4096;

type AnnotationCommand = "error" | "warning" | "notice";

const COMMANDS: Record<Annotation["label"], AnnotationCommand> = {
  error: "error",
  warning: "warning",
  undecided: "notice",
  info: "notice",
};

/**
 * Workflow commands that GitHub Actions turns into annotations:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const githubReporter: Reporter = (report, _sources, options) => {
  const shown: Record<AnnotationCommand, number> = { error: 0, warning: 0, notice: 0 };
  const left: Record<Annotation["label"], number> = { error: 0, warning: 0, undecided: 0, info: 0 };
  const lines: string[] = [];
  for (const annotation of listAnnotations(report, options)) {
    const command = COMMANDS[annotation.label];
    if (++shown[command] > MAX_ANNOTATIONS) left[annotation.label]++;
    else lines.push(formatAnnotation(command, annotation));
  }
  const notes = describeNotChecked(options.unchecked ?? [], report.summary);
  const verdict = `${report.outcome}${formatVerdict(report)}`;
  return `${[...lines, ...describeRemainder(left), ...notes, verdict].join("\n")}\n`;
};

function describeRemainder(left: Record<Annotation["label"], number>): string[] {
  const words = [
    left.error > 0 && formatCount(left.error, "more error"),
    left.warning > 0 && formatCount(left.warning, "more warning"),
    left.undecided > 0 && `${left.undecided} more undecided`,
    left.info > 0 && formatCount(left.info, "more note"),
  ].filter((part) => part !== false);
  return words.length > 0
    ? [`not annotated, because GitHub shows ${MAX_ANNOTATIONS} of a kind: ${words.join(", ")}`]
    : [];
}

function formatAnnotation(command: AnnotationCommand, annotation: Annotation): string {
  const { message, help } = annotation;
  const properties = Object.entries(toProperties(annotation))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  // Only our own line break separates message and help; those in the texts have been escaped.
  const text =
    help === undefined ? escapeHarmful(message) : `${escapeHarmful(message)}\nhelp: ${escapeHarmful(help)}`;
  return `::${command} ${properties.join(",")}::${escapeData(truncateMessage(text))}`;
}

function toProperties(annotation: Annotation): Record<string, string | number | undefined> {
  const { file, line, column, endLine, endColumn, title } = annotation;
  // GitHub accepts columns only for a range within one line.
  const isOneLine = line === endLine;
  return {
    file: file === undefined ? file : escapeHarmful(file),
    line,
    endLine,
    col: isOneLine ? column : undefined,
    endColumn: isOneLine ? endColumn : undefined,
    title: escapeHarmful(title),
  };
}

const truncateMessage = (text: string): string =>
  text.length <= MAX_MESSAGE_LENGTH
    ? text
    : `${text.slice(0, MAX_MESSAGE_LENGTH - 1).replace(/[\ud800-\udbff]$/, "")}…`;

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
