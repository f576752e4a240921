import type { Command } from "commander";
import { Option } from "commander";
import type { Io } from "../../run/io.ts";
import { type CommandAction, collectValues, formatExamples } from "../options.ts";

/** `countersign rules …` */
export function addRules(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const rules = root
    .command("rules")
    .description("list, read and test rules")
    .addHelpText("after", formatExamples("countersign rules list", "countersign rules test my-rules"));
  rules
    .command("list")
    .description("list the rules: id, severity, and the context that each needs")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collectValues)
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--config <file>", "the configuration, which may name more")
    .option("--no-config", "go by no configuration")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", formatExamples("countersign rules list"))
    .action((flags) => onRun(async () => (await import("./rules.run.ts")).listRules(flags, io)));
  rules
    .command("show")
    .description("print what a rule says, why, and its examples")
    .argument("<id>", "the rule's id")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collectValues)
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--config <file>", "the configuration, which may name more")
    .option("--no-config", "go by no configuration")
    .addHelpText("after", formatExamples("countersign rules show fsx/export-paths-relative"))
    .action((id: string, flags) =>
      onRun(async () => (await import("./rules.run.ts")).showRule(id, flags, io)),
    );
  rules
    .command("test")
    .description("run the examples of rules: those in directories, or those that ship")
    .argument(
      "[dirs...]",
      "directories of rule files, or rule files; else the configuration's, else those that ship",
    )
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--config <file>", "the configuration, which may name more")
    .option("--no-config", "go by no configuration")
    .addHelpText("after", formatExamples("countersign rules test my-rules"))
    .action((dirs: string[], flags) =>
      onRun(async () => (await import("./rules.run.ts")).testRules(dirs, flags, io)),
    );
}
