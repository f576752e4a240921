import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";

/**
 * Stands for text that is unknown: several in a row for each variable, substitution or template expression. A
 * private-use character, which scripts don't contain.
 */
export const STAND_IN = "\uE000";
/** The same for text that is certain to stay within its word, also where it isn't quoted. */
export const WORD_STAND_IN = "\uE001";

const UNKNOWN = /[\uE000\uE001]/;

export const isUnknownText = (text: string): boolean => UNKNOWN.test(text);

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
  const rest = sliceText(argument.inside, from);
  return { ...argument, inside: rest, span: { start: rest.at(0), end: argument.span.end } };
}

export const sliceText = (inside: EmbeddedText, from: number, to?: number): EmbeddedText => ({
  text: inside.text.slice(from, to),
  at: (offset) => inside.at(offset + from),
  span: ({ start, end }) => inside.span({ start: start + from, end: end + from }),
});
