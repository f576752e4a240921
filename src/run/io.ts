/** The side effects that commands may have, injected so that only the entry points touch `process`. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** File descriptor of standard input. */
  stdin: number;
  /** Whether standard output supports colours. */
  color: boolean;
  /** Environment variables; they are also passed to git. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Shows the progress of a long run. Present only if standard error is a terminal. */
  progress?: (done: number, total: number) => void;
}

/** Colours only on a terminal, subject to NO_COLOR (no-color.org) and FORCE_COLOR. */
export function shouldUseColor(
  { NO_COLOR, FORCE_COLOR, TERM }: Io["environment"],
  isTerminal: boolean,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return isTerminal && TERM !== "dumb";
}

/**
 * The user invoked a command incorrectly. Leads to exit status 2 and prints the message without a stack
 * trace.
 */
export class UsageError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
