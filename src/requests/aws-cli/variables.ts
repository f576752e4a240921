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

/**
 * Finds constants: variables assigned exactly once, at the top level, to a fully known text. They hold that
 * text from there on. Variables that are assigned again, in a branch, loop or subshell, or by a command are
 * not known.
 */
export function findVariables(syntax: ShellSyntax): ShellVariables {
  const found = new Assignments(syntax);
  const values = new Map<Assignment, string | undefined>();
  let depth = 0;
  const known: ConstantLookup = (name, at) => {
    const assignment = found.findSingle(name, at);
    if (!assignment || depth > MAX_VARIABLE_DEPTH) return undefined;
    if (!values.has(assignment)) {
      depth++;
      const value = readLiteralText(assignment.value as Word, syntax.source, known);
      values.set(assignment, value !== undefined && value.length <= MAX_LENGTH ? value : undefined);
      depth--;
    }
    return values.get(assignment);
  };
  return { constants: known, elements: (word) => found.findElements(word) };
}

export interface ShellVariables {
  constants: ConstantLookup;
  /** The elements of `"${args[@]}"`, where they are known in the same way. */
  elements: (word: Word) => readonly Word[] | undefined;
}

const ARRAY_EXPANSION = /^"?\$\{(\w+)\[@\]\}"?$/;

/** Length of a chain of variables defined by other variables, which bounds the recursion. */
const MAX_VARIABLE_DEPTH = 20;
const MAX_LENGTH = 10_000;

class Assignments {
  /** How often each variable is assigned, in any way. */
  readonly #counts = new Map<string, number>();
  readonly #exact = new Map<string, Assignment>();
  readonly #lists = new Map<string, Assignment[]>();
  /** Before this offset, variables may have been set to anything. */
  #taintedTo = -1;

  constructor({ script, nodes }: ShellSyntax) {
    for (const placed of nodes) this.#inspect(placed);
    for (const { command, background } of script.commands) {
      if (command.type === "Command" && !background) this.#readTopLevel(command);
    }
  }

  findSingle(name: string, at: number): Assignment | undefined {
    const assignment = this.#exact.get(name);
    if (!assignment || this.#counts.get(name) !== 1) return undefined;
    return assignment.end <= at && assignment.pos > this.#taintedTo ? assignment : undefined;
  }

  /** The elements of an array built at the top level, by `args=(…)` and `args+=(…)`, before its use. */
  findElements({ text, pos }: Word): readonly Word[] | undefined {
    const name = ARRAY_EXPANSION.exec(text)?.[1];
    const made = name === undefined ? undefined : this.#lists.get(name);
    if (!made || this.#counts.get(name!) !== made.length) return undefined;
    const isSure = made.every(
      (one, index) => one.end <= pos && one.pos > this.#taintedTo && (index === 0) === !one.append,
    );
    return isSure
      ? made.flatMap(({ value }) => (value.type === "ArrayValue" ? value.elements : []))
      : undefined;
  }

  #readTopLevel({ name, prefix, args }: Command): void {
    if (name !== undefined && !DECLARING_COMMANDS.has(name.value)) return;
    // An option may turn the value into an integer or array.
    if (args.some((word) => word.type === "Word" && /^-.*[^-rxg]/.test(word.value))) return;
    for (const given of name === undefined ? prefix : args) {
      if (given.type !== "Assignment" || given.index) continue;
      if (given.value.type === "ArrayValue")
        this.#lists.set(given.name, [...(this.#lists.get(given.name) ?? []), given]);
      else if (!given.append) this.#exact.set(given.name, given);
    }
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #inspect({ node, inFunction }: LocatedNode): void {
    if (node.type === "Assignment") this.#count(node.name);
    else if (node.type === "For" || node.type === "Select") this.#count(node.name.value);
    else if (node.type === "FileDescriptorVariable") this.#count(node.name);
    // Arithmetic may assign to any variable that it names.
    else if (node.type === "ArithmeticWord") this.#count(node.value);
    else if (node.type === "ParameterExpansion") this.#inspectExpansion(node);
    else if (node.type === "Coproc") this.#count(node.name?.value ?? "COPROC");
    else if (node.type === "Command") this.#inspectCommand(node, inFunction);
  }

  /** `${NAME:=value}` assigns. */
  #inspectExpansion({ parameter, operation }: Extract<SyntaxNode, { type: "ParameterExpansion" }>): void {
    if (operation?.type === "Default" && operation.operator.endsWith("=")) this.#count(parameter);
  }

  #inspectCommand({ name, args, end }: Command, inFunction: boolean): void {
    const command = name?.value ?? "";
    // A function may run at any time.
    if (TAINTING_COMMANDS.has(command)) {
      this.#taintedTo = Math.max(this.#taintedTo, inFunction ? Number.POSITIVE_INFINITY : end);
    }
    if (!ASSIGNING_COMMANDS.has(command)) return;
    for (const word of args) {
      const [named] = (word.type === "Word" && /[A-Za-z_]\w*(?=\W*$|=|\[)/.exec(word.value)) || [];
      if (named !== undefined) this.#count(named);
    }
  }
}
