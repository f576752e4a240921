import type { Command } from "commander";
import type { Io } from "../../run/io.ts";
import { addCheckOptions, addReadOptions, type CommandAction, formatExamples } from "../options.ts";

/** Adds `countersign baseline`. It runs a check, so it has those options of `check` that affect findings. */
export function addBaseline(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const baseline = root
    .command("baseline")
    .description("write the findings of today to a file, so that `check --baseline` fails only on new ones");
  addCheckOptions(addReadOptions(baseline))
    .option(
      "--undecided",
      "also record the checks that are undecided, so that `--strict` fails only on new ones",
    )
    .option("--output <file>", "where to (default: the configuration's, or countersign-baseline.json)")
    .addHelpText(
      "after",
      formatExamples("countersign baseline", "countersign check --baseline countersign-baseline.json"),
    )
    .action((paths: string[], flags) => {
      const { schemas = [], context = [], rules = [] } = flags;
      onRun(async () =>
        (await import("./baseline.run.ts")).run(paths, { ...flags, schemas, context, rules }, io),
      );
    });
}
