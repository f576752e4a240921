import type { Command } from "commander";
import type { Io } from "../../run/io.ts";
import { type CommandAction, formatExamples } from "../options.ts";

/** Adds `countersign mcp`. */
export function addMcp(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("mcp")
    .description("serve check, explain, context_plan and schema to agents over the Model Context Protocol")
    .option("--root <dir>", "the directory whose files are read, and no others", ".")
    .option("--config <file>", "the configuration; without it, the rules that ship")
    .option("--policy-from <commit>", "take configuration, rules, waivers and context from this commit")
    .addHelpText(
      "after",
      formatExamples("countersign mcp --root . --config /etc/countersign/countersign.yaml"),
    )
    .action((flags) => onRun(async () => (await import("./mcp.run.ts")).run(flags, io)));
}
