import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { describeNotChecked } from "../diagnostics/report.ts";
import { escapeHarmful, formatCount } from "../diagnostics/text.ts";
import type { FindingLabel } from "./labels.ts";
import { FINDING_LABELS, formatVerdict, labelOf } from "./labels.ts";
import type { Reporter } from "./reporter.ts";

/**
 * GitHub shows at most this many annotations of each kind per step, and this many characters of a message.
 */
const MAX_ANNOTATIONS = 10;
const MAX_MESSAGE_LENGTH = 4096;

type AnnotationCommand = "error" | "warning" | "notice";

/** Waived and known findings are not annotated. */
const COMMANDS: Partial<Record<FindingLabel, AnnotationCommand>> = {
  error: "error",
  warning: "warning",
  undecided: "notice",
  info: "notice",
};

/**
 * Workflow commands that GitHub Actions turns into annotations:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const githubReporter: Reporter = (report, _sources, { unchecked = [] }) => {
  const lines: string[] = [];
  const shown: Record<AnnotationCommand, number> = { error: 0, warning: 0, notice: 0 };
  const left: string[] = [];
  for (const kind of FINDING_LABELS) {
    const command = COMMANDS[kind];
    if (!command) continue;
    const findings = report.diagnostics.filter((diagnostic) => labelOf(diagnostic) === kind);
    const some = findings.slice(0, MAX_ANNOTATIONS - shown[command]);
    shown[command] += some.length;
    for (const diagnostic of some) lines.push(formatAnnotation(command, diagnostic));
    const rest = findings.length - some.length;
    if (rest > 0) left.push(REMAINDER_WORDS[kind]?.(rest) ?? "");
  }
  const more =
    left.length > 0
      ? [`not annotated, because GitHub shows ${MAX_ANNOTATIONS} of a kind: ${left.join(", ")}`]
      : [];
  const last = [
    `${report.outcome}${formatVerdict(report)}`,
    ...describeNotChecked(unchecked, report.summary),
  ];
  return `${[...lines, ...last, ...more].join("\n")}\n`;
};

const REMAINDER_WORDS: Partial<Record<FindingLabel, (count: number) => string>> = {
  error: (count) => formatCount(count, "more error"),
  warning: (count) => formatCount(count, "more warning"),
  undecided: (count) => `${count} more undecided`,
  info: (count) => formatCount(count, "more note"),
};

function formatAnnotation(command: AnnotationCommand, diagnostic: Diagnostic): string {
  const { message, help } = diagnostic;
  const properties = Object.entries(toProperties(diagnostic))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  // Only our own line break separates message and help; those in the texts have been escaped.
  const text =
    help === undefined ? escapeHarmful(message) : `${escapeHarmful(message)}\nhelp: ${escapeHarmful(help)}`;
  return `::${command} ${properties.join(",")}::${escapeData(truncateMessage(text))}`;
}

function toProperties(diagnostic: Diagnostic): Record<string, string | number | undefined> {
  const { file, line, column, endLine, endColumn } = diagnostic;
  // GitHub accepts columns only for a range within one line.
  const isOneLine = line === endLine;
  return {
    file: file === undefined ? file : escapeHarmful(file),
    line,
    endLine,
    col: isOneLine ? column : undefined,
    endColumn: isOneLine ? endColumn : undefined,
    title: formatTitle(diagnostic),
  };
}

const formatTitle = (diagnostic: Diagnostic): string =>
  diagnostic.status === "undecided"
    ? `undecided: ${escapeHarmful(diagnostic.code)}`
    : escapeHarmful(diagnostic.code);

const truncateMessage = (text: string): string =>
  text.length <= MAX_MESSAGE_LENGTH
    ? text
    : `${text.slice(0, MAX_MESSAGE_LENGTH - 1).replace(/[\ud800-\udbff]$/, "")}…`;

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
