import type { Assignment, Command, SyntaxNode, Word } from "unbash";
import type { LocatedNode, ShellSyntax } from "./syntax.ts";
import type { ConstantLookup } from "./words.ts";
import { readLiteralText } from "./words.ts";

/** Commands that assign to the variables named in their arguments. */
const ASSIGNING_COMMANDS = new Set(
  "declare getopts let local mapfile printf read readarray select typeset unset wait".split(" "),
);
/** Commands whose assignments stay in effect, like bare assignments. */
const DECLARING_COMMANDS = new Set("declare export readonly typeset".split(" "));

/** Commands after which any variable may have changed. */
const TAINTING_COMMANDS = new Set([".", "eval", "source"]);
/** Commands that run another command in the same shell. */
const PREFIX_COMMANDS = new Set(["builtin", "command"]);
const NAME_REFERENCE = /^-[A-Za-z]*n/;
/** A part of a word that only the run knows. */
const EXPANSION = /[$`\uE000\uE001]/;

/**
 * Finds constants: variables assigned exactly once, at the top level, to a fully known text. They hold that
 * text from there on. Variables that are assigned again, in a branch, loop or subshell, or by a command are
 * not known.
 */
export function findVariables(syntax: ShellSyntax): ShellVariables {
  const found = new Assignments(syntax);
  const values = new Map<Assignment, string | undefined>();
  let depth = 0;
  const findAssignment: ShellVariables["findAssignment"] = (name, at) => found.findSingle(name, at);
  let lengthLeft = MAX_EXPANDED_LENGTH;
  const known: ConstantLookup = (name, at) => {
    const assignment = findAssignment(name, at);
    if (!assignment || depth > MAX_VARIABLE_DEPTH) return undefined;
    if (!values.has(assignment)) {
      depth++;
      const value = readLiteralText(assignment.value as Word, syntax.source, known);
      values.set(assignment, value !== undefined && value.length <= MAX_LENGTH ? value : undefined);
      depth--;
    }
    const value = values.get(assignment);
    lengthLeft -= value?.length ?? 0;
    return lengthLeft < 0 ? undefined : value;
  };
  const { changesFieldSeparator } = found;
  return {
    constants: known,
    findAssignment,
    changesFieldSeparator,
    elements: (word) => found.findElements(word),
  };
}

export interface ShellVariables {
  constants: ConstantLookup;
  /** The assignment that decides a variable's value at an offset, if there is only one. */
  findAssignment(name: string, at: number): Assignment | undefined;
  /** Unquoted values may be split elsewhere than at blanks. */
  changesFieldSeparator: boolean;
  /** The elements of `"${args[@]}"`, where they are known in the same way. */
  elements: (word: Word) => readonly Word[] | undefined;
}

const ARRAY_EXPANSION = /^"?\$\{(\w+)\[@\]\}"?$/;

/** Length of a chain of variables defined by other variables, which bounds the recursion. */
const MAX_VARIABLE_DEPTH = 20;
const MAX_LENGTH = 10_000;
/** Elements of all expanded arrays of a script. A script may expand an array of a thousand words in each of its lines. */
const MAX_ELEMENTS = 20_000;
/** Length of all values that replace variables in a script, likewise. */
const MAX_EXPANDED_LENGTH = 2_000_000;

class Assignments {
  /** How often each variable is assigned, in any way. */
  readonly #counts = new Map<string, number>();
  readonly #exact = new Map<string, Assignment>();
  readonly #lists = new Map<string, Assignment[]>();
  /** Where any variable may be set to anything, ascending. */
  readonly #taints: number[] = [];
  /** A function, which may run at any time, or a reference to a variable may set any other. */
  #isTainted = false;
  #elementsLeft = MAX_ELEMENTS;
  changesFieldSeparator = false;

  constructor({ script, nodes }: ShellSyntax) {
    for (const placed of nodes) this.#inspect(placed);
    this.#taints.sort((a, b) => a - b);
    for (const { command, background } of script.commands) {
      if (command.type === "Command" && !background) this.#readTopLevel(command);
    }
  }

  findSingle(name: string, at: number): Assignment | undefined {
    const assignment = this.#exact.get(name);
    if (!assignment || this.#counts.get(name) !== 1) return undefined;
    return this.#isUnchanged(assignment, at) ? assignment : undefined;
  }

  #isUnchanged({ end }: Assignment, at: number): boolean {
    return !this.#isTainted && end <= at && !hasNumberWithin(this.#taints, end, at);
  }

  /** The elements of an array built at the top level, by `args=(…)` and `args+=(…)`, before its use. */
  findElements({ text, pos }: Word): readonly Word[] | undefined {
    const name = ARRAY_EXPANSION.exec(text)?.[1];
    const made = name === undefined ? undefined : this.#lists.get(name);
    if (!made || this.#elementsLeft < 0 || this.#counts.get(name!) !== made.length) return undefined;
    const isSure = made.every((one, index) => this.#isUnchanged(one, pos) && (index === 0) === !one.append);
    if (!isSure) return undefined;
    const lists = made.map(({ value }) => (value.type === "ArrayValue" ? value.elements : []));
    this.#elementsLeft -= lists.reduce((sum, { length }) => sum + 1 + length, 0);
    return this.#elementsLeft < 0 ? undefined : lists.flat();
  }

  #readTopLevel({ name, prefix, args }: Command): void {
    if (name !== undefined && !DECLARING_COMMANDS.has(name.value)) return;
    // An option may turn the value into an integer or array.
    if (args.some((word) => word.type === "Word" && /^-.*[^-rxg]/.test(word.value))) return;
    for (const given of name === undefined ? prefix : args) {
      if (given.type !== "Assignment" || given.index) continue;
      if (given.value.type === "ArrayValue") this.#addList(given);
      else if (!given.append) this.#exact.set(given.name, given);
    }
  }

  #addList(given: Assignment): void {
    const lists = this.#lists.get(given.name);
    if (lists) lists.push(given);
    else this.#lists.set(given.name, [given]);
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #inspect({ node, inFunction, parent }: LocatedNode): void {
    if (node.type === "Assignment") {
      this.#count(node.name);
      this.changesFieldSeparator ||= node.name === "IFS" && !isForOneCommand(node, parent);
    } else if (node.type === "For" || node.type === "Select") this.#count(node.name.value);
    else if (node.type === "FileDescriptorVariable") this.#count(node.name);
    // Arithmetic may assign to any variable that it names.
    else if (node.type === "ArithmeticWord") this.#count(node.value);
    else if (node.type === "ParameterExpansion") this.#inspectExpansion(node, inFunction);
    else if (node.type === "Coproc") this.#count(node.name?.value ?? "COPROC");
    else if (node.type === "Command") this.#inspectCommand(node, inFunction);
  }

  #taint(at: number, inFunction: boolean): void {
    if (inFunction) this.#isTainted = true;
    else this.#taints.push(at);
  }

  /** `${NAME:=value}` assigns; `${!NAME:=value}` to the variable that another one names. */
  #inspectExpansion(node: Extract<SyntaxNode, { type: "ParameterExpansion" }>, inFunction: boolean): void {
    const { parameter, operation, prefix, end } = node;
    if (operation?.type !== "Default" || !operation.operator.endsWith("=")) return;
    this.#count(parameter);
    if (prefix === "!") this.#taint(end, inFunction);
  }

  #inspectCommand({ name, args, end }: Command, inFunction: boolean): void {
    const words = [...(name ? [name] : []), ...args.filter((word) => word.type === "Word")];
    const start = PREFIX_COMMANDS.has(words[0]?.value ?? "") ? 1 : 0;
    const command = words[start]?.value ?? "";
    const rest = words.slice(start + 1);
    if (TAINTING_COMMANDS.has(command) || namesUnknownVariable(command, rest)) this.#taint(end, inFunction);
    if (isDeclaration(command) && rest.some(({ value }) => NAME_REFERENCE.test(value)))
      this.#isTainted = true;
    if (!ASSIGNING_COMMANDS.has(command)) return;
    for (const word of rest) {
      const [named] = /[A-Za-z_]\w*(?=\W*$|=|\[)/.exec(word.value) ?? [];
      if (named !== undefined) this.#count(named);
    }
  }
}

/** `IFS= read -r line` assigns only for that command. */
const isForOneCommand = (assignment: Assignment, parent: LocatedNode | undefined): boolean =>
  parent?.node.type === "Command" &&
  parent.node.name !== undefined &&
  parent.node.prefix.includes(assignment);

const isDeclaration = (command: string): boolean => DECLARING_COMMANDS.has(command) || command === "local";

/** Options of `read` whose value names no variable. */
const READ_OPTIONS = /^-[A-Za-z]*[dinNptu]$/;

/** `export $(cat .env)`, `read "$NAME"`, `printf -v "$NAME" …`: which variable is set, only the run knows. */
function namesUnknownVariable(command: string, words: readonly Word[]): boolean {
  if (!isDeclaration(command) && (!ASSIGNING_COMMANDS.has(command) || command === "wait")) return false;
  return selectNames(command, words).some(({ text }) => EXPANSION.test(text.split("=", 1)[0]!));
}

function selectNames(command: string, words: readonly Word[]): readonly Word[] {
  if (command === "getopts") return words.slice(1, 2);
  if (command === "read")
    return words.filter((_, index) => !READ_OPTIONS.test(words[index - 1]?.value ?? ""));
  if (command !== "printf") return words;
  const option = words.findIndex(({ value }) => value.startsWith("-v"));
  return option < 0 ? [] : words.slice(option, option + 2);
}

/** Whether any of the numbers, ascending, is at least `from` and at most `to`. */
function hasNumberWithin(numbers: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < numbers.length && numbers[low]! <= to;
}
