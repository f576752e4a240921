import { resolveAliases } from "../../../gate/aliases.ts";
import { withoutPrompt } from "../../../gate/environment.ts";
import { runVector } from "../../../gate/run-command.ts";
import { isOutOfScope } from "../../../gate/scope.ts";
import { SHELL_FUNCTIONS } from "../../../gate/shell-functions.ts";
import { readVector } from "../../../gate/vector.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { UsageError } from "../../../run/io.ts";
import type { ExecFlags } from "./exec-checked.ts";
import { createNoProgramError } from "./no-program.ts";

/**
 * Runs `countersign exec`: checks a command, and runs it unless the check stops it. Returns the exit status. What checks is
 * loaded for commands that may need a check: all others run at once.
 */
export async function run(given: readonly string[], flags: ExecFlags, io: Io): Promise<number> {
  const { printShellFunction: shell } = flags;
  if (shell !== undefined) return printShellFunction(shell, io);
  const vector = readVector(given, io.environment);
  const words = resolveAliases(vector.words, io.environment);
  if (!isOutOfScope(words, flags)) return (await import("./exec-checked.ts")).runChecked(vector, flags, io);
  if (vector.program === undefined) throw createNoProgramError();
  return runVector(vector.program, words, withoutPrompt(io.environment), () => {});
}

function printShellFunction(shell: string, io: Io): number {
  if (!Object.hasOwn(SHELL_FUNCTIONS, shell))
    throw new UsageError("`--print-shell-function` knows `bash`, `zsh` and `fish`");
  io.stdout(SHELL_FUNCTIONS[shell]!);
  return EXIT.ok;
}
