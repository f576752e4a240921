import type { Span } from "../../diagnostics/lines.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { ParsedText } from "../../documents/document.ts";
import type { RequestFault, Unread } from "../request.ts";
import type { Argument } from "./argument.ts";
import { behind, isUnknownText, textOf } from "./argument.ts";
import type { Given } from "./arguments.ts";
import { isOpen, nearestOption, parseArguments } from "./arguments.ts";
import { Customized, OLD_SPELLING } from "./customized.ts";
import type { NamedFiles } from "./files.ts";
import type { CliOperation, CliOperations } from "./operations.ts";
import type { Option } from "./options.ts";
import { GLOBAL_OPTIONS, optionsOf } from "./options.ts";
import type { Placed } from "./placed.ts";
import { structureOf, unknownAt } from "./placed.ts";
import { Shapes } from "./shape.ts";
import { ValueReader } from "./values.ts";

/** What a command is read with. */
export interface CommandContext {
  /** The text of the file that it stands in. */
  text: string;
  operations: CliOperations;
  files: NamedFiles;
  parseYaml: ((text: string) => ParsedText) | undefined;
}

/** What an `aws` command asks for. */
export interface ReadCommand {
  operation: string;
  payload: Placed;
  /** The words that name the service and the operation. */
  named: Span;
  faults: RequestFault[];
}

/** The request of an `aws` command; why it can't be checked; or undefined where it makes none that we know. */
export function readCommand(
  words: readonly Argument[],
  context: CommandContext,
): ReadCommand | Unread | undefined {
  const first = parseArguments(words, GLOBAL_OPTIONS, 1);
  const second = parseArguments(first.rest, [], 1);
  const [service] = first.positionals;
  const [command] = second.positionals;
  if (!service || !command || isUnknownText(textOf(service))) return undefined;
  const named = { start: service.span.start, end: command.span.end };
  const operation = context.operations.find(textOf(service), textOf(command));
  if (!operation) return unknownOperation(service, command, named, context);
  const isAnswered = first.given.some(({ option }) => option.name === "version");
  const reader = new OperationReader(operation, context, named);
  const read = isAnswered ? undefined : reader.read(second.rest);
  return read && { ...read, faults: [...first.faults, ...read.faults] };
}

/** A command of a service of ours: which operations have a schema is told where somebody asks. */
function unknownOperation(
  service: Argument,
  command: Argument,
  span: Span,
  { operations }: CommandContext,
): Unread | undefined {
  if (!operations.hasService(textOf(service)) || textOf(command) === "help") return undefined;
  const name = `aws ${textOf(service)} ${textOf(command)}`;
  return isUnknownText(textOf(command))
    ? { span, why: "which operation this is, only the run tells" }
    : { span, why: `there is no schema for the operation of ${quoted(name)}` };
}

/** The words after an option, up to the next one. */
function valuesBehind(words: readonly Argument[], at: number): Argument[] {
  const rest = words.slice(at + 1);
  const next = rest.findIndex((word) => textOf(word).startsWith("--"));
  return textOf(words[at]!).includes("=") ? [] : rest.slice(0, next < 0 ? rest.length : next);
}

class OperationReader {
  readonly #faults: RequestFault[] = [];
  readonly #members = new Map<string, Placed>();
  readonly #options: readonly Option[];
  readonly #customized: Customized;
  readonly #shapes: Shapes;
  readonly #operation: CliOperation;
  readonly #context: CommandContext;
  readonly #named: Span;
  /** What may bring members that are not seen here. */
  #open: Span | undefined;

  constructor(operation: CliOperation, context: CommandContext, named: Span) {
    this.#operation = operation;
    this.#context = context;
    this.#named = named;
    this.#customized = new Customized(operation.service, operation.command);
    this.#shapes = new Shapes(operation.shape);
    this.#options = optionsOf(this.#shapes, this.#customized);
  }

