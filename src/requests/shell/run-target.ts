import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";

/** What a command runs in the end, and what the commands around it change. */
export type RunTarget = (
  | { kind: "aws"; name: Argument; words: Argument[]; isGuess?: boolean }
  | { kind: "script"; script: EmbeddedText; positional?: { name: Argument | undefined; words: Argument[] } }
  | { kind: "program"; name: Argument; words: Argument[] }
) &
  RunPlace;

export interface RunPlace {
  /** The directory that the command around it enters, as in `env -C`. */
  directory?: Argument;
  /** It runs on another machine, or in a container. */
  isElsewhere?: boolean;
  /** It runs at another time, as a trap does. */
  isLater?: boolean;
}

/** What a command runs next: other words, or a text that a shell reads. */
export type Unwrapped = ({ words: Argument[] } | { script: EmbeddedText }) & RunPlace;
