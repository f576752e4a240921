import type { Span } from "../../diagnostics/lines.ts";
import type { Argument } from "../aws-cli/argument.ts";
import type { BranchScope, FileLog, LoopScope } from "./file-log.ts";

/** Where output goes: to somebody who reads it, to a shell that runs it, or to a file or variable. */
export type OutputSink = "printed" | "shell" | "kept";

/** The parameters of a script or function, and the command that gave them. */
export interface PositionalParameters {
  /** `$0`, where it is known. */
  name?: Argument | undefined;
  words: readonly Argument[];
  span: Span | undefined;
}

/** What holds while a command of a script runs. */
export interface ShellState {
  /** The working directory, or several of which it is one; undefined if it is not known. */
  directory: readonly string[] | undefined;
  /** The directory before the last `cd`. */
  previous: readonly string[] | undefined;
  /** Directories that `pushd` put aside; undefined if not known. */
  stack: readonly (readonly string[] | undefined)[] | undefined;
  /** Undefined if they are not known. */
  positional: PositionalParameters | undefined;
  output: OutputSink;
  scope: BranchScope;
  loop: LoopScope | undefined;
  /** The script runs on another machine, or in a container with other files. */
  isElsewhere: boolean;
  log: FileLog;
}

/** The state of a subshell or a branch, which the commands after it don't see. */
export const forkState = (state: ShellState, changes: Partial<ShellState> = {}): ShellState => ({
  ...state,
  ...changes,
});

/** What a shell keeps of a command that runs in it. */
export function copyPlace({ directory, previous, stack, positional }: ShellState, into: ShellState): void {
  Object.assign(into, { directory, previous, stack, positional });
}

/** After a command that may have changed the directory. */
export function forgetPlace(state: ShellState): void {
  state.directory = undefined;
  state.previous = undefined;
  state.stack = undefined;
}

export const forkBranch = (state: ShellState): ShellState =>
  forkState(state, { scope: { parent: state.scope } });

/** After a branch: only what holds on all ways is known. */
export function mergeStates(into: ShellState, ways: readonly ShellState[]): void {
  const [first, ...more] = ways;
  if (!first) return;
  into.directory = more.every(({ directory }) => isSameDirectory(directory, first.directory))
    ? first.directory
    : undefined;
  into.previous = more.every(({ previous }) => isSameDirectory(previous, first.previous))
    ? first.previous
    : undefined;
  into.stack = more.every(({ stack }) => stack === first.stack) ? first.stack : undefined;
  into.positional = more.every(({ positional }) => positional === first.positional)
    ? first.positional
    : undefined;
}

const isSameDirectory = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.join("\0") === b.join("\0"));
