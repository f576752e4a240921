/** The side effects that commands may have, injected so that only the entry points touch `process`. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard output supports colours. */
  color: boolean;
  /** Environment variables; they are also passed to git. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Shows the progress of a long run. Present only if standard error is a terminal. */
  progress?: (done: number, total: number) => void;
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
