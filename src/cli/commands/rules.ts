import type { Command } from "commander";
import { Option } from "commander";
import type { Io } from "../../run/io.ts";
import { collect, examples, type Run } from "../options.ts";

/** `countersign rules …` */
export function addRules(root: Command, io: Io, onRun: (run: Run) => void): void {
  const rules = root
    .command("rules")
    .description("list, read and test rules")
    .addHelpText("after", examples("countersign rules list", "countersign rules test my-rules"));
  rules
    .command("list")
    .description("list the rules: id, severity, and the context that each needs")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collect)
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collect)
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", examples("countersign rules list"))
    .action((flags) => onRun(async () => (await import("./rules.run.ts")).list(flags, io)));
  rules
    .command("show")
    .description("print what a rule says, why, and its examples")
    .argument("<id>", "the rule's id")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collect)
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collect)
    .addHelpText("after", examples("countersign rules show fsx/export-paths-relative"))
    .action((id: string, flags) => onRun(async () => (await import("./rules.run.ts")).show(id, flags, io)));
  rules
    .command("test")
    .description("run the examples of rules: those in directories, or those that ship")
    .argument("[dirs...]", "directories of rule files, or rule files")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collect)
    .addHelpText("after", examples("countersign rules test my-rules"))
    .action((dirs: string[], flags) =>
      onRun(async () => (await import("./rules.run.ts")).test(dirs, flags, io)),
    );
}
