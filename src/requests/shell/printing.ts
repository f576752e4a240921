import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { getArgumentText, joinArguments } from "../aws-cli/argument.ts";

/** Commands and functions that print their arguments. */
const PRINTING_COMMAND =
  /^(?:echo|printf|print|cat|logger|say|log|info|warn|warning|error|err|die|fail|debug|note|notice|usage|grep|egrep|man|:)(?:[-_]\w+)?$/;

/** Commands that keep texts for people to read. */
const RECORDING_COMMAND = /^(?:git (?:commit|tag) |gh (?:pr|issue|release) (?:create|comment|edit|review)$)/;

/** `log_and_run` prints its arguments and runs them. */
const RUNNING_NAME = /[-_](?:call|do|eval|exec|execute|invoke|run|try)$/;

/** What a command prints, as the texts that a shell would read; undefined if it isn't one that prints. */
export function readPrintedText([name, ...words]: readonly Argument[]): EmbeddedText[] | undefined {
  const command = name && getArgumentText(name);
  if (command === undefined) return undefined;
  if (RECORDING_COMMAND.test(`${command} ${words.slice(0, 2).map(getArgumentText).join(" ")}`)) return [];
  if (!PRINTING_COMMAND.test(command) || RUNNING_NAME.test(command)) return undefined;
  const start = words.findIndex((word) => !/^-/.test(getArgumentText(word)));
  const given = start < 0 ? [] : words.slice(start);
  const isFormat = command === "printf" && given.length > 1 && getArgumentText(given[0]!).includes("%");
  const texts = isFormat ? given.slice(1) : given;
  return texts.length > 0 ? [joinArguments(texts)] : [];
}

const SHELL_WORD = /^(?:\S*\/)?(?:(?:ba|z|da|k|a)?sh|ssh|su)$/;

/** Whether a shell reads the command's standard input. */
export const runsShell = (words: readonly Argument[]): boolean =>
  words.some((word) => SHELL_WORD.test(getArgumentText(word)));
