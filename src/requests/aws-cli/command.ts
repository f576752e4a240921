import type { Span } from "../../diagnostics/lines.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { ParsedText } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import type { RequestFault } from "../request.ts";
import type { Argument } from "./argument.ts";
import { dropPrefix, getArgumentText, isUnknownText } from "./argument.ts";
import type { GivenOption } from "./arguments.ts";
import { collectOptionValues, findNearestOption, isOpenEnded, parseArguments } from "./arguments.ts";
import { findRefusedBlobs } from "./customized/blobs.ts";
import { CommandCustomization, OLD_SPELLING } from "./customized/customization.ts";
import type { FileResolver } from "./file-references.ts";
import type { LocatedValue } from "./located-value.ts";
import { createStructure, createUnknown } from "./located-value.ts";
import type { CliOperation, CliOperations } from "./operations.ts";
import type { CliOption, CliVersion } from "./options.ts";
import { findOtherVersion, listGlobalOptions, listOptions } from "./options.ts";
import { findRefusedBucket, findRefusedRegion } from "./refused-values.ts";
import { ShapeResolver } from "./shape.ts";
import type { UncheckedCommand } from "./unchecked-command.ts";
import { createStrayWordFault, describeUnknownOperation, findNameWord } from "./unchecked-command.ts";
import { ValueReader } from "./values.ts";

/** What is needed to read a command. */
export interface CommandContext {
  /** The text of the file that contains the command. */
  text: string;
  operations: CliOperations;
  /** The version of the CLI that runs it, if it is known. */
  cliVersion?: CliVersion | undefined;
  files: FileResolver;
  parseYaml: ((text: string) => ParsedText) | undefined;
  /** Nobody looks at the command again before it runs. */
  isAboutToRun?: boolean;
}

/** The request that an `aws` command makes. */
export interface ReadCommand {
  operation: string;
  payload: LocatedValue;
  /** The words that name the service and the operation. */
  named: Span;
  faults: RequestFault[];
}

/** Reads the request of an `aws` command. Returns why it can't be checked, or undefined if it makes none. */
export function readCommand(
  words: readonly Argument[],
  context: CommandContext,
): ReadCommand | UncheckedCommand | undefined {
  const first = parseArguments(words, listGlobalOptions(context.cliVersion), 1);
  const second = parseArguments(first.rest, [], 1);
  const [service] = first.positionals;
  const [command] = second.positionals;
  const found = service && command && resolveOperation(service, command, context);
  if (!found)
    return (
      readMisplacedCommand(words, context) ??
      describeUnknownOperation(
        {
          service: findNameWord(words, service, first.rest),
          command: findNameWord(first.rest, command, second.rest) ?? second.rest[0],
          words,
        },
        context,
      )
    );
  const isAnswered = first.given.some(({ option }) => option.name === "version");
  const read = isAnswered ? undefined : new OperationReader(found, context).read(second.rest);
  if (!read) return undefined;
  const { text: script, cliVersion: version } = context;
  const refused = [
    ...findRefusedRegion(first.given),
    ...findRefusedBucket(read.operation, read.payload),
    ...findRefusedBlobs(read.payload, found.shape, { given: first.given, version, script }),
  ];
  return { ...read, faults: [...first.faults, ...refused, ...read.faults] };
}

/** Whether words name an operation, as those after `aws` do. */
export function hasOperation(words: readonly Argument[], operations: CliOperations): boolean {
  const first = parseArguments(words, listGlobalOptions(), 1);
  const [service] = first.positionals;
  const [command] = parseArguments(first.rest, [], 1).positionals;
  if (!service || !command) return false;
  const named = [getArgumentText(service), getArgumentText(command)] as const;
  return operations.find(...named) !== undefined || operations.isS3Command(...named);
}

interface NamedOperation extends CliOperation {
  /** The words that name the service and the operation. */
  named: Span;
}

function resolveOperation(
  service: Argument,
  command: Argument,
  { operations }: CommandContext,
): NamedOperation | undefined {
  const found = operations.find(getArgumentText(service), getArgumentText(command));
  return found && { ...found, named: { start: service.span.start, end: command.span.end } };
}

/**
 * Reads a command after a word that the CLI would take for the service, as after an unknown option: `aws
 * --regin eu-west-1 fsx …`.
 */
