import type { Command, SyntaxNode } from "unbash";
import type { LocatedNode, ShellSyntax } from "../aws-cli/syntax.ts";
import { isReader } from "./programs.ts";

type FunctionNode = Extract<SyntaxNode, { type: "Function" }>;

/** A function of a script. */
export interface FunctionDefinition extends Pick<LocatedNode, "source" | "inside"> {
  node: FunctionNode;
}

const MOVING_COMMANDS = new Set(["cd", "popd", "pushd"]);
const SHIFTING_COMMANDS = new Set(["set", "shift"]);
const LOOPS = new Set<SyntaxNode["type"]>(["ArithmeticFor", "For", "Select", "While"]);

/** What has to be known of a script before it is followed. */
export class SyntaxFacts {
  /** By name; undefined for a name that is defined several times. */
  readonly functions = new Map<string, FunctionDefinition | undefined>();
  readonly definitions: FunctionDefinition[] = [];
  /** Loops that end in another directory than they begin in. */
  readonly movingLoops = new Set<SyntaxNode>();
  /** Loops that change the script's parameters. */
  readonly shiftingLoops = new Set<SyntaxNode>();
  /** Any command changes the directory. */
  isMoving = false;
  readonly #calls = new Map<string, LocatedNode[]>();
  readonly #movingFunctions = new Set<string>();

  constructor({ nodes }: ShellSyntax) {
    for (const { node, source, inside } of nodes)
      if (node.type === "Function") this.#define({ node, source, inside });
    for (const placed of nodes) if (placed.node.type === "Command") this.#inspect(placed, placed.node);
    // The set grows while functions are found that call those in it.
    for (const name of this.#movingFunctions)
      for (const call of this.#calls.get(name) ?? []) this.#markMove(call);
  }

  #define(definition: FunctionDefinition): void {
    const { value } = definition.node.name;
    this.definitions.push(definition);
    this.functions.set(value, this.functions.has(value) ? undefined : definition);
  }

  #inspect(placed: LocatedNode, { name }: Command): void {
    const command = name?.value ?? "";
    if (MOVING_COMMANDS.has(command)) this.#markMove(placed);
    if (SHIFTING_COMMANDS.has(command))
      for (const { node } of listAncestors(placed)) if (LOOPS.has(node.type)) this.shiftingLoops.add(node);
    if (!this.functions.has(command)) return;
    const calls = this.#calls.get(command);
    if (calls) calls.push(placed);
    else this.#calls.set(command, [placed]);
  }

  #markMove(placed: LocatedNode): void {
    this.isMoving = true;
    for (const { node } of listAncestors(placed)) {
      if (LOOPS.has(node.type)) this.movingLoops.add(node);
      if (node.type === "Function") this.#movingFunctions.add(node.name.value);
    }
  }
}

/** The nodes around a command, up to the function or subshell that contains it. */
function listAncestors(placed: LocatedNode): LocatedNode[] {
  const found: LocatedNode[] = [];
  for (let at = placed.parent; at; at = at.parent) {
    found.push(at);
    if (at.node.type === "Function" || isSubshell(at.node)) break;
  }
  return found;
}

const isSubshell = (node: SyntaxNode): boolean =>
  node.type === "Subshell" ||
  node.type === "Script" ||
  (node.type === "Pipeline" && node.commands.length > 1) ||
  (node.type === "Statement" && node.background === true);

const LEAVING_COMMANDS = /^(?:exit|return|break|continue|exec|die|abort|fatal|bail(?:_?out)?|fail)$/;

/** Whether what stands after a command in its list runs only if the command does not. */
export function isLeaving(node: SyntaxNode | undefined): boolean {
  if (!node) return false;
  if (node.type === "Command") return LEAVING_COMMANDS.test(node.name?.value ?? "");
  if (node.type === "Statement") return node.background !== true && isLeaving(node.command);
  if (node.type === "CompoundList") return isLeaving(node.commands.at(-1));
  return node.type === "BraceGroup" && isLeaving(node.body);
}

const TEST_COMMANDS = /^(?:\[|test|command|hash|type|which|grep|false)$/;

/** Whether a command is a condition rather than a step that is meant to succeed. */
export const isCondition = (node: SyntaxNode): boolean =>
  node.type === "TestCommand" ||
  node.type === "ArithmeticCommand" ||
  (node.type === "Pipeline" && (node.prefixes.length > 0 || isCondition(node.commands.at(-1)!))) ||
  (node.type === "Command" && TEST_COMMANDS.test(node.name?.value ?? ""));

const SHELL_WORD = /^(?:\S*\/)?(?:(?:ba|z|da|k|a)?sh|ssh|parallel|source|\.|eval|su|at|batch|tmux|screen)$/;

/**
 * What the output of a command of a pipeline is used for by the command behind it. If it is about to run, only what a program
 * that is known reads is printed.
 */
export function classifyReader(
  node: SyntaxNode | undefined,
  isAboutToRun: boolean,
): "shell" | "kept" | "printed" {
  if (!node) return "printed";
  if (node.type !== "Command") return node.type === "TestCommand" ? "printed" : "kept";
  const words = [node.name, ...node.args].flatMap((word) => (word?.type === "Word" ? [word.value] : []));
  if (/^(?:xargs|tee|crontab)$/.test(words[0] ?? "")) return "kept";
  if (words.some((word) => SHELL_WORD.test(word))) return "shell";
  return isAboutToRun && !isReader(words[0] ?? "") ? "kept" : "printed";
}
