import { join, resolve } from "node:path";
import { readSource } from "../../../files/source.ts";
import { homeOf } from "../../../gate/environment.ts";
import { decideCall, formatAnswer, type HookDecision, pickHarsher } from "../../../gate/hook/answer.ts";
import { readToolCall, type ToolCall } from "../../../gate/hook/tool-call.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { UsageError } from "../../../run/io.ts";
import { createCheckFlags, type PolicySource } from "../../../run/outer-policy.ts";
import { runCheck } from "../../../run/run.ts";

/**
 * Runs `countersign hook`: checks the shell text of a tool call. It says nothing where it has nothing to object. Returns
 * the exit status, which is 2 for its own faults: clients block the call then.
 */
export async function run(policy: PolicySource, io: Io): Promise<number> {
  const input = readSource("<stdin>", io.stdin);
  if ("problem" in input) throw new UsageError(input.problem.message);
  const { command, ...call } = readToolCall(input.text);
  if (command === undefined) return EXIT.ok;
  const decision = await checkCall(command, call, policy, io);
  if (decision) io.stdout(formatAnswer(decision, call.client));
  return EXIT.ok;
}

/** Checks a command, and the scripts and programs that it runs from files. */
async function checkCall(
  command: string,
  { directory, isPowerShell }: Omit<ToolCall, "command">,
  policy: PolicySource,
  io: Io,
): Promise<HookDecision | undefined> {
  const flags = { ...createCheckFlags(policy), allowEmpty: true };
  const commandLine = { directory, home: homeOf(io.environment), runs: new Set<string>() };
  const file = join(resolve(directory ?? "."), isPowerShell ? "command.ps1" : "command.sh");
  const sources = [{ file, isExplicit: true, source: { file, text: command } }];
  const { checked } = await runCheck([], { ...flags, commandLine, sources }, io);
  const own = decideCall(checked.report, command);
  const files = [...commandLine.runs].map((each) => ({ file: each, isExplicit: false }));
  if (files.length === 0) return own;
  const inFiles = await runCheck([], { ...flags, sources: files }, io);
  const texts = files
    .map(({ file: each }) => readSource(each))
    .map((read) => ("text" in read ? read.text : ""));
  return pickHarsher(own, decideCall(inFiles.checked.report, texts.join("\n")));
}
