import type { Command } from "commander";
import type { Io } from "../../run/io.ts";
import type { CommandAction } from "../options.ts";
import { formatExamples } from "../options.ts";

/** Adds `countersign lsp`. */
export function addLsp(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("lsp")
    .description("serve an editor: a language server, started by the editor itself")
    .requiredOption("--stdio", "speak through standard input and output")
    .addHelpText("after", formatExamples("countersign lsp --stdio"))
    .action(() => onRun(async () => (await import("./lsp.run.ts")).run(io)));
}
