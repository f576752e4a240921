import type { Span } from "../../diagnostics/lines.ts";
import type { Embedded } from "../../documents/embedded.ts";

/**
 * What stands in a text for what is not known: several of it in a row for one variable, substitution or template
 * expression. A character for private use, that no script holds.
 */
export const STAND_IN = "\uE000";

export const isUnknownText = (text: string): boolean => text.includes(STAND_IN);

/** One word of a command as the program gets it. */
export interface Argument {
  /** Where the shell text that it stands for is not known, there are stand-ins. */
  inside: Embedded;
  /** The whole word in the file, with its quotes. */
  span: Span;
  /** What it stands for may be any number of words: `$ARGS` without quotes, `"$@"`. */
  words: "one" | "split" | "list";
}

export const textOf = ({ inside }: Argument): string => inside.text;

/** The same argument behind its first characters: the value of `--name=value`. */
export function behind(argument: Argument, from: number): Argument {
  const { inside, span } = argument;
  const text = inside.text.slice(from);
  const at = (offset: number) => inside.at(offset + from);
  const rest: Embedded = {
    text,
    at,
    span: ({ start, end }) => inside.span({ start: start + from, end: end + from }),
  };
  return { ...argument, inside: rest, span: { start: at(0), end: span.end } };
}
