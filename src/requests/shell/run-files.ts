import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { getArgumentText, isUnknownText } from "../aws-cli/argument.ts";
import type { CommandLine } from "./command-line.ts";
import { expandHome } from "./command-line.ts";
import type { FileState } from "./file-log.ts";
import { ABSOLUTE_ROOT } from "./file-log.ts";
import type { RunTarget } from "./run-target.ts";
import type { ShellState } from "./state.ts";

/** Programs that run the first file that their words name. */
const INTERPRETER =
  /^(?:(?:ba|z|da|k|a|fi)?sh|python[\d.]*|node|nodejs|bun|deno|tsx|ts-node|ruby|perl|php|pwsh|powershell|uv|uvx|pipx|poetry|pipenv|pdm|rye|hatch|npx|pnpm|go|busybox)$/;

/** Options with which a shell or Python reads a file and doesn't run it. */
const ONLY_READS = /^(?:-n|-m|--check)$/;

/** The word of a command that names the script that it runs. */
export function findRunFile({ name, words }: RunTarget & { kind: "program" }): Argument | undefined {
  const text = getArgumentText(name);
  const program = text.slice(text.lastIndexOf("/") + 1);
  if (!INTERPRETER.test(program)) return text.includes("/") ? name : undefined;
  if (words.some((word) => ONLY_READS.test(getArgumentText(word)))) return undefined;
  return words.find((word) => isFileName(getArgumentText(word)));
}

/** Not an option, nor the `run` of `uv run x.py`. */
const isFileName = (text: string): boolean => !/^-|^(?:run|exec|\w*sh|python[\d.]*|node|tsx)$/.test(text);

/** Follows the scripts and programs that a text runs from files. */
export class RunFiles {
  readonly #commandLine: CommandLine;
  /** Whether a file runs that the text writes itself, and of which only the run knows what is in it. */
  runsWritten = false;

  constructor(commandLine: CommandLine) {
    this.#commandLine = commandLine;
  }

  /** What is in a file that runs, if the text itself writes it. A file that is there is added to the command line's. */
  open(word: Argument, state: ShellState): EmbeddedText | undefined {
    const text = getArgumentText(word);
    if (isUnknownText(text) || state.isElsewhere) return undefined;
    for (const path of listPlaces(expandHome(text, this.#commandLine), state)) {
      const written = findFileState(path, state);
      if (typeof written === "object") return written;
      if (written === "unknown") this.runsWritten = true;
      if (isFile(path)) this.#commandLine.runs.add(path);
    }
    return undefined;
  }
}

const listPlaces = (path: string, { directory }: ShellState): string[] =>
  path.startsWith("/") ? [path] : (directory ?? []).map((from) => resolve(stripAbsoluteRoot(from), path));

/** Where a path of a script that runs here really is. */
export const stripAbsoluteRoot = (path: string): string =>
  path.startsWith(ABSOLUTE_ROOT) ? path.slice(ABSOLUTE_ROOT.length) || "/" : path;

function findFileState(path: string, { log, scope, loop }: ShellState): FileState {
  return log.stateOf(listFileNames(path), { after: log.length, scope, loop });
}

/** The names by which a script that runs here may write a file. */
export const listFileNames = (path: string): string[] => [path, ABSOLUTE_ROOT + path];

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
