import type { Command, Redirection, SyntaxNode } from "unbash";
import { forEachChild } from "unbash";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { ShellSyntax, SyntaxSource } from "../aws-cli/syntax.ts";
import { locateScript, parseShell } from "../aws-cli/syntax.ts";
import { Builtins } from "./builtins.ts";
import { CommandWords, readAliasWords } from "./command-words.ts";
import { logRedirections } from "./redirections.ts";
import type { ShellCommand, ShellHost } from "./shell-command.ts";
import { isHarmlessScript, isSourcing } from "./sourcing.ts";
import type { ShellState } from "./state.ts";
import { copyPlace, forgetPlace, forkBranch, forkState, mergeStates } from "./state.ts";
import type { FunctionDefinition } from "./syntax-facts.ts";
import { classifyReader, isCondition, isLeaving, SyntaxFacts } from "./syntax-facts.ts";

export interface ShellOutcome {
  /** The first syntax error. What follows it isn't followed. */
  error?: { at: number; message: string };
}

/** Follows the commands of a shell text in the order in which they run; undefined if it can't be parsed. */
export function executeShell(
  inside: EmbeddedText,
  state: ShellState,
  host: ShellHost,
): ShellOutcome | undefined {
  const syntax = parseShell(inside);
  if (!syntax) return undefined;
  new ShellExecution(syntax, host).run(state);
  return syntax.error ? { error: syntax.error } : {};
}

type NodeOf<Type extends SyntaxNode["type"]> = Extract<SyntaxNode, { type: Type }>;

/** Nesting of syntax and of calls. The parser's own limit is lower for syntax alone. */
const MAX_DEPTH = 400;
const MAX_CALLS = 12;
/** Length of all function bodies that are followed for each of their calls. */
const MAX_CALLED_LENGTH = 200_000;
/** Parameters of a function. Beyond that they are unknown. */
const MAX_PARAMETERS = 200;

class ShellExecution {
  readonly #syntax: ShellSyntax;
  readonly #host: ShellHost;
  readonly #words: CommandWords;
  readonly #facts: SyntaxFacts;
  readonly #builtins: Builtins;
  /** Functions with a call that was not followed, or with none. */
  readonly #uncalled: Set<FunctionDefinition>;
  /** Functions of the scripts that were taken in by `source`. */
  readonly #sourced = new Map<string, { definition: FunctionDefinition; execution: ShellExecution }>();
  #depth = 0;
  #calls = 0;
  #lengthLeft = MAX_CALLED_LENGTH;

  constructor(syntax: ShellSyntax, host: ShellHost) {
    this.#syntax = syntax;
    this.#host = host;
    this.#words = new CommandWords(syntax);
    this.#facts = new SyntaxFacts(syntax);
    this.#builtins = new Builtins(host.directories);
    this.#uncalled = new Set(this.#facts.definitions);
  }

  run(state: ShellState): void {
    const { script, source, inside } = this.#syntax;
    const initial = { ...state };
    this.#runAll(script.commands, state, { source, inside });
    // When a function runs that nothing here calls, only its user knows.
    for (const definition of this.#uncalled) {
      const directory = this.#facts.isMoving ? undefined : initial.directory;
      const later = { ...initial, directory, positional: undefined, loop: { end: Number.POSITIVE_INFINITY } };
      this.#exec(definition.node.body, forkBranch(later), definition);
    }
  }

  /** Takes in a script that runs in the same shell, and whose functions may be called later. */
  #take(execution: ShellExecution, state: ShellState): void {
    const { script, source, inside } = execution.#syntax;
    execution.#runAll(script.commands, state, { source, inside });
    for (const [name, definition] of execution.#facts.functions)
      if (definition) this.#sourced.set(name, { definition, execution });
    for (const [name, taken] of execution.#sourced) this.#sourced.set(name, taken);
  }

  #runAll(nodes: readonly SyntaxNode[], state: ShellState, at: SyntaxSource): void {
    for (const node of nodes) this.#exec(node, state, at);
  }

  #exec(node: SyntaxNode, state: ShellState, at: SyntaxSource): void {
    if (this.#depth > MAX_DEPTH) return;
    this.#depth++;
    this.#dispatch(node, state, at);
    this.#depth--;
  }

