import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import type { KnownDirectories } from "./directories.ts";
import type { ShellState } from "./state.ts";

/** A simple command of a script as it is run, with its words. */
export interface ShellCommand {
  words: Argument[];
  /** The command, or the one that gave its words to the function that runs it. */
  span: Span;
  /** Texts given as standard input, such as here-documents, which may be scripts themselves. */
  input: EmbeddedText[];
  /** Names of files that are its standard input. */
  inputFiles: Argument[];
  /** Where variables are assigned whose values it uses. */
  uses: Span[];
  /** How a variable's value is spelled where it is assigned. */
  spell: (name: string) => string | undefined;
}

export interface ShellHost {
  /** The directories that scripts refer to by `$0` or by the root of the repository. */
  readonly directories: KnownDirectories;
  /** Nobody looks at the commands again before they run. */
  readonly isAboutToRun: boolean;
  run(command: ShellCommand, state: ShellState): void;
  /** Opens the script that `source` names; undefined if what is in it is not known. */
  openSourced(command: ShellCommand, state: ShellState): SourcedScript | undefined;
}

/** A script that another one runs in its own shell. */
export interface SourcedScript {
  text: EmbeddedText;
  /** Runs its commands. */
  host: ShellHost;
}
