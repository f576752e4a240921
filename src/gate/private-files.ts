import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The signals that end a command. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Copies of the files that a command names, in a directory (0700) that only this user can enter: what was checked is
 * what runs, whatever happens to the originals meanwhile. They are gone when the process ends, also by a signal, about
 * which a word is said: nothing was run.
 */
export class PrivateFiles {
  readonly directory: string;
  readonly #originals = new Map<string, string>();
  #count = 0;
  readonly #say: (text: string) => void;
  readonly #atExit = (): void => this.remove();
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.remove();
    this.#say(`countersign: stopped by ${signal}; nothing was run\n`);
    process.kill(process.pid, signal);
  };

  constructor(say: (text: string) => void) {
    this.#say = say;
    this.directory = mkdtempSync(join(tmpdir(), "countersign-"));
    for (const signal of SIGNALS) process.once(signal, this.#onSignal);
    process.on("exit", this.#atExit);
  }

  /** Writes a copy (0600). Returns its name in the directory. */
  add(original: string, content: Uint8Array): string {
    const name = String(++this.#count);
    writeFileSync(join(this.directory, name), content, { mode: 0o600, flag: "wx" });
    this.#originals.set(join(this.directory, name), original);
    return name;
  }

  /** Says how a path is shown. */
  name(path: string, shown: string): void {
    this.#originals.set(path, shown);
  }

  /** Replaces the copies' paths in a text by the names that the user gave. */
  restoreNames(text: string): string {
    if (!text.includes(this.directory)) return text;
    // The longest first: `…/1` is the beginning of `…/10`.
    const copies = [...this.#originals].sort(([a], [b]) => b.length - a.length);
    return copies.reduce((shown, [copy, original]) => shown.replaceAll(copy, original), text);
  }

  /**
   * From here on, signals are handled by whoever runs the command. Those that came while the check kept the process busy
   * are heard before: each is waiting for a turn of the event loop.
   */
  async leaveSignals(): Promise<void> {
    // The rest of the present turn, and a whole one.
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    this.#offSignals();
  }

  #offSignals(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  remove(): void {
    this.#offSignals();
    process.off("exit", this.#atExit);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
