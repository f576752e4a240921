import type { Command } from "commander";
import type { Io } from "../../../run/io.ts";
import { addCheckOptions, addReadOptions, type CommandAction, formatExamples } from "../../options.ts";

/** Adds `countersign context` and its subcommands. */
export function addContext(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const context = root
    .command("context")
    .description("gather the facts that undecided checks wait for")
    .addHelpText(
      "after",
      formatExamples("countersign context plan requests/ > gather.sh", "countersign context pull requests/"),
    );
  const plan = context
    .command("plan")
    .description("print a shell script of read-only AWS CLI commands that print the missing facts");
  addCheckOptions(addReadOptions(plan))
    .addHelpText("after", formatExamples("countersign context plan requests/ > gather.sh"))
    .action((paths: string[], { schemas = [], context = [], rules = [], ...flags }) =>
      onRun(async () =>
        (await import("./plan.run.ts")).run(paths, { ...flags, schemas, context, rules }, io),
      ),
    );
  const pull = context
    .command("pull")
    .description(
      "run the commands of `context plan` through the AWS CLI of this machine, and write what they print",
    );
  addCheckOptions(addReadOptions(pull))
    .option("--out <dir>", "the directory of context to write into", "context")
    .option("--profile <name>", "the AWS CLI's profile")
    .option("--region <region>", "the Region of things whose names don't tell theirs")
    .addHelpText(
      "after",
      `${formatExamples("countersign context pull requests/ --profile audit --region eu-west-1")}\nExit status: 0 everything was read, 1 something was not, 2 the command or an input is wrong.\n`,
    )
    .action((paths: string[], { schemas = [], context = [], rules = [], ...flags }) =>
      onRun(async () =>
        (await import("./pull.run.ts")).run(paths, { ...flags, schemas, context, rules }, io),
      ),
    );
}