  #dispatch(node: SyntaxNode, state: ShellState, at: SyntaxSource): void {
    if (node.type === "Command") this.#runCommand(node, state, at);
    else if (node.type === "Statement")
      this.#exec(node.command, node.background ? forkBranch(state) : state, at);
    else if (node.type === "CompoundList" || node.type === "Script") this.#runAll(node.commands, state, at);
    else if (node.type === "Pipeline") this.#runPipeline(node, state, at);
    else if (node.type === "AndOr") this.#runAndOr(node, state, at);
    else if (node.type === "If") this.#runIf(node, state, at);
    else if (node.type === "Case") this.#runCase(node, state, at);
    else if (node.type === "Subshell") this.#exec(node.body, forkState(state), at);
    else if (node.type === "BraceGroup") this.#exec(node.body, state, at);
    else if (node.type === "Redirected") this.#runRedirected(node, state, at);
    else if (node.type === "Coproc") this.#exec(node.body, forkBranch(state), at);
    else if (isLoop(node)) this.#runLoop(node, state, at);
    else if (node.type !== "Function") this.#runSubstitutions(node, state, at);
  }

  #runPipeline({ commands, prefixes }: NodeOf<"Pipeline">, state: ShellState, at: SyntaxSource): void {
    const [only] = commands;
    if (commands.length === 1 && only) {
      this.#exec(only, prefixes.length > 0 ? forkBranch(state) : state, at);
      return;
    }
    let output = state.output;
    const sinks = commands.map(() => output);
    for (let index = commands.length - 1; index > 0; index--) {
      const reader = classifyReader(commands[index], this.#host.isAboutToRun);
      if (reader !== "printed") output = reader;
      sinks[index - 1] = output;
    }
    for (const [index, command] of commands.entries())
      this.#exec(command, forkState(state, { output: sinks[index]! }), at);
  }

  /** Of `a && b`, the second is a branch. After `a || b`, what `a` changed is known only if `b` leaves. */
  #runAndOr({ commands, operators }: NodeOf<"AndOr">, state: ShellState, at: SyntaxSource): void {
    const before = { ...state };
    for (const [index, command] of commands.entries()) {
      if (index > 0) state.scope = { parent: state.scope };
      if (operators[index - 1] === "||") this.#runAlternative(command, state, before, at);
      else this.#exec(command, state, at);
    }
    state.scope = before.scope;
    if (isCondition(commands[0]!)) mergeStates(state, [{ ...state }, before]);
  }

  #runAlternative(node: SyntaxNode, state: ShellState, before: ShellState, at: SyntaxSource): void {
    const way = forkState(state);
    mergeStates(way, [{ ...way }, before]);
    this.#exec(node, way, at);
    if (!isLeaving(node)) mergeStates(state, [{ ...state }, way]);
  }

  #runIf(node: NodeOf<"If">, state: ShellState, at: SyntaxSource): void {
    this.#exec(node.clause, state, at);
    const ways: ShellState[] = [];
    const runWay = (body: SyntaxNode, from: ShellState): void => {
      const way = forkBranch(from);
      this.#exec(body, way, at);
      if (!isLeaving(body)) ways.push(way);
    };
    runWay(node.then, state);
    const otherwise = forkBranch(state);
    for (const { clause, then } of node.elif) {
      this.#exec(clause, otherwise, at);
      runWay(then, otherwise);
    }
    if (node.else) runWay(node.else, otherwise);
    else ways.push(otherwise);
    mergeStates(state, ways);
  }

  #runCase({ word, items }: NodeOf<"Case">, state: ShellState, at: SyntaxSource): void {
    this.#runSubstitutions(word, state, at);
    const ways = [{ ...state }];
    for (const { body } of items) {
      const way = forkBranch(state);
      this.#exec(body, way, at);
      if (!isLeaving(body)) ways.push(way);
    }
    mergeStates(state, ways);
  }

  #runRedirected({ command, redirects }: NodeOf<"Redirected">, state: ShellState, at: SyntaxSource): void {
    const output = this.#redirect(redirects, state, at) ?? state.output;
    const before = state.output;
    state.output = output;
    this.#exec(command, state, at);
    state.output = before;
  }

  #runLoop(node: LoopNode, state: ShellState, at: SyntaxSource): void {
    if (this.#facts.movingLoops.has(node)) {
      state.directory = undefined;
      state.stack = undefined;
    }
    if (this.#facts.shiftingLoops.has(node)) state.positional = undefined;
    const round = forkBranch(state);
    const loop = state.loop ?? { end: 0 };
    round.loop = loop;
    forEachChild(node, (child) => {
      if (child.type === "CompoundList") this.#exec(child, round, at);
      else this.#runSubstitutions(child, state, at);
    });
    if (!state.loop) loop.end = state.log.length;
    mergeStates(state, [{ ...state }, round]);
  }

  /** Runs the scripts in substitutions. */
  #runSubstitutions(node: SyntaxNode, state: ShellState, at: SyntaxSource): void {
    if (this.#depth > MAX_DEPTH) return;
    this.#depth++;
    forEachChild(node, (child) => {
      if (child.type === "Script")
        this.#runAll(child.commands, forkState(state, { output: "kept" }), locateScript(child, node, at));
      else this.#runSubstitutions(child, state, at);
    });
    this.#depth--;
  }

  #redirect(
    redirects: readonly Redirection[],
    state: ShellState,
    at: SyntaxSource,
    command?: Command,
  ): ShellState["output"] | undefined {
    for (const redirect of redirects) this.#runSubstitutions(redirect, state, at);
    return redirects.length > 0
      ? logRedirections(redirects, state, this.#words.createContext(state, at), command)
      : undefined;
  }

  #runCommand(node: Command, state: ShellState, at: SyntaxSource): void {
    const { error, source } = this.#syntax;
    if (error && at.source === source && node.end >= error.at) return;
    for (const child of [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix])
      if (child.type === "Word" || child.type === "Assignment") this.#runSubstitutions(child, state, at);
    const output = this.#redirect(node.redirects, state, at, node) ?? state.output;
    const command = this.#words.read(node, state, at);
    if (!command) return;
    this.#runWords(command, output === state.output ? state : forkState(state, { output }), state);
  }

  /** `kept` is the state that commands such as `cd` change. */
  #runWords(command: ShellCommand, state: ShellState, kept: ShellState): void {
    if (this.#builtins.run(command, kept)) return;
    const words = this.#builtins.expandAlias(command.words, readAliasWords, command.uses);
    const expanded = { ...command, words };
    if (words.length === 0 || (words !== command.words && this.#builtins.run(expanded, kept))) return;
    if (isSourcing(words)) this.#source(expanded, kept);
    else this.#runExpanded(expanded, state, kept);
  }

  #runExpanded(command: ShellCommand, state: ShellState, kept: ShellState): void {
    const name = command.words[0]!.inside.text;
    const own = this.#facts.functions.get(name);
    const { definition, execution } = own
      ? { definition: own, execution: this }
      : (this.#sourced.get(name) ?? { definition: undefined, execution: this });
    const { output } = kept;
    kept.output = state.output;
    const isCalled = definition !== undefined && execution.#call(definition, command, kept);
    kept.output = output;
    if (isCalled) return;
    this.#host.run(command, state);
    // `eval` runs in this shell, and so does a function that is not followed.
    if (state !== kept) copyPlace(state, kept);
    if (definition && execution.#facts.isMoving) forgetPlace(kept);
  }

  #source(command: ShellCommand, state: ShellState): void {
    const opened = this.#host.openSourced(command, state);
    const syntax = opened && parseShell(opened.text);
    if (syntax && !syntax.error) this.#take(new ShellExecution(syntax, opened!.host), state);
    else if (!isHarmlessScript(command)) forgetPlace(state);
  }

  /** Returns false if the call is not followed. */
  #call(definition: FunctionDefinition, { words, span }: ShellCommand, state: ShellState): boolean {
    const { node } = definition;
    this.#lengthLeft -= node.end - node.pos;
    if (this.#lengthLeft < 0 || this.#calls >= MAX_CALLS) {
      this.#uncalled.add(definition);
      return false;
    }
    this.#calls++;
    this.#uncalled.delete(definition);
    const { positional } = state;
    const given = words.slice(1);
    state.positional =
      given.length > MAX_PARAMETERS ? undefined : { name: positional?.name, words: given, span };
    this.#exec(node.body, state, definition);
    state.positional = positional;
    this.#calls--;
    return true;
  }
}

type LoopNode = NodeOf<"ArithmeticFor" | "For" | "Select" | "While">;

const isLoop = (node: SyntaxNode): node is LoopNode =>
  node.type === "While" || node.type === "For" || node.type === "ArithmeticFor" || node.type === "Select";
