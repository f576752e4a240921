import { join, resolve } from "node:path";
import { readSource } from "../../../files/source.ts";
import { decideCall, formatAnswer } from "../../../gate/hook/answer.ts";
import { readToolCall } from "../../../gate/hook/tool-call.ts";
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
  const { client, command, directory, isPowerShell } = readToolCall(input.text);
  if (command === undefined) return EXIT.ok;
  const file = join(resolve(directory ?? "."), isPowerShell ? "command.ps1" : "command.sh");
  const { checked } = await runCheck(
    [],
    {
      ...createCheckFlags(policy),
      allowEmpty: true,
      sources: [{ file, isExplicit: true, source: { file, text: command } }],
    },
    io,
  );
  const decision = decideCall(checked.report, command);
  if (decision) io.stdout(formatAnswer(decision, client));
  return EXIT.ok;
}
