import { createInterface } from "node:readline";
import { lacksJustification } from "../../../diagnostics/diagnostic.ts";
import { canLoseData } from "../../../engine/report/deletions.ts";
import { type AuditVerdict, writeAudit } from "../../../gate/audit.ts";
import { type CheckedCommand, concerns, type GateFlags } from "../../../gate/check-command.ts";
import { GATHER_HINT } from "../../../gate/describe.ts";
import { withoutPrompt } from "../../../gate/environment.ts";
import { runVector } from "../../../gate/run-command.ts";
import type { CommandVector } from "../../../gate/vector.ts";
import { resolveConfigPaths } from "../../../run/config.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { renderReport } from "../../../run/reports.ts";
import { checkWithFacts, type PullingFlags } from "./check-with-facts.ts";
import { createNoProgramError } from "./no-program.ts";

export interface ExecFlags extends PullingFlags {
  allowUndecided?: boolean;
  audit?: string;
  printShellFunction?: string;
}

/** Checks a command, and runs it unless the check stops it. */
export async function runChecked(vector: CommandVector, flags: ExecFlags, io: Io): Promise<number> {
  let checking = flags;
  let command = await checkWithFacts(vector, checking, io);
  try {
    const asked = await askJustification(command, flags);
    if (asked !== undefined) {
      command.files.remove();
      checking = { ...flags, justification: asked };
      command = await checkWithFacts(vector, checking, io);
    }
    return await decide(vector, command, checking, io);
  } finally {
    command.files.remove();
  }
}

async function decide(
  vector: CommandVector,
  command: CheckedCommand,
  flags: ExecFlags,
  io: Io,
): Promise<number> {
  const { checked, words, files } = command;
  const why = findObjection(command, flags);
  if (concerns(checked.report)) {
    if (why !== undefined) io.stderr(`countersign: stopped: ${why}\n\n`);
    if (checked.report.diagnostics.length > 0)
      io.stderr(await renderReport("text", checked, { color: io.color, gather: GATHER_HINT }));
    audit(command, why === undefined ? "ran" : "stopped", flags);
  }
  if (why !== undefined) {
    io.stderr(`\ncountersign: stopped: ${why}; nothing was run\n`);
    return command.status === EXIT.ok ? EXIT.failed : command.status;
  }
  if (vector.program === undefined) throw createNoProgramError();
  await files.leaveSignals();
  const environment = flags.allowUnread ? io.environment : withoutPrompt(io.environment);
  return runVector(vector.program, words, environment, () => files.remove());
}

/** Why the command doesn't run; undefined if it does. */
function findObjection({ checked, status }: CheckedCommand, flags: ExecFlags): string | undefined {
  const { report, payloadOf } = checked;
  if (status !== EXIT.ok && status !== EXIT.nothing) return "a check failed";
  if (report.summary.unread > 0 && !flags.allowUnread)
    return "what it calls can't be told (`--allow-unread` runs it all the same)";
  const isRisky = report.requests.some(
    (request) => request.outcome === "undecided" && canLoseData(request.operation, payloadOf(request)),
  );
  return isRisky && !flags.allowUndecided
    ? "it can lose data, and not every check of it could be decided (`--pull` gathers the facts, `--allow-undecided` runs it all the same)"
    : undefined;
}

function audit(command: CheckedCommand, verdict: AuditVerdict, flags: ExecFlags): void {
  const { config } = command;
  const file =
    flags.audit ?? (config?.audit === undefined ? undefined : resolveConfigPaths(config, [config.audit])[0]);
  if (file === undefined) return;
  writeAudit(file, command, { verdict, justification: flags.justification, now: new Date() });
}

/** On a terminal, asks for the justification that a rule wants. */
async function askJustification(
  { checked }: CheckedCommand,
  { justification }: GateFlags,
): Promise<string | undefined> {
  const isWanted = checked.report.diagnostics.some(lacksJustification);
  if (!isWanted || justification !== undefined || !process.stdin.isTTY || !process.stderr.isTTY)
    return undefined;
  const answer = await ask("countersign: this can lose data; why is it run? ");
  return answer.trim() === "" ? undefined : answer;
}

/** Asks on the terminal. The end of the input is an empty answer, and Ctrl-C there the signal that it is elsewhere. */
function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    const answerNothing = (): void => resolve("");
    lines.on("SIGINT", () => {
      process.stderr.write("\n");
      lines.off("close", answerNothing).close();
      // At once: with the input closed, nothing would keep the process waiting for a signal.
      process.emit("SIGINT", "SIGINT");
    });
    lines.on("close", answerNothing);
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