function readMisplacedCommand(words: readonly Argument[], context: CommandContext): ReadCommand | undefined {
  const at = words.findIndex(
    (word, index) => words[index + 1] && resolveOperation(word, words[index + 1]!, context),
  );
  if (at < 1) return undefined;
  const before = parseArguments(words.slice(0, at), listGlobalOptions(), 0);
  const [stray] = before.rest;
  if (stray ? isOpenEnded(stray) : before.faults.length === 0) return undefined;
  const found = resolveOperation(words[at]!, words[at + 1]!, context)!;
  const behindIt = parseArguments(words.slice(at + 2), listGlobalOptions(), 0);
  const read = new OperationReader(found, context).read(behindIt.rest);
  return (
    read && {
      ...read,
      faults: [...before.faults, ...(stray ? [createStrayWordFault(stray)] : []), ...read.faults],
    }
  );
}

/** EC2 rejects `--x` together with `--no-x` if both set a structure; of plain booleans the last one wins. */
const isContradicted = ({ option }: GivenOption, given: readonly GivenOption[]): boolean =>
  typeof option.impliedValue === "object" &&
  option.name.startsWith("no-") &&
  given.some((other) => other.option.member === option.member && other.option.name !== option.name);

class OperationReader {
  readonly #faults: RequestFault[] = [];
  readonly #members = new Map<string, LocatedValue>();
  readonly #options: readonly CliOption[];
  readonly #customized: CommandCustomization;
  readonly #shapes: ShapeResolver;
  readonly #operation: CliOperation;
  readonly #context: CommandContext;
  readonly #named: Span;
  /** Where the command may be given members that are not visible here. */
  #open: Span | undefined;
  /** The options before this word may be overridden by what it expands to. */
  #overriding: { index: number; span: Span } | undefined;

  constructor(operation: NamedOperation, context: CommandContext) {
    this.#operation = operation;
    this.#context = context;
    this.#named = operation.named;
    this.#customized = new CommandCustomization(operation.service, operation.command);
    this.#shapes = new ShapeResolver(operation.shape);
    this.#options = listOptions(this.#shapes, this.#customized, context.cliVersion);
  }

