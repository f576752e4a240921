import { formatError } from "../run/errors.ts";
import { EXIT } from "../run/exit-status.ts";
import type { Io } from "../run/io.ts";
import { parsePlainCheck } from "./plain-check.ts";

/** Runs the command line. Returns the exit status; errors are printed, not thrown. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(argv, io);
  } catch (error) {
    io.stderr(formatError(error, io.environment));
    return EXIT.usage;
  }
}

async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  const plain = parsePlainCheck(argv);
  if (plain) return (await import("./commands/check.run.ts")).run(plain.paths, plain.flags, io);
  const parsed = (await import("./declare-program.ts")).parseCommandLine(argv, io);
  return typeof parsed === "number" ? parsed : parsed();
}
