import type { Command } from "commander";
import type { Io } from "../../run/io.ts";
import { addCheckOptions, type CommandAction, collectValues, formatExamples } from "../options.ts";
import { addOutcomeOptions, addReportOptions, addSelectionOptions } from "./check.ts";

/** Adds `countersign merge`. */
export function addMerge(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const merge = root
    .command("merge")
    .description("make one report of the parts that `check --shard` wrote, as one run would have made it")
    .argument("<parts...>", "the parts, or directories of them")
    .option("--operation <service:Operation>", "as the shards were given it; so are all options that decide")
    .option("--config <file>", "the configuration (default: that of the shards)")
    .option("--no-config", "go by no configuration")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues);
  addReportOptions(addOutcomeOptions(addSelectionOptions(addCheckOptions(merge))))
    .addHelpText(
      "after",
      `${formatExamples(
        "countersign check --shard 1/2 --output part-1",
        "countersign check --shard 2/2 --output part-2",
        "countersign merge part-1 part-2 --format sarif --output report.sarif",
      )}\nExit status: as of check.\n`,
    )
    .action((parts: string[], { color, config, baseline, ...flags }) => {
      const colored = color ? io : { ...io, color: false, links: false };
      // The parser's default for an option that can be negated is true.
      const given = {
        ...flags,
        ...(config !== true && config !== undefined && { config }),
        ...(baseline !== true && baseline !== undefined && { baseline }),
      };
      onRun(async () => (await import("./merge.run.ts")).run(parts, given, colored));
    });
}
