import type { Command } from "commander";
import type { Io } from "../../../run/io.ts";
import { addCheckOptions, type CommandAction, collectValues, formatExamples } from "../../options.ts";

/** Adds `countersign dry-run`, `countersign exec` and `countersign hook`. */
export function addGate(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  addDryRun(root, io, onRun);
  addExec(root, io, onRun);
  addHook(root, io, onRun);
}

/** The options that say how one command is checked. */
const addGateOptions = (command: Command): Command =>
  addCheckOptions(command)
    .argument("[command...]", "the command of the AWS CLI, behind `--`")
    .showHelpAfterError("  help: the command of the AWS CLI, with its options, stands behind `--`")
    .option("--config <file>", "the configuration (default: the nearest countersign.yaml from here upwards)")
    .option("--no-config", "go by no configuration")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--policy-from <commit>", "take configuration, rules, waivers and context from this commit")
    .option("--pull", "gather the missing facts through the AWS CLI first: it only reads")
    .option("--live", "ask AWS for the policies that no context file holds, and for its own verdicts")
    .option("--strict", "undecided checks fail too")
    .option("--justification <text>", "why, for rules that want to know it");

function addDryRun(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  addGateOptions(
    root.command("dry-run").description("check one command of the AWS CLI and show what it would send"),
  )
    .option("--format <format>", "text or json", "text")
    .addHelpText(
      "after",
      `${formatExamples("countersign dry-run -- aws fsx create-data-repository-task --cli-input-json file://task.json")}\nExit status: 0 nothing failed, 1 something failed, 2 the command can't be read, 3 nothing of it is checked.\n`,
    )
    .action((words: string[], { schemas = [], context = [], rules = [], ...flags }) =>
      onRun(async () =>
        (await import("./dry-run.run.ts")).run(words, { ...flags, schemas, context, rules }, io),
      ),
    );
}

function addExec(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  addGateOptions(
    root.command("exec").description("check one command of the AWS CLI, and run it if nothing failed"),
  )
    .option("--allow-undecided", "run what can lose data also if a check of it is undecided")
    .option("--allow-unread", "run commands whose operation can't be told")
    .option("--audit <file>", "append a line of JSON about each checked command")
    .option(
      "--print-shell-function <shell>",
      "print a function for bash, zsh or fish that checks every `aws`",
    )
    .addHelpText(
      "after",
      `${formatExamples(
        "countersign exec -- aws fsx create-data-repository-task --cli-input-json file://task.json",
        'eval "$(countersign exec --print-shell-function bash)"',
      )}\nExit status: that of the command if it ran; 1 a check failed, 2 the command can't be read.\n`,
    )
    .action((words: string[], { schemas = [], context = [], rules = [], ...flags }) =>
      onRun(async () =>
        (await import("./exec.run.ts")).run(words, { ...flags, schemas, context, rules }, io),
      ),
    );
}

function addHook(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("hook")
    .description("check the shell command that a coding agent is about to run: a hook for its tool calls")
    .option("--config <file>", "the configuration; without it, the rules that ship")
    .option("--policy-from <commit>", "take configuration, rules, waivers and context from this commit")
    .addHelpText(
      "after",
      `${formatExamples("countersign hook --config /etc/countersign/countersign.yaml")}\nExit status: 0 it answered, 2 it could not, which blocks the call.\n`,
    )
    .action((flags) => onRun(async () => (await import("./hook.run.ts")).run(flags, io)));
}
