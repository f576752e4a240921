import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { composeEmbedded, embedDecoded, opaqueText, sliceText } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";

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
  /** As the script spells it. */
  written?: string;
}

/** Three stand-ins, so that a quoted string of the same length can take their place in JSON. */
export const UNKNOWN_TEXT = STAND_IN.repeat(3);

/** An argument of a text that a command gives to another, at the position of the whole. */
export function createArgument(text: string, { span }: Pick<Argument, "span">): Argument {
  return { inside: opaqueText(text, span), span, words: "one" };
}

export const createUnknownArgument = (
  { span }: Pick<Argument, "span">,
  words: Argument["words"] = "one",
): Argument => ({ ...createArgument(UNKNOWN_TEXT, { span }), words });

/** The argument with stand-ins wherever `mark` is found in its text. */
export function replaceMark(argument: Argument, mark: string): Argument {
  const { inside } = argument;
  if (mark === "" || !inside.text.includes(mark)) return argument;
  const pieces = new DecodedTextBuilder(0);
  let from = 0;
  for (let at = inside.text.indexOf(mark); at >= 0; at = inside.text.indexOf(mark, from)) {
    pieces.copy(inside.text, from, at);
    pieces.add(UNKNOWN_TEXT, at, at + mark.length);
    from = at + mark.length;
  }
  pieces.copy(inside.text, from, inside.text.length);
  return { ...argument, inside: composeEmbedded(inside, embedDecoded(pieces)) };
}

/** The text of several arguments, as commands such as `eval` join them to a script. */
export function joinArguments(words: readonly Argument[]): EmbeddedText {
  const parts = words.map(({ inside, words: expansion }) => ({
    inside,
    text: expansion === "one" || isUnknownText(inside.text) ? inside.text : UNKNOWN_TEXT,
  }));
  const starts: number[] = [];
  let length = 0;
  for (const { text } of parts) {
    starts.push(length);
    length += text.length + 1;
  }
  const locate = (offset: number): number => {
    const index = Math.max(0, findLastIndexUpTo(starts, offset));
    const { inside, text } = parts[index]!;
    return inside.at(Math.min(offset - starts[index]!, text.length));
  };
  const text = parts.map((part) => part.text).join(" ");
  return parts.length === 1
    ? parts[0]!.inside
    : {
        text,
        at: locate,
        span: ({ start, end }) => ({ start: locate(start), end: Math.max(locate(start), locate(end)) }),
      };
}

/** The index of the last number, of an ascending list, that is no more than `most`. */
function findLastIndexUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const getArgumentText = ({ inside }: Argument): string => inside.text;

/** The argument without its first `from` characters, such as the value of `--name=value`. */
export function dropPrefix(argument: Argument, from: number): Argument {
  const rest = sliceText(argument.inside, from);
  return { ...argument, inside: rest, span: { start: rest.at(0), end: argument.span.end } };
}
