import type { Command } from "commander";
import { Option } from "commander";
import type { Io } from "../../../run/io.ts";
import { type CommandAction, collectValues, formatExamples } from "../../options.ts";

/** Adds `countersign schema` and its subcommands. */
export function addSchema(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const schema = root
    .command("schema")
    .description("make, compare and read the schemas of operations")
    .addHelpText("after", formatExamples("countersign schema list", "countersign schema generate --help"));
  addGenerate(schema, io, onRun);
  addCheck(schema, io, onRun);
  addDiff(schema, io, onRun);
  addListAndShow(schema, io, onRun);
}

const SOURCES =
  "boto3 documentation pages (.rst), botocore service models (service-2.json, .json.gz), or directories of them";

function addGenerate(schema: Command, io: Io, onRun: (run: CommandAction) => void): void {
  schema
    .command("generate")
    .description("turn documentation pages and service models into JSON Schemas")
    .argument("<sources...>", SOURCES)
    .requiredOption(
      "--out <dir>",
      "where the schemas go: DIR/<service>/<Operation>.request.json and .response.json",
    )
    .option(
      "--operation <service:Operation>",
      "only this operation, or all of a `service` (repeatable)",
      collectValues,
    )
    .option("--service <name>", "the service of a model whose path doesn't tell it, as boto3 names it")
    .addHelpText(
      "after",
      formatExamples(
        "countersign schema generate pages/fsx/create_data_repository_task.rst --out schemas",
        "countersign schema generate botocore/data --operation mediaconvert:CreateJob --out schemas",
      ),
    )
    .action((pages: string[], flags) =>
      onRun(async () => (await import("./generate.run.ts")).run({ pages, ...flags }, io)),
    );
}

function addCheck(schema: Command, io: Io, onRun: (run: CommandAction) => void): void {
  schema
    .command("check")
    .description("say whether schemas still match their documentation pages or models")
    .argument("<sources...>", SOURCES)
    .option("--schemas <dir>", "the schemas to compare with", "schemas")
    .option(
      "--operation <service:Operation>",
      "only this operation, or all of a `service` (repeatable)",
      collectValues,
    )
    .option("--service <name>", "the service of a model whose path doesn't tell it, as boto3 names it")
    .addHelpText("after", formatExamples("countersign schema check pages/fsx --schemas schemas"))
    .action((pages: string[], flags) =>
      onRun(async () => (await import("./check.run.ts")).run({ pages, ...flags }, io)),
    );
}

function addDiff(schema: Command, io: Io, onRun: (run: CommandAction) => void): void {
  schema
    .command("diff")
    .description("say what changed between two versions of schemas, and what of it can break")
    .argument("<old>", "a schema, or a directory of schemas")
    .argument("<new>", "its newer version")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", formatExamples("countersign schema diff schemas-2025 schemas-2026"))
    .action((old: string, now: string, flags) =>
      onRun(async () => (await import("./diff.run.ts")).run({ old, new: now, ...flags }, io)),
    );
}

function addListAndShow(schema: Command, io: Io, onRun: (run: CommandAction) => void): void {
  schema
    .command("list")
    .description("list the operations that requests can be checked for")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--config <file>", "the configuration, which may name more")
    .option("--no-config", "go by no configuration")
    .addHelpText("after", formatExamples("countersign schema list"))
    .action((flags) => onRun(async () => (await import("./list.run.ts")).listSchemas(flags, io)));
  schema
    .command("show")
    .description("print an operation's schema")
    .argument("<operation>", "service:Operation")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--config <file>", "the configuration, which may name more")
    .option("--no-config", "go by no configuration")
    .addHelpText("after", formatExamples("countersign schema show fsx:CreateDataRepositoryTask"))
    .action((operation, flags) =>
      onRun(async () => (await import("./list.run.ts")).showSchema(operation, flags, io)),
    );
}
