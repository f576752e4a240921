import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The signals that end a command. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Copies of the files that a command names, in a directory (0700) that only this user can enter: what was checked is
 * what runs, whatever happens to the originals meanwhile. They are gone when the process ends, also by a signal.
 */
export class PrivateFiles {
  readonly directory: string;
  readonly #originals = new Map<string, string>();
  #count = 0;
  readonly #atExit = (): void => this.remove();
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.remove();
    process.kill(process.pid, signal);
  };

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), "countersign-"));
    process.on("exit", this.#atExit);
  }

  /** From here on, a signal removes the copies. While a named pipe is read, only its default can end the process. */
  guardSignals(): void {
    for (const signal of SIGNALS) process.once(signal, this.#onSignal);
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

  /** From here on, signals are handled by whoever runs the command. */
  leaveSignals(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  remove(): void {
    this.leaveSignals();
    process.off("exit", this.#atExit);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
