import { Command, CommanderError, Option } from "commander";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { version } from "./version.ts";

/** A command's work lives in a file of its own, loaded when the command runs. */
type Run = () => Promise<number>;

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
  addSchema(root, io, onRun);
  addExplain(root, io, onRun);
  return root;
}

const usageText = (text: string): string => `${text.trim().replace(/\.$/m, "")}\n`;

const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;

const collect = (value: string, before: string[] = []): string[] => [...before, value];

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
      "--schemas <dir>",
      "a directory of more schemas, as `schema generate` writes it (repeatable)",
      collect,
    )
    .option("--format <format[=file]>", "text or json (repeatable; =file writes it there)", collect)
    .option("--output <file>", "write the report to a file instead of standard output")
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
      const { format = ["text"], schemas = [] } = flags;
      onRun(async () => (await import("./check.ts")).run(paths, { ...flags, format, schemas }, colored));
    });
}

function addSchema(root: Command, io: Io, onRun: (run: Run) => void): void {
  const schema = root
    .command("schema")
    .description("make, compare and read the schemas of operations")
    .addHelpText("after", examples("countersign schema list", "countersign schema generate --help"));
  schema
    .command("generate")
    .description("turn documentation pages into JSON Schemas")
    .argument("<pages...>", "boto3 documentation pages (.rst), or directories of them")
    .requiredOption(
      "--out <dir>",
      "where the schemas go: DIR/<service>/<Operation>.request.json and .response.json",
    )
    .addHelpText(
      "after",
      examples("countersign schema generate pages/fsx/create_data_repository_task.rst --out schemas"),
    )
    .action((pages: string[], flags) =>
      onRun(async () => (await import("./schema-generate.ts")).run({ pages, ...flags }, io)),
    );
  schema
    .command("check")
    .description("say whether schemas still match their documentation pages")
    .argument("<pages...>", "boto3 documentation pages (.rst), or directories of them")
    .option("--schemas <dir>", "the schemas to compare with", "schemas")
    .addHelpText("after", examples("countersign schema check pages/fsx --schemas schemas"))
    .action((pages: string[], flags) =>
      onRun(async () => (await import("./schema-check.ts")).run({ pages, ...flags }, io)),
    );
  schema
    .command("list")
    .description("list the operations that requests can be checked for")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collect)
    .addHelpText("after", examples("countersign schema list"))
    .action((flags) => onRun(async () => (await import("./schema-list.ts")).list(flags, io)));
  schema
    .command("show")
    .description("print an operation's schema")
    .argument("<operation>", "service:Operation")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collect)
    .addHelpText("after", examples("countersign schema show fsx:CreateDataRepositoryTask"))
    .action((operation, flags) =>
      onRun(async () => (await import("./schema-list.ts")).show(operation, flags, io)),
    );
}

function addExplain(root: Command, io: Io, onRun: (run: Run) => void): void {
  root
    .command("explain")
    .description("say what a code means and how to mend what it reports")
    .argument("[code]", "a code as reports print it; all codes if none")
    .addHelpText("after", examples("countersign explain schema/enum", "countersign explain"))
    .action((code: string | undefined) => onRun(async () => (await import("./explain.ts")).run(code, io)));
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