  /** Undefined where nothing is asked for: help, or a skeleton of the input. */
  read(words: readonly Argument[]): ReadCommand | undefined {
    const { given, rest, faults, open } = parseArguments(words, this.#options, 0);
    if (given.some(({ option }) => option.name === "generate-cli-skeleton")) return undefined;
    if (rest.length === 1 && textOf(rest[0]!) === "help") return undefined;
    this.#faults.push(...faults);
    this.#open = open?.span;
    this.#give([...this.#left(rest), ...given]);
    if (this.#open) this.#fill(this.#open);
    const payload = structureOf(this.#members, this.#named);
    return { operation: this.#operation.operation, payload, named: this.#named, faults: this.#faults };
  }

  /** Flags come before what `--cli-input-json` says; of one option given twice the last counts. */
  #give(given: readonly Given[]): void {
    const { text: file, files, parseYaml } = this.#context;
    const reader = new ValueReader({ file, shapes: this.#shapes, files, parseYaml });
    const inputs = given.filter(({ option }) => option.name.startsWith("cli-input-")).slice(-1);
    for (const { option, name, values } of inputs) {
      const members = values[0] && reader.input(option, values[0]);
      for (const [member, placed] of members ?? []) this.#members.set(member, placed);
      if (!members) this.#open ??= values[0]?.span ?? name;
    }
    for (const { option, name, values } of given) {
      if (option.member === undefined) continue;
      const isPlain = option.takes === "nothing" || (option.takes === "maybe" && values.length === 0);
      const placed = isPlain ? { value: option.means, span: name } : reader.read(option, values, name);
      this.#members.set(option.member, { ...placed, key: name });
    }
    this.#faults.push(...reader.faults);
  }

  /** Words that no option takes. Of a misspelt option what it is given counts for the one that was meant. */
  #left(rest: readonly Argument[]): Given[] {
    const meant: Given[] = [];
    let takesFile = this.#customized.takesOutputFile;
    for (let at = 0; at < rest.length; at++) {
      const word = rest[at]!;
      const text = textOf(word);
      if (isOpen(word) || /^(?:\.\.\.|…$|\[)/.test(text)) this.#open ??= word.span;
      else if (text.startsWith("--")) {
        const values = valuesBehind(rest, at);
        at += values.length;
        meant.push(...this.#unknownOption(word, values));
      } else if (takesFile) takesFile = false;
      else this.#stray(word);
    }
    return meant;
  }

  #unknownOption(word: Argument, given: Argument[]): Given[] {
    const text = textOf(word);
    const [name = ""] = text.slice(2).split("=");
    if (this.#customized.hasMoreOptions || OLD_SPELLING.test(name) || isUnknownText(name)) {
      this.#open ??= word.span;
      return [];
    }
    const near = nearestOption(name, this.#options);
    const span = word.inside.span({ start: 0, end: name.length + 2 });
    this.#faults.push({
      code: "schema/unknown-field",
      span,
      message: `${quoted(`--${name}`)} is no option of \`aws ${this.#operation.service} ${this.#operation.command}\``,
      help: near ? `did you mean \`--${near.name}\`?` : "its options are named as the members of the request",
    });
    const values = text.includes("=") ? [behind(word, name.length + 3)] : given;
    return near ? [{ option: near, name: span, values: near.takes === "nothing" ? [] : values }] : [];
  }

  #stray(word: Argument): void {
    const help = /^(?:true|false|yes|no)$/i.test(textOf(word))
      ? "an option of a boolean has no value: it is `--name` or `--no-name`"
      : "quote a value that holds spaces; only options of lists take several values";
    this.#faults.push({
      code: "document/syntax",
      span: word.span,
      message: `${quoted(textOf(word))} belongs to no option`,
      help,
    });
  }

  /** Members that aren't given here may be given by what isn't seen. */
  #fill(span: Span): void {
    for (const [name, shape] of Object.entries(this.#shapes.members)) {
      if (!this.#members.has(name) && !shape["x-autopopulated"]) this.#members.set(name, this.#unknown(span));
    }
  }

  #unknown(span: Span): Placed {
    return { value: unknownAt(span, this.#context.text), span };
  }
}
