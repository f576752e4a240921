import type { Command } from "commander";
import type { Io } from "./io.ts";
import { collect, examples, type Run } from "./program-parts.ts";

/** `countersign baseline`: it checks, so its options are those of `check` that say what is found. */
export function addBaseline(root: Command, io: Io, onRun: (run: Run) => void): void {
  root
    .command("baseline")
    .description("write the findings of today to a file, so that `check --baseline` fails only on new ones")
    .argument("[paths...]", "as for `check`; the working directory if none")
    .option("--output <file>", "where to (default: the configuration's, or countersign-baseline.json)")
    .option("--operation <service:Operation>", "the operation of bare payloads")
    .option("--config <file>", "the configuration (default: the nearest countersign.yaml from here upwards)")
    .option("--no-config", "go by no configuration")
    .option("--context <path>", "context, as for `check` (repeatable)", collect)
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collect)
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collect)
    .addHelpText(
      "after",
      examples("countersign baseline", "countersign check --baseline countersign-baseline.json"),
    )
    .action((paths: string[], flags) => {
      const { schemas = [], context = [], rules = [] } = flags;
      onRun(async () =>
        (await import("./baseline-write.ts")).run(
          paths,
          { ...flags, format: [], schemas, context, rules },
          io,
        ),
      );
    });
}
