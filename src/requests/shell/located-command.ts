import type { Span } from "../../diagnostics/lines.ts";
import type { Argument } from "../aws-cli/argument.ts";
import type { ShellCommand } from "./shell-command.ts";

/** The words of a command that no script holds. */
export function createWordsCommand(words: Argument[]): ShellCommand {
  const [first] = words;
  const end = words.reduce((last, { span }) => Math.max(last, span.end), 0);
  const span = { start: first?.span.start ?? 0, end };
  return { words, span, input: [], inputFiles: [], uses: [], spell: () => undefined };
}

/**
 * From `aws` to the last of its words. If the words stand in the call of a function, that is the command's
 * place; those of an array stand where it is built.
 */
export function locateCommand(name: Argument, words: readonly Argument[], around: Span): Span {
  const { start } = name.span;
  const isWithin = start >= around.start && start < around.end;
  if (!isWithin && words.some(({ span }) => span.start >= around.start && span.end <= around.end))
    return around;
  const most = isWithin ? around.end : Number.POSITIVE_INFINITY;
  let { end } = name.span;
  for (const { span } of words) if (span.start >= start && span.end <= most) end = Math.max(end, span.end);
  return { start, end };
}
