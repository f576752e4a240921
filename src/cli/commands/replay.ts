import type { Command } from "commander";
import { Option } from "commander";
import type { Io } from "../../run/io.ts";
import { type CommandAction, collectValues, formatExamples } from "../options.ts";

/** Adds `countersign replay`. */
export function addReplay(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("replay")
    .description("check past calls in trails of CloudTrail, and compare with what AWS answered")
    .argument("<paths...>", "files, directories or globs of trails, or - for standard input")
    .option("--config <file>", "the configuration (default: the nearest countersign.yaml from here upwards)")
    .option("--no-config", "go by no configuration")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collectValues)
    .option(
      "--policy <path>",
      "policies: what `iam fetch` or get-account-authorization-details prints (repeatable)",
      collectValues,
    )
    .option(
      "--context <path>",
      "the same as --policy: facts of today are left out (repeatable)",
      collectValues,
    )
    .option(
      "--schemas <dir>",
      "a directory of more schemas, as `schema generate` writes it (repeatable)",
      collectValues,
    )
    .option("--include-reads", "check reads, too")
    .option(
      "--format <format[=file]>",
      "text, or a format of check with a row for each call, such as json (repeatable; =file writes it there)",
      collectValues,
    )
    .option("--output <file>", "write the report to a file instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "the least severity that fails").choices(["error", "warning"]),
    )
    .option("--strict", "undecided checks fail too")
    .option("--allow-empty", "finding no record is fine")
    .addHelpText(
      "after",
      `${formatExamples(
        "countersign replay AWSLogs/",
        "countersign replay AWSLogs/ --rules new-rules/",
        "countersign replay trail.json.gz --format json",
        "aws cloudtrail lookup-events | countersign replay -",
      )}\nExit status: 0 no call would have been stopped, 1 one would have been, or a record can't be read, 2 the command or an input is wrong, 3 no record was read.\n`,
    )
    .action((paths: string[], flags) => {
      const { format = ["text"], schemas = [], context = [], policy = [], rules = [], ...others } = flags;
      const given = { ...others, format, schemas, context: [...context, ...policy], rules };
      onRun(async () => (await import("./replay.run.ts")).run(paths, given, io));
    });
}