  /** Undefined if the command sends no request: for help, or a skeleton of the input. */
  read(words: readonly Argument[]): ReadCommand | undefined {
    const { given, rest, faults, openEnded: open } = parseArguments(words, this.#options, 0);
    if (given.some(({ option }) => option.name === "generate-cli-skeleton")) return undefined;
    if (rest.length === 1 && getArgumentText(rest[0]!) === "help") return undefined;
    this.#faults.push(...faults);
    this.#open = open?.span;
    for (const { option, values } of given)
      if (this.#customized.binaryMembers.includes(option.name)) this.#checkBinaryFile(option.name, values);
    for (const member of this.#customized.ownMembers)
      if (Object.hasOwn(this.#shapes.members, member))
        this.#members.set(member, this.#createUnknown(this.#named));
    const expanded = [...rest.filter(isOpenEnded), ...(open ? [open] : [])];
    const last = Math.max(-1, ...expanded.map((word) => words.indexOf(word)));
    this.#overriding = last < 0 ? undefined : { index: last, span: words[last]!.span };
    this.#applyOptions([...this.#handleRest(rest), ...given]);
    const payload = this.#open
      ? this.#createOpenPayload(this.#open)
      : createStructure(this.#members, this.#named);
    return { operation: this.#operation.operation, payload, named: this.#named, faults: this.#faults };
  }

  /** The members that are visible here; others may be given too. */
  #createOpenPayload(span: Span): LocatedValue {
    const { value, ...located } = createStructure(this.#members, this.#named);
    const { source } = createUnknown(span, this.#context.text);
    return { ...located, value: new OpenObject(source, value as Record<string, unknown>), span };
  }

  /** Options take precedence over `--cli-input-json`; of a repeated option the last one counts. */
  #applyOptions(given: readonly GivenOption[]): void {
    const { text: file, files, parseYaml } = this.#context;
    const reader = new ValueReader({ file, shapes: this.#shapes, files, parseYaml });
    const inputs = given.filter(({ option }) => option.name.startsWith("cli-input-")).slice(-1);
    for (const { option, name, values } of inputs) {
      const members = values[0] && reader.readInput(option, values[0]);
      for (const [member, placed] of members ?? []) this.#members.set(member, placed);
      if (!members) this.#open ??= values[0]?.span ?? name;
    }
    const contrary = given.find((one) => isContradicted(one, given));
    if (contrary)
      this.#addFault(
        contrary.name,
        `\`--${contrary.option.name}\` and its contrary are both given`,
        "keep one",
      );
    for (const { option, name, values, index } of given) {
      if (option.member === undefined) continue;
      const isPlain = option.arity === "nothing" || (option.arity === "maybe" && values.length === 0);
      const placed = isPlain ? { value: option.impliedValue, span: name } : reader.read(option, values, name);
      // Of a repeated option the last one counts, which may be in what a later word expands to.
      const overriding = this.#overriding;
      const known =
        overriding && index < overriding.index
          ? { ...this.#createUnknown(overriding.span), span: placed.span }
          : placed;
      this.#members.set(option.member, { ...known, key: name });
    }
    this.#faults.push(...reader.faults);
  }

  /** Handles words that no option takes. The values of a misspelled option count for the closest one. */
  #handleRest(rest: readonly Argument[]): GivenOption[] {
    const corrected: GivenOption[] = [];
    let needsFile = this.#customized.takesOutputFile;
    for (let at = 0; at < rest.length; at++) {
      const word = rest[at]!;
      const text = getArgumentText(word);
      if (needsFile && word.words === "one" && !/^-./.test(text)) needsFile = false;
      else if (isOpenEnded(word) || /^(?:\.\.\.|…$|\[)/.test(text)) this.#open ??= word.span;
      else if (text.startsWith("--")) {
        const values = collectOptionValues(rest, at);
        at += values.length;
        corrected.push(...this.#handleUnknownOption(word, values));
      } else this.#reportStray(word);
    }
    if (needsFile && !this.#open) this.#reportMissingFile();
    return corrected;
  }

  #reportMissingFile(): void {
    const { service, command } = this.#operation;
    const message = `\`aws ${service} ${command}\` takes a file for what it prints, and none is given`;
    this.#addFault(this.#named, message, "write the file's name behind the options");
  }

  #handleUnknownOption(word: Argument, given: Argument[]): GivenOption[] {
    const text = getArgumentText(word);
    const [name = ""] = text.slice(2).split("=");
    const own = this.#customized.findOwnOption(name);
    if (own) this.#checkBinaryFile(name, text.includes("=") ? [dropPrefix(word, name.length + 3)] : given);
    if (own === "writes") return [];
    if (own || OLD_SPELLING.test(name) || isUnknownText(name)) {
      this.#open ??= word.span;
      return [];
    }
    const other = findOtherVersion(name, this.#context.cliVersion);
    if (other !== undefined) {
      const message = `${quoted(`--${name}`)} is an option that only version ${other} of the AWS CLI has`;
      this.#addFault(word.span, message, "leave it out, or mend `cliVersion` in the configuration");
      if (name.startsWith("cli-input-")) this.#open ??= word.span;
      return [];
    }
    const near = findNearestOption(name, this.#options);
    const span = word.inside.span({ start: 0, end: name.length + 2 });
    this.#faults.push({
      code: "schema/unknown-field",
      span,
      message: `${quoted(`--${name}`)} is no option of \`aws ${this.#operation.service} ${this.#operation.command}\``,
      help: near ? `did you mean \`--${near.name}\`?` : "its options are named as the members of the request",
    });
    const values = text.includes("=") ? [dropPrefix(word, name.length + 3)] : given;
    return near
      ? [{ option: near, name: span, values: near.arity === "nothing" ? [] : values, index: -1 }]
      : [];
  }

  #checkBinaryFile(name: string, [value]: readonly Argument[]): void {
    if (!value || !this.#customized.needsBinaryFile(name)) return;
    const text = getArgumentText(value);
    if (text.startsWith("fileb://") || isUnknownText(text)) return;
    this.#addFault(
      value.span,
      `\`--${name}\` takes only a file, as \`fileb://NAME\``,
      "write `fileb://` before its name",
    );
  }

  #reportStray(word: Argument): void {
    const help = /^(?:true|false|yes|no)$/i.test(getArgumentText(word))
      ? "an option of a boolean has no value: it is `--name` or `--no-name`"
      : "quote a value that holds spaces; only options of lists take several values";
    this.#addFault(word.span, `${quoted(getArgumentText(word))} belongs to no option`, help);
  }

  #addFault(span: Span, message: string, help: string): void {
    this.#faults.push({ code: "document/syntax", span, message, help });
  }

  #createUnknown(span: Span): LocatedValue {
    return { value: createUnknown(span, this.#context.text), span };
  }
}
