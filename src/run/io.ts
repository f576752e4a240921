/** The side effects that commands may have, injected so that only the entry points touch `process`. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** File descriptor of standard input. */
  stdin: number;
  /** Whether standard output supports colours. */
  color: boolean;
  /** The width of the terminal. Present only if standard output is one. */
  columns?: number;
  /** Whether standard output supports hyperlinks. */
  links?: boolean;
  /** Environment variables; they are also passed to git. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Shows the progress of a long run. Present only if standard error is a terminal. */
  progress?: (done: number, total: number) => void;
}

/**
 * Colours only on a terminal, unless NO_COLOR (no-color.org) or FORCE_COLOR says otherwise. FORCE_COLOR is read as
 * other programs read it: a level, `true`, `false`, or empty for `true`.
 */
export function shouldUseColor(
  { NO_COLOR, FORCE_COLOR, TERM }: Io["environment"],
  isTerminal: boolean,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTerminal && TERM !== "dumb";
}

/** Hyperlinks only on a terminal. FORCE_HYPERLINK is read as other programs read it. */
export function shouldUseLinks(
  { FORCE_HYPERLINK, TERM, CI }: Io["environment"],
  isTerminal: boolean,
): boolean {
  if (FORCE_HYPERLINK !== undefined) return FORCE_HYPERLINK !== "0" && FORCE_HYPERLINK !== "false";
  return isTerminal && TERM !== "dumb" && !CI;
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
