import type { Command } from "commander";

/** A command's work lives in a file of its own, loaded when the command runs. */
export type Run = () => Promise<number>;

/** Commands to try, as help ends with them. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;

/** An option that may be given several times. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** What is said on the command line of where requests are, and of how to read them. */
export const readingRequests = (command: Command): Command =>
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
      collect,
    );

/** What is said there of what to check them by. */
export const checkingRequests = (command: Command): Command =>
  command
    .option(
      "--context <path>",
      "context: files of what the AWS CLI prints, or directories of them (repeatable)",
      collect,
    )
    .option("--caller <arn>", "the user or role that makes the calls, where a request doesn't say it")
    .option("--rules <dir>", "a directory of more rule files (repeatable)", collect);
