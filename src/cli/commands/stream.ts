import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { Io } from "../../run/io.ts";
import { type CommandAction, collectValues, formatExamples, parseTimeOption } from "../options.ts";

function parseBytes(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("it is a number of bytes");
}

/** Adds `countersign stream`. */
export function addStream(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  root
    .command("stream")
    .description("answer lines of JSON, `{ id, operation, request }`, with lines of results, in order")
    .option("--config <file>", "the configuration (default: the nearest countersign.yaml from here upwards)")
    .option("--no-config", "go by no configuration")
    .option("--schemas <dir>", "a directory of more schemas (repeatable)", collectValues)
    .option("--context <path>", "context: files of what the AWS CLI prints (repeatable)", collectValues)
    .option("--max-age <age>", "facts that are older (90m, 24h, 7d) count as not given")
    .option("--caller <arn>", "the user or role that makes the calls, where a request doesn't say it")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collectValues)
    .option("--now <time>", "the time that rules go by (default: that of each line)", parseTimeOption)
    .addOption(
      new Option("--fail-on <severity>", "the least severity that fails").choices(["error", "warning"]),
    )
    .option("--strict", "undecided checks fail too")
    .option("--brief", "answer with outcomes alone, many times faster")
    .option("--max-line <bytes>", "a longer line is answered by an error (8388608)", parseBytes)
    .option("--resume <file>", "append the answers to this file, after those that it holds already")
    .addHelpText(
      "after",
      `${formatExamples(
        "countersign stream < requests.jsonl > results.jsonl",
        "countersign stream --resume results.jsonl < requests.jsonl",
      )}\nExit status: 0 all lines are answered, whatever the answers; 2 the command or an input is wrong; 130, 141 or 143 it was ended before.\n`,
    )
    .action(({ config, ...flags }) => {
      const { schemas = [], context = [], rules = [] } = flags;
      const given = { ...flags, ...(config !== true && { config }), schemas, context, rules };
      onRun(async () => (await import("./stream.run.ts")).run(given, io));
    });
}
