import type { Span } from "../../diagnostics/lines.ts";
import { findNearest } from "../../diagnostics/nearest.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import { isPlaceholder } from "../placeholders.ts";
import type { RequestFault } from "../request.ts";
import type { Argument } from "./argument.ts";
import { dropPrefix, getArgumentText, isUnknownText } from "./argument.ts";
import type { CliOption } from "./options.ts";

/** An option given on the command line. */
export interface GivenOption {
  option: CliOption;
  /** The position of its name. */
  name: Span;
  values: Argument[];
  /** The index of its word. */
  index: number;
}

/** The result of one of the CLI's parsers, which passes `rest` on to the next. */
export interface ParsedArguments {
  given: GivenOption[];
  positionals: Argument[];
  rest: Argument[];
  faults: RequestFault[];
  /** A word that may expand to further options and their values. */
  openEnded?: Argument;
}

/**
 * Parses words as Python's argparse does in the AWS CLI, which chains three parsers: for global options and
 * the service, for the operation, and for the operation's options. `positionals` is the number of words
 * without dashes that this parser takes.
 */
export function parseArguments(
  words: readonly Argument[],
  options: readonly CliOption[],
  positionals: number,
): ParsedArguments {
  return new ArgumentParser(words, options, positionals).parse();
}

type WordKind =
  | { is: "word" }
  | { is: "unknown" }
  | { is: "dashes" }
  | { is: "option"; option: CliOption; explicit?: Argument }
  | { is: "ambiguous"; among: string[] };

const NEGATIVE_NUMBER = /^-(?:\d+|\d*\.\d+)$/;

class ArgumentParser {
  readonly #parsed: ParsedArguments = { given: [], positionals: [], rest: [], faults: [] };
  readonly #words: readonly Argument[];
  readonly #options: readonly CliOption[];
  readonly #kinds: readonly WordKind[];
  readonly #positionals: number;

