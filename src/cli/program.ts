import { Command, CommanderError, Option } from "commander";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { addBaseline } from "./program-baseline.ts";
import { addIam } from "./program-iam.ts";
import { collect, examples, type Run } from "./program-parts.ts";
import { addRules } from "./program-rules.ts";
import { addSchema } from "./program-schema.ts";
import { version } from "./version.ts";

/** The command line as a table: names, options, help. `onRun` gets what the chosen command would do. */
export function program(io: Io, onRun: (run: Run) => void): Command {
  const root = new Command("countersign")
    .description("Checks proposed AWS API requests before anything runs.")
    .version(version(), "-V, --version")
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: (text, write) => write(usageText(text)),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      examples("countersign check examples", "countersign explain schema/enum", "countersign check --help"),
    );
  addCheck(root, io, onRun);
  addBaseline(root, io, onRun);
  addFind(root, io, onRun);
  addSchema(root, io, onRun);
  addRules(root, io, onRun);
  addIam(root, io, onRun);
  addExplain(root, io, onRun);
  addInit(root, io, onRun);
  return root;
}

const usageText = (text: string): string => `${text.trim().replace(/\.$/m, "")}\n`;

function addCheck(root: Command, io: Io, onRun: (run: Run) => void): void {
  root
    .command("check")
    .description("check the requests in files, directories, globs or standard input (-)")
    .argument(
      "[paths...]",
      "files, directories, globs, or - for standard input; the working directory if none",
    )
    .option("--operation <service:Operation>", "the operation of bare payloads")
    .option("--config <file>", "the configuration (default: the nearest countersign.yaml from here upwards)")
    .option("--no-config", "go by no configuration")
    .option(
      "--context <path>",
      "context: files of what the AWS CLI prints, or directories of them (repeatable)",
      collect,
    )
    .option("--caller <arn>", "the user or role that makes the calls, where a request doesn't say it")
    .option("--live", "ask AWS for the policies that no context file holds, and for its own verdicts")
    .option("--policy-from <commit>", "take configuration, rules, waivers and context from this commit")
    .option("--changed-from <commit>", "report only on files that changed since the branch parted from it")
    .option("--skip-unrelated", "say nothing of files that hold no request, though they are named")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collect)
    .option(
      "--schemas <dir>",
      "a directory of more schemas, as `schema generate` writes it (repeatable)",
      collect,
    )
    .option(
      "--format <format[=file]>",
      "text, json, sarif, github, junit or markdown (repeatable; =file writes it there)",
      collect,
    )
    .option("--output <file>", "write the report to a file instead of standard output")
    .option("--baseline <file>", "findings that are known and fail nothing, as `baseline` writes them")
    .option("--no-baseline", "go by no baseline")
    .addOption(
      new Option("--fail-on <severity>", "the least severity that fails").choices(["error", "warning"]),
    )
    .option("--strict", "undecided checks fail too")
    .option("--allow-empty", "finding no request to check is fine")
    .option("--no-color", "no colours")
    .addHelpText(
      "after",
      `${examples(
        "countersign check requests/",
        "countersign check --operation fsx:CreateDataRepositoryTask payload.json",
        "countersign check 'requests/**/*.yaml' --format json --output report.json",
        "generate-request | countersign check -",
      )}\nExit status: 0 nothing failed, 1 something failed, 2 the command or an input is wrong, 3 nothing to check.\n`,
    )
    .action((paths: string[], flags) => {
      const colored = { ...io, color: io.color && flags.color };
      const { format = ["text"], schemas = [], context = [], rules = [] } = flags;
      onRun(async () =>
        (await import("./check.ts")).run(paths, { ...flags, format, schemas, context, rules }, colored),
      );
    });
}

function addFind(root: Command, io: Io, onRun: (run: Run) => void): void {
  root
    .command("find")
    .description(
      "list the requests in files, directories, globs or standard input (-), without checking them",
    )
    .argument(
      "[paths...]",
      "files, directories, globs, or - for standard input; the working directory if none",
    )
    .option("--operation <service:Operation>", "the operation of bare payloads")
    .option("--config <file>", "the configuration (default: the nearest countersign.yaml from here upwards)")
    .option("--no-config", "go by no configuration")
    .option(
      "--schemas <dir>",
      "a directory of more schemas, as `schema generate` writes it (repeatable)",
      collect,
    )
    .addOption(new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `${examples("countersign find", "countersign find templates/ --format json")}\nExit status: 0 a request was found, 2 the command or an input is wrong, 3 none was found.\n`,
    )
    .action((paths: string[], { schemas = [], ...flags }) => {
      onRun(async () => (await import("./find.ts")).run(paths, { ...flags, schemas }, io));
    });
}

function addExplain(root: Command, io: Io, onRun: (run: Run) => void): void {
  root
    .command("explain")
    .description("say what a code means and how to mend what it reports")
    .argument("[code]", "a code as reports print it; all codes if none")
    .addHelpText("after", examples("countersign explain schema/enum", "countersign explain"))
    .action((code: string | undefined) => onRun(async () => (await import("./explain.ts")).run(code, io)));
}

function addInit(root: Command, io: Io, onRun: (run: Run) => void): void {
  root
    .command("init")
    .description("write a commented countersign.yaml into the working directory")
    .addHelpText("after", examples("countersign init"))
    .action(() => onRun(async () => (await import("./init.ts")).run(io)));
}

/** Runs the command line; its exit status. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let chosen: Run | undefined;
  try {
    program(io, (run) => {
      chosen = run;
    }).parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return chosen ? chosen() : EXIT.usage;
}
