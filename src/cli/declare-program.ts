import { Command, CommanderError } from "commander";
import { EXIT } from "../run/exit-status.ts";
import type { Io } from "../run/io.ts";
import { readPackageVersion } from "../run/version.ts";
import { addBaseline } from "./commands/baseline.ts";
import { addCheck, addFind } from "./commands/check.ts";
import { addContext } from "./commands/context/index.ts";
import { addGate } from "./commands/gate/index.ts";
import { addIam } from "./commands/iam/index.ts";
import { addLsp } from "./commands/lsp.ts";
import { addMcp } from "./commands/mcp.ts";
import { addMerge } from "./commands/merge.ts";
import { addReplay } from "./commands/replay.ts";
import { addRules } from "./commands/rules.ts";
import { addSchema } from "./commands/schema/index.ts";
import { addStream } from "./commands/stream.ts";
import { type CommandAction, formatExamples } from "./options.ts";

/**
 * Declares all commands with their options and help. `onRun` receives the work of the command that the user
 * chose.
 */
function buildProgram(io: Io, onRun: (run: CommandAction) => void): Command {
  const root = new Command("countersign")
    .description("Checks proposed AWS API requests before anything runs.")
    .version(readPackageVersion(), "-V, --version")
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: (text, write) => write(formatUsageError(text)),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      formatExamples(
        "countersign find",
        "countersign check requests/",
        "countersign explain schema/enum",
        "countersign check --help",
      ),
    );
  addCheck(root, io, onRun);
  addBaseline(root, io, onRun);
  addMerge(root, io, onRun);
  addFind(root, io, onRun);
  addReplay(root, io, onRun);
  addContext(root, io, onRun);
  addGate(root, io, onRun);
  addMcp(root, io, onRun);
  addLsp(root, io, onRun);
  addStream(root, io, onRun);
  addSchema(root, io, onRun);
  addRules(root, io, onRun);
  addIam(root, io, onRun);
  addExplain(root, io, onRun);
  addInit(root, io, onRun);
  return root;
}

const formatUsageError = (text: string): string => `${text.trim().replace(/\.$/m, "")}\n`;

function addExplain(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("explain")
    .description("say what a code means and how to fix what it reports")
    .argument("[code]", "a code as reports print it; all codes if none")
    .option("--config <file>", "the configuration, whose rule packs it knows")
    .option("--no-config", "go by no configuration")
    .addHelpText("after", formatExamples("countersign explain schema/enum", "countersign explain"))
    .action((code: string | undefined, flags) =>
      onRun(async () => (await import("./commands/explain.run.ts")).run(code, flags, io)),
    );
}

function addInit(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("init")
    .description("write a commented countersign.yaml into the working directory")
    .addHelpText("after", formatExamples("countersign init"))
    .action(() => onRun(async () => (await import("./commands/init.run.ts")).run(io)));
}

/** Parses the command line. Returns the work of the command, or the exit status if that is all, as for `--help`. */
export function parseCommandLine(argv: readonly string[], io: Io): CommandAction | number {
  let chosen: CommandAction | undefined;
  try {
    buildProgram(io, (run) => {
      chosen = run;
    }).parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return chosen ?? EXIT.usage;
}