  constructor(words: readonly Argument[], options: readonly CliOption[], positionals: number) {
    this.#words = words;
    this.#options = options;
    this.#positionals = positionals;
    const dashes = words.findIndex((word) => getArgumentText(word) === "--");
    this.#kinds = words.map((word, at): WordKind => {
      if (at === dashes) return { is: "dashes" };
      return dashes >= 0 && at > dashes ? { is: "word" } : this.#classify(word);
    });
  }

  parse(): ParsedArguments {
    for (let at = 0; at < this.#words.length; ) at += this.#readNext(at);
    return this.#parsed;
  }

  /** Reads the word at an index. Returns the number of words consumed. */
  #readNext(at: number): number {
    const word = this.#words[at]!;
    const kind = this.#kinds[at]!;
    if (kind.is === "option") return this.#readOption(kind, at);
    if (kind.is === "word") this.#readPositional(word);
    else if (kind.is === "unknown") this.#parsed.rest.push(word);
    else if (kind.is === "dashes") this.#readDashes(word, at);
    else
      this.#addFault(
        word.span,
        `${quoted(getArgumentText(word))} may stand for ${formatList(kind.among)}`,
        "write the option in full",
      );
    return 1;
  }

  /** `--` vanishes beside a word that this parser takes, or if it takes none; otherwise it is passed on. */
  #readDashes(word: Argument, at: number): void {
    const { positionals, rest } = this.#parsed;
    const isBeside =
      positionals.length < this.#positionals
        ? this.#words[at + 1] !== undefined
        : positionals.at(-1) === this.#words[at - 1];
    if (this.#positionals > 0 && !isBeside) rest.push(word);
  }

  #readPositional(word: Argument): void {
    const { positionals, rest } = this.#parsed;
    // A word that may expand to anything is assumed not to be the service or operation.
    if (positionals.length < this.#positionals && !isOpenEnded(word)) positionals.push(word);
    else rest.push(word);
  }

  #classify(word: Argument): WordKind {
    const text = getArgumentText(word);
    if (!text.startsWith("-") || text.length === 1) return { is: "word" };
    const equals = text.indexOf("=");
    const name = equals < 0 ? text : text.slice(0, equals);
    const explicit = equals < 0 ? undefined : dropPrefix(word, equals + 1);
    const found = this.#findExact(text) ? { option: this.#findExact(text)! } : this.#findByPrefix(name);
    if (Array.isArray(found)) return { is: "ambiguous", among: found.map((one) => `--${one.name}`) };
    if (found) return { is: "option", option: found.option, ...(explicit && { explicit }) };
    return NEGATIVE_NUMBER.test(text) || text.includes(" ") ? { is: "word" } : { is: "unknown" };
  }

  #findExact(name: string): CliOption | undefined {
    return name.startsWith("--") ? this.#options.find((option) => `--${option.name}` === name) : undefined;
  }

  /** The option with this name, or the only one with this prefix; an array if the prefix is ambiguous. */
  #findByPrefix(name: string): { option: CliOption } | CliOption[] | undefined {
    const exact = this.#findExact(name);
    if (exact) return { option: exact };
    if (!name.startsWith("--")) return undefined;
    const begun = this.#options.filter((option) => !option.isExact && `--${option.name}`.startsWith(name));
    return begun.length > 1 ? begun : begun[0] && { option: begun[0] };
  }

  #readOption({ option, explicit }: Extract<WordKind, { is: "option" }>, at: number): number {
    const name = this.#getNameSpan(this.#words[at]!);
    const values = explicit ? [explicit] : this.#takeValues(at + 1, option);
    const unexpected = values.find((value) => option.choices && !isChoice(value, option.choices));
    if (explicit && option.arity === "nothing") this.#reportUnexpectedValue(option, explicit);
    else if (option.arity === "one" && values.length === 0) this.#reportMissingValue(option, name, at);
    else if (unexpected) this.#reportInvalidChoice(option, unexpected);
    else this.#parsed.given.push({ option, name, values, index: at });
    return explicit ? 1 : 1 + values.length;
  }

  #takeValues(start: number, { arity: takes }: CliOption): Argument[] {
    let end = start;
    while (this.#kinds[end]?.is === "word") end++;
    const most = { nothing: 0, one: 1, maybe: 1, list: end - start }[takes];
    const values = this.#words.slice(start, Math.min(end, start + most));
    const first = values[0];
    // `"$@"` may end the option's values and add further options.
    if (first && values.some(({ words }) => words === "list")) this.#parsed.openEnded = first;
    // A word of unknown text may as well be an option.
    return takes === "maybe" && first && isOpenEnded(first) ? [] : values;
  }

  #getNameSpan(word: Argument): Span {
    const equals = getArgumentText(word).indexOf("=");
    return equals < 0 ? word.span : word.inside.span({ start: 0, end: equals });
  }

  #reportMissingValue(option: CliOption, span: Span, index: number): void {
    this.#addFault(span, `\`--${option.name}\` has no value`, "write its value behind it");
    this.#parsed.given.push({ option, name: span, values: [], index });
  }

  #reportUnexpectedValue({ name, impliedValue: means }: CliOption, { span }: Argument): void {
    const help =
      means === undefined ? "leave the value out" : "an option of a boolean is `--name` or `--no-name`";
    this.#addFault(span, `\`--${name}\` takes no value`, help);
  }

  #reportInvalidChoice({ name, choices = [] }: CliOption, value: Argument): void {
    const help = `its values are ${formatList(choices, "and")}`;
    this.#addFault(value.span, `${quoted(getArgumentText(value))} is no value of \`--${name}\``, help);
  }

  #addFault(span: Span, message: string, help: string): void {
    this.#parsed.faults.push({ code: "document/syntax", span, message, help });
  }
}

const isChoice = (value: Argument, choices: readonly string[]): boolean =>
  choices.includes(getArgumentText(value)) ||
  isUnknownText(getArgumentText(value)) ||
  isPlaceholder(getArgumentText(value));

/** Whether the word may expand to an option, to no word, or to several. */
export const isOpenEnded = (word: Argument): boolean =>
  word.words !== "one" || isUnknownText(getArgumentText(word).charAt(0));

/** The option that a misspelled name is closest to. */
export function findNearestOption(name: string, options: readonly CliOption[]): CliOption | undefined {
  const near = findNearest(
    name,
    options.map((option) => option.name),
  );
  return options.find((option) => option.name === near);
}

/** The words after an option, up to the next one. */
export function collectOptionValues(words: readonly Argument[], at: number): Argument[] {
  const values: Argument[] = [];
  if (getArgumentText(words[at]!).includes("=")) return values;
  for (let next = at + 1; next < words.length && !getArgumentText(words[next]!).startsWith("--"); next++)
    values.push(words[next]!);
  return values;
}
