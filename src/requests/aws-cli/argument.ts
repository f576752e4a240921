import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";

/**
 * Stands for text that is unknown: several in a row for each variable, substitution or template expression. A
 * private-use character, which scripts don't contain.
 */
export const STAND_IN = "\uE000";

export const isUnknownText = (text: string): boolean => text.includes(STAND_IN);

/** One word of a command, as the program receives it. */
export interface Argument {
  /** Its text, with stand-ins wherever the shell's result is not known. */
  inside: EmbeddedText;
  /** The whole word in the file, including its quotes. */
  span: Span;
  /**
   * Whether it expands to exactly one word, to any number by word splitting (`$ARGS`), or to a list (`"$@"`).
   */
  words: "one" | "split" | "list";
}

export const getArgumentText = ({ inside }: Argument): string => inside.text;

/** The argument without its first `from` characters, such as the value of `--name=value`. */
export function dropPrefix(argument: Argument, from: number): Argument {
  const { inside, span } = argument;
  const text = inside.text.slice(from);
  const at = (offset: number) => inside.at(offset + from);
  const rest: EmbeddedText = {
    text,
    at,
    span: ({ start, end }) => inside.span({ start: start + from, end: end + from }),
  };
  return { ...argument, inside: rest, span: { start: at(0), end: span.end } };
}
