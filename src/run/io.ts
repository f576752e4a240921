/** What a command may do to the outside, so that only the entry touches `process`. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** The file descriptor of the standard input. */
  stdin: number;
  /** May the standard output have colours? */
  color: boolean;
  /** The environment's variables: what git is run with. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Shows how far a long run is; only where there is a terminal to show it on. */
  progress?: (done: number, total: number) => void;
}

/** Colour only on a terminal; NO_COLOR (no-color.org) and FORCE_COLOR as everywhere. */
export function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: Io["environment"], isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return isTerminal && TERM !== "dumb";
}

/** The command was called wrongly: exit status 2, with this message instead of a stack trace. */
export class UsageError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
