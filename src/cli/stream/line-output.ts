import type { Writable } from "node:stream";

/** As many characters are gathered before they are written. */
const BATCH = 65_536;

/** Writes lines in order, no faster than they are taken. */
export class LineOutput {
  readonly #stream: Writable;
  #batch: string[] = [];
  #length = 0;
  #failure: NodeJS.ErrnoException | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on("error", (error) => {
      this.#failure ??= error;
      this.#wake?.();
    });
  }

  /** Why nothing more can be written; undefined as long as it can. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.#failure;
  }

  /** Adds a line. Wait for `flush` when it returns true. */
  add(line: string): boolean {
    this.#batch.push(line);
    this.#length += line.length;
    return this.#length >= BATCH;
  }

  /** Hands over what was added, and waits until the reader has room for more. */
  async flush(): Promise<void> {
    if (this.#length === 0 || this.#failure) return;
    const text = this.#batch.join("");
    this.#batch = [];
    this.#length = 0;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      // The callback comes when the bytes are handed over, not only when they are queued.
      this.#stream.write(text, () => resolve());
    });
  }
}
