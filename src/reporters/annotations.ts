import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FactGroup, ValueGroup } from "../diagnostics/missing.ts";
import { listCommands, missingOf } from "../diagnostics/missing.ts";
import type { Report } from "../diagnostics/report.ts";
import { escapeHarmful, formatList, quoted } from "../diagnostics/text.ts";
import { createRequestCounter } from "./blocks.ts";
import { formatChecks, labelOf } from "./labels.ts";
import type { ReporterOptions } from "./reporter.ts";

/** What tools that annotate lines show: a finding, or something that undecided checks wait for. */
export interface Annotation
  extends Pick<Diagnostic, "file" | "line" | "column" | "endLine" | "endColumn" | "message" | "help"> {
  label: "error" | "warning" | "undecided" | "info";
  /** The code of a finding; `undecided` for what several checks wait for. */
  code: string;
  /** What it is about, in few words. */
  title: string;
  /** The finding; absent for what several checks wait for. */
  diagnostic?: Diagnostic;
}

/**
 * The annotations of a report, the worst first: one for each finding, and one for each missing fact, at the first
 * request that waits for it. Waived and known findings have none.
 */
export function listAnnotations(report: Report, options: Pick<ReporterOptions, "requestOf">): Annotation[] {
  const count = createRequestCounter(options);
  const { facts, values, unread, open } = missingOf(report);
  const failed = report.diagnostics.filter(({ status }) => status === "failed");
  const findings = (label: Annotation["label"]) =>
    failed.filter((diagnostic) => labelOf(diagnostic) === label).map(annotateFinding);
  return [
    ...findings("error"),
    ...findings("warning"),
    ...unread.map(annotateFinding),
    ...facts.map((fact) => annotateFact(fact, count(fact.checks))),
    ...values
      .filter(({ checks }) => checks.length > 0)
      .map((value) => annotateValues(value, count(value.checks))),
    ...open.map(annotateFinding),
    ...findings("info"),
  ];
}

/** What an annotation says, in one line, for formats that have no place for help. */
export function describeAnnotation({ label, message, help }: Annotation): string {
  const text = escapeHarmful(label === "undecided" ? `undecided: ${message}` : message);
  return help === undefined ? text : `${text} (${escapeHarmful(help)})`;
}

function annotateFinding(diagnostic: Diagnostic): Annotation {
  const { code, message, help } = diagnostic;
  const label = labelOf(diagnostic) as Annotation["label"];
  const title = label === "undecided" ? `undecided: ${code}` : code;
  return {
    label,
    code,
    title,
    message,
    ...(help !== undefined && { help }),
    ...placeOf(diagnostic),
    diagnostic,
  };
}

function annotateFact({ label, commands, checks }: FactGroup, requests: number): Annotation {
  const { shown, more } = listCommands(commands);
  const listed = [...shown.map((command) => quoted(command, MAX_COMMAND)), ...(more ? [more] : [])];
  return {
    label: "undecided",
    code: UNDECIDED,
    title: `undecided: ${label}`,
    message: `${describeChecks(checks, requests)} for: ${label}`,
    ...(listed.length > 0 && {
      help: `gather it with \`countersign context pull\`, or run ${listed.join(", ")}; then check with \`--context context\``,
    }),
    ...placeOf(checks[0]!),
  };
}

function annotateValues({ file, names, checks }: ValueGroup, requests: number): Annotation {
  return {
    label: "undecided",
    code: UNDECIDED,
    title: `undecided: values of ${file}`,
    message: `${describeChecks(checks, requests)} for values that only the run knows: ${formatList(names, "and")}`,
    ...placeOf(checks[0]!),
  };
}

const UNDECIDED = "undecided";
/** Long enough for a command with the ARNs of several resources: one cut short can't be run. */
const MAX_COMMAND = 2000;

const describeChecks = (checks: readonly Diagnostic[], requests: number): string =>
  `${formatChecks(checks, requests)} ${checks.length === 1 ? "waits" : "wait"}`;

function placeOf({ file, line, column, endLine, endColumn }: Diagnostic): Partial<Annotation> {
  const place = { file, line, column, endLine, endColumn };
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}
