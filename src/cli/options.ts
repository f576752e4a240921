import type { Command } from "commander";
import { InvalidArgumentError } from "commander";

/** The work of a command. It is in a file of its own that is loaded when the command runs. */
export type CommandAction = () => Promise<number>;

/** Formats the examples at the end of a command's help. */
export const formatExamples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;

/** Collects the values of an option that may be repeated. */
export const collectValues = (value: string, before: string[] = []): string[] => [...before, value];

/** Adds the arguments and options that say where requests are and how to read them. */
export const addReadOptions = (command: Command): Command =>
  command
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
      collectValues,
    );

/** Adds the options that say what requests are checked against. */
export const addCheckOptions = (command: Command): Command =>
  command
    .option(
      "--context <path>",
      "context: files of what the AWS CLI prints, or directories of them (repeatable)",
      collectValues,
    )
    .option("--max-age <age>", "facts that are older (90m, 24h, 7d) count as not given")
    .option("--caller <arn>", "the user or role that makes the calls, where a request doesn't say it")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collectValues)
    .option("--now <time>", "the time that the run goes by, such as 2026-01-05T10:00:00Z", parseTimeOption)
    .option(
      "--values <[name=]file>",
      "values for placeholders; each name is a set that is checked on its own (repeatable)",
      collectValues,
    )
    .option(
      "--assume-defaults",
      "placeholders without a value have the default of their parameter or variable",
    );

/** A time with its zone: without one it would depend on the machine. */
export function parseTimeOption(text: string): Date {
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError("Write a time with its zone, such as 2026-01-05T10:00:00Z.");
}
