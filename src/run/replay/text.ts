import type { CountedName, ReplayReport } from "../../diagnostics/replay-report.ts";
import { escapeHarmful, formatCount } from "../../diagnostics/text.ts";
import type { ReplayResult } from "./replay.ts";
import type { ShownCall } from "./tally.ts";

/** Rows of a table; the others are counted. */
const MAX_ROWS = 20;

/** Formats the result of a replay for people. */
export function formatReplay({ replay, tally, reader }: ReplayResult): string {
  const parts = [
    formatProblems(reader),
    formatStopped(replay),
    formatCalls(
      "accepted by AWS, failing here (the policy would have stopped them, or is wrong)",
      replay.answers.failAccepted,
      tally.wrongFails,
    ),
    formatCalls(
      "refused by AWS for their parameters, passing here (a check is missing)",
      replay.answers.passRefused,
      tally.wrongPasses,
    ),
    formatAnswers(replay),
    formatLast(replay),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function formatProblems({ problems, problemCount, emptyFiles }: ReplayResult["reader"]): string {
  const empty = emptyFiles.map((file) => `no record of CloudTrail: ${escapeHarmful(file)}\n`);
  const rows = problems.map(
    ({ file, line, column, message }) =>
      `not read: ${escapeHarmful(`${file}:${line}:${column}: ${message}`)}\n`,
  );
  const rest = problemCount - problems.length;
  return `${empty.join("")}${rows.join("")}${rest > 0 ? `not read: ${rest} more\n` : ""}`;
}

function formatStopped({ stopped, calls }: ReplayReport): string {
  if (stopped.calls === 0) return "";
  const tables = [
    formatTable("by rule", stopped.byRule),
    formatTable("by operation", stopped.byOperation),
    formatTable("by principal", stopped.byPrincipal),
    formatTable("by week", stopped.byWeek),
  ];
  return `${stopped.calls} of ${formatCount(calls, "call")} would have been stopped\n${tables.join("")}`;
}

function formatTable(title: string, rows: readonly CountedName[]): string {
  const shown = rows.slice(0, MAX_ROWS);
  const width = Math.max(...shown.map(({ calls }) => String(calls).length));
  const lines = shown.map(
    ({ name, calls }) => `    ${String(calls).padStart(width)}  ${escapeHarmful(name.slice(0, 300))}\n`,
  );
  const rest = rows.length - shown.length;
  return `  ${title}\n${lines.join("")}${rest > 0 ? `    and ${rest} more\n` : ""}`;
}

function formatCalls(title: string, count: number, shown: readonly ShownCall[]): string {
  if (count === 0) return "";
  const rest = count - shown.length;
  const more = rest > 0 ? `  and ${rest} more; \`--format json\` lists all\n` : "";
  return `${title}: ${count}\n${shown.map(formatCall).join("")}${more}`;
}

function formatCall({ operation, recorded, stops, file, line }: ShownCall): string {
  const { time = "", eventId = "", principal = "", errorCode = "", errorMessage = "" } = recorded;
  const about = [operation, time, principal, eventId].filter((text) => text !== "").join("  ");
  const answer = [errorCode, errorMessage].filter((text) => text !== "").join(": ");
  const why = stops.length > 0 ? stops.map(({ code, message }) => `${code}: ${message}`) : [`AWS: ${answer}`];
  const reasons = why.map((text) => `    ${escapeHarmful(text.slice(0, 500))}\n`).join("");
  return `  ${escapeHarmful(about.slice(0, 500))}\n${reasons}    ${escapeHarmful(`${file}:${line}`)}\n`;
}

function formatAnswers({ answers }: ReplayReport): string {
  const agreed = answers.passAccepted + answers.failRefused;
  const rows: [number, string][] = [
    [agreed, `AWS and the policy agree (${answers.passAccepted} pass, ${answers.failRefused} fail)`],
    [answers.passRefusedForState, "refused for what there was at that time, passing here"],
    [answers.denied, "denied for a missing permission"],
    [answers.unanswered, "not answered by AWS (too many calls, or a fault of its own)"],
    [answers.undecided, "undecided, since the record doesn't have all parameters"],
  ];
  return rows
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${what}: ${count}\n`)
    .join("");
}

function formatLast({
  files,
  records,
  reads,
  repeated,
  calls,
  from,
  to,
  leftOut,
  stopped,
}: ReplayReport): string {
  const when = from === undefined ? "" : `, from ${escapeHarmful(from)} to ${escapeHarmful(to ?? from)}`;
  const rest = [
    reads > 0 ? `${formatCount(reads, "read")} skipped` : "",
    repeated > 0 ? `${formatCount(repeated, "event")} told again` : "",
  ].filter((text) => text !== "");
  const untold =
    leftOut.checks > 0
      ? `${formatCount(leftOut.checks, "check")} of ${formatCount(leftOut.calls, "call")} left out: they need facts of that day, and today's say nothing of it\n`
      : "";
  const seen = `${formatCount(records, "record")} in ${formatCount(files, "file")}${when}`;
  const skipped = rest.length > 0 ? `; ${rest.join(", ")}` : "";
  return `${untold}${seen}${skipped}\nresult: ${stopped.calls} of ${formatCount(calls, "call")} would have been stopped\n`;
}
