/** Milliseconds after the last keystroke. */
const DEBOUNCE = 80;
/** A text that takes long to check is checked less often. */
const MAX_DEBOUNCE = 2000;

/**
 * Runs the checks of documents one at a time: an engine's state belongs to one run. A document that changes while it
 * waits is checked once.
 */
export class CheckQueue {
  readonly #check: (uri: string) => Promise<void>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #durations = new Map<string, number>();
  readonly #waiting = new Set<string>();
  #isRunning = false;

  constructor(check: (uri: string) => Promise<void>) {
    this.#check = check;
  }

  /** Checks a document when it hasn't changed for a while. */
  schedule(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    const delay = Math.min(MAX_DEBOUNCE, DEBOUNCE + (this.#durations.get(uri) ?? 0));
    this.#timers.set(
      uri,
      setTimeout(() => this.start(uri), delay),
    );
  }

  /** Checks a document as soon as those before it are done. */
  start(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#waiting.add(uri);
    if (!this.#isRunning) void this.#run();
  }

  forget(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#durations.delete(uri);
    this.#waiting.delete(uri);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (;;) {
      const [uri] = this.#waiting;
      if (uri === undefined) break;
      this.#waiting.delete(uri);
      const before = performance.now();
      await this.#check(uri);
      this.#durations.set(uri, performance.now() - before);
      // What the client sent meanwhile comes first: it may be the next change of this document.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isRunning = false;
  }
}
