import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { Io } from "../../run/io.ts";
import {
  addCheckOptions,
  addReadOptions,
  type CommandAction,
  collectValues,
  formatExamples,
} from "../options.ts";

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("it is a number, 0 or more");
  return Number(text);
}

/** Adds the options that say which findings count. */
export const addOutcomeOptions = (command: Command): Command =>
  command
    .option("--baseline <file>", "findings that are known and fail nothing, as `baseline` writes them")
    .option("--no-baseline", "go by no baseline")
    .addOption(
      new Option("--fail-on <severity>", "the least severity that fails").choices(["error", "warning"]),
    )
    .option("--strict", "undecided checks fail too")
    .option("--allow-empty", "finding no request to check is fine");

/** Adds the options that say how and where a report is written. */
export const addReportOptions = (command: Command): Command =>
  command
    .option(
      "--format <format[=file]>",
      "text, concise, json, sarif, github, gitlab, rdjsonl, azure, junit, markdown or html (repeatable; =file writes it there)",
      collectValues,
    )
    .option("--output <file>", "write the report to a file instead of standard output")
    .addOption(
      new Option("--show <what>", "of text and concise: what is shown one by one").choices([
        "all",
        "findings",
        "undecided",
        "none",
      ]),
    )
    .option("--max <number>", "of text: how many findings are shown with their source (10)", parseCount)
    .option("--quiet", "of text and concise: findings only; nothing at all means a pass")
    .option("--trend <file>", "keep counts by rule in this file, and draw them in html")
    .option("--no-color", "no colours");

/** Adds the options that say which files are checked and reported on, and by whose policy. */
export const addSelectionOptions = (command: Command): Command =>
  command
    .option("--policy-from <commit>", "take configuration, rules, waivers and context from this commit")
    .option("--changed-from <commit>", "report only on files that changed since the branch parted from it")
    .option("--skip-unrelated", "say nothing of files that hold no request, though they are named");

/** Adds `countersign check`. */
export function addCheck(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const check = root
    .command("check")
    .description("check the requests in files, directories, globs or standard input (-)");
  addSelectionOptions(addCheckOptions(addReadOptions(check)))
    .option("--live", "ask AWS for the policies that no context file holds, and for its own verdicts")
    .option("--repo <dir...>", "check these checkouts in place of paths, and report by repository")
    .option(
      "--shard <i/n>",
      "check a part of the files, and write what `merge` makes a report of to --output",
    )
    .option("--fix", "apply the fixes that can't turn a refused call into a deletion, then check")
    .option("--dry-run", "with --fix: show what it would change, and change nothing");
  addReportOptions(addOutcomeOptions(check))
    .addHelpText(
      "after",
      `${formatExamples(
        "countersign check requests/",
        "countersign check --operation fsx:CreateDataRepositoryTask payload.json",
        "countersign check 'requests/**/*.yaml' --format json --output report.json",
        "generate-request | countersign check -",
      )}\nExit status: 0 nothing failed, 1 something failed, 2 the command or an input is wrong, 3 nothing to check.\n`,
    )
    .action((paths: string[], flags) => {
      const colored = flags.color ? io : { ...io, color: false, links: false };
      const { format = ["text"], schemas = [], context = [], rules = [], shard } = flags;
      onRun(async () =>
        shard !== undefined
          ? (await import("./shard.run.ts")).run(paths, { ...flags, schemas, context, rules }, colored)
          : (await import("./check.run.ts")).run(
              paths,
              { ...flags, format, schemas, context, rules },
              colored,
            ),
      );
    });
}

/** Adds `countersign find`. */
export function addFind(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const find = root
    .command("find")
    .description(
      "list the requests in files, directories, globs or standard input (-), without checking them",
    );
  addReadOptions(find)
    .addOption(new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"))
    .option("--all", "also list the operations without a schema that are called")
    .addHelpText(
      "after",
      `${formatExamples("countersign find", "countersign find templates/ --format json")}\nExit status: 0 a request was found, 2 the command or an input is wrong, 3 none was found.\n`,
    )
    .action((paths: string[], { schemas = [], ...flags }) => {
      onRun(async () => (await import("./find.run.ts")).run(paths, { ...flags, schemas }, io));
    });
}
