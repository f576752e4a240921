import type { Command } from "commander";
import type { Io } from "../../run/io.ts";
import { checkingRequests, examples, type Run, readingRequests } from "../options.ts";

/** Adds `countersign baseline`. It runs a check, so it has those options of `check` that affect findings. */
export function addBaseline(root: Command, io: Io, onRun: (run: Run) => void): void {
  const baseline = root
    .command("baseline")
    .description("write the findings of today to a file, so that `check --baseline` fails only on new ones");
  checkingRequests(readingRequests(baseline))
    .option("--output <file>", "where to (default: the configuration's, or countersign-baseline.json)")
    .addHelpText(
      "after",
      examples("countersign baseline", "countersign check --baseline countersign-baseline.json"),
    )
    .action((paths: string[], flags) => {
      const { schemas = [], context = [], rules = [] } = flags;
      onRun(async () =>
        (await import("./baseline.run.ts")).run(paths, { ...flags, schemas, context, rules }, io),
      );
    });
}
