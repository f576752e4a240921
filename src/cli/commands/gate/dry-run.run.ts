import { refuseWithoutOperation, resolveAliases } from "../../../gate/aliases.ts";
import { concerns } from "../../../gate/check-command.ts";
import { describeCall, GATHER_HINT } from "../../../gate/describe.ts";
import { readVector } from "../../../gate/vector.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { UsageError } from "../../../run/io.ts";
import { writeReport } from "../../../run/reports.ts";
import { checkWithFacts, type PullingFlags } from "./check-with-facts.ts";

interface DryRunFlags extends PullingFlags {
  format: string;
}

/** Runs `countersign dry-run`: checks a command, and runs nothing. Returns the exit status. */
export async function run(
  given: readonly string[],
  { format, ...flags }: DryRunFlags,
  io: Io,
): Promise<number> {
  if (format !== "text" && format !== "json")
    throw new UsageError("`--format` of `dry-run` is `text` or `json`");
  const vector = readVector(given, io.environment);
  refuseWithoutOperation(resolveAliases(vector.words, io.environment));
  const command = await checkWithFacts(vector, flags, io);
  try {
    const { checked, status } = command;
    const { requests } = checked.report;
    const isNothing = !concerns(checked.report);
    if (format === "text") io.stdout(isNothing ? describeNothing(command.words) : describeCall(command));
    if (isNothing && format === "text") return EXIT.nothing;
    if (format === "text" && requests.length > 0) io.stdout("\n");
    await writeReport({ format, file: undefined }, checked, io, { gather: GATHER_HINT });
    return isNothing ? EXIT.nothing : status;
  } finally {
    command.files.remove();
  }
}

const describeNothing = (words: readonly string[]): string =>
  words.at(-1) === "help" || words.some((word) => word.startsWith("--generate-cli-skeleton"))
    ? "this command calls no operation: it only prints\n"
    : "nothing of this command is checked: there is no schema for its operation\n";
