import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { counted, harmless } from "../diagnostics/text.ts";
import type { Kind } from "./kind.ts";
import { KINDS, kindOf, verdictOf } from "./kind.ts";
import type { Reporter } from "./reporter.ts";

/**
 * GitHub shows at most this many annotations of each kind per step, and this many characters of a message.
 */
const MOST = 10;
const LONGEST = 4096;

type Command = "error" | "warning" | "notice";

/** Waived and known findings are not annotated. */
const COMMANDS: Partial<Record<Kind, Command>> = {
  error: "error",
  warning: "warning",
  undecided: "notice",
  info: "notice",
};

/**
 * Workflow commands that GitHub Actions turns into annotations:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Reporter = (report) => {
  const lines: string[] = [];
  const shown: Record<Command, number> = { error: 0, warning: 0, notice: 0 };
  const left: string[] = [];
  for (const kind of KINDS) {
    const command = COMMANDS[kind];
    if (!command) continue;
    const findings = report.diagnostics.filter((diagnostic) => kindOf(diagnostic) === kind);
    const some = findings.slice(0, MOST - shown[command]);
    shown[command] += some.length;
    for (const diagnostic of some) lines.push(annotation(command, diagnostic));
    const rest = findings.length - some.length;
    if (rest > 0) left.push(WORDS[kind]?.(rest) ?? "");
  }
  const more =
    left.length > 0 ? [`not annotated, because GitHub shows ${MOST} of a kind: ${left.join(", ")}`] : [];
  return `${[...lines, `${report.outcome}${verdictOf(report)}`, ...more].join("\n")}\n`;
};

const WORDS: Partial<Record<Kind, (count: number) => string>> = {
  error: (count) => counted(count, "more error"),
  warning: (count) => counted(count, "more warning"),
  undecided: (count) => `${count} more undecided`,
  info: (count) => counted(count, "more note"),
};

function annotation(command: Command, diagnostic: Diagnostic): string {
  const { message, help } = diagnostic;
  const properties = Object.entries(propertiesOf(diagnostic))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${property(String(value))}`);
  // Only our own line break separates message and help; those in the texts have been escaped.
  const text = help === undefined ? harmless(message) : `${harmless(message)}\nhelp: ${harmless(help)}`;
  return `::${command} ${properties.join(",")}::${data(cut(text))}`;
}

function propertiesOf(diagnostic: Diagnostic): Record<string, string | number | undefined> {
  const { file, line, column, endLine, endColumn } = diagnostic;
  // GitHub accepts columns only for a range within one line.
  const isOneLine = line === endLine;
  return {
    file: file === undefined ? file : harmless(file),
    line,
    endLine,
    col: isOneLine ? column : undefined,
    endColumn: isOneLine ? endColumn : undefined,
    title: titleOf(diagnostic),
  };
}

const titleOf = (diagnostic: Diagnostic): string =>
  diagnostic.status === "undecided" ? `undecided: ${harmless(diagnostic.code)}` : harmless(diagnostic.code);

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…`;

const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
