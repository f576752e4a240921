import { Worker } from "node:worker_threads";
import type { SearchImage } from "./search.ts";
import { type Work, writeThread } from "./thread.ts";

/** Behind all files. */
const LAST = 2 ** 31 - 1;

/**
 * Looks at the files of a long list from its end in a thread of its own, while the main thread looks at them from the beginning. It
 * decides nothing but that a file holds no word that matters. All others, also those that it can't read, are looked at by the main
 * thread as if there were no other. So it doesn't matter how far it comes, or whether it starts at all.
 */
class LookAhead {
  readonly #worker: Worker;
  #work: Pick<Work, "place" | "isPassed"> | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Starts the thread. Undefined where there are no threads, or none are allowed. */
  static start(): LookAhead | undefined {
    try {
      // It is none of what options of Node and its variables ask for, and says nothing.
      const apart = { env: {}, execArgv: [], stdout: true, stderr: true };
      const worker = new Worker(writeThread(), { eval: true, ...apart });
      worker.on("error", () => {});
      worker.unref();
      return new LookAhead(worker);
    } catch {
      return undefined;
    }
  }

  /** Has the thread look at files. `wantedIn` are the kinds of words that are looked for in one, or 0. */
  begin(files: readonly string[], wantedIn: (file: string) => number, image: SearchImage): void {
    const { length } = files;
    const memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT + 2 * length);
    const place = new Int32Array(memory, 0, 1);
    const wanted = new Uint8Array(memory, place.byteLength, length);
    const isPassed = new Uint8Array(memory, place.byteLength + length, length);
    for (let index = 0; index < length; index++) wanted[index] = wantedIn(files[index]!);
    this.#work = { place, isPassed };
    const work: Work = { files: files.join("\0"), wanted, isPassed, place, image };
    this.#worker.postMessage(work);
  }

  /** Whether a file is known to hold no word that matters. Files are asked for in order. */
  hasPassed(index: number): boolean {
    if (!this.#work) return false;
    Atomics.store(this.#work.place, 0, index);
    return Atomics.load(this.#work.isPassed, index) === 1;
  }

  /** Stops the thread, wherever it is. */
  end(): void {
    if (this.#work) Atomics.store(this.#work.place, 0, LAST);
    void this.#worker.terminate();
  }
}

let started: LookAhead | undefined;

/** Starts the thread before it is known what it is to look at: it takes as long to start as to list the files. */
export function startLookAhead(): void {
  started ??= LookAhead.start();
}

/** The thread that was started, or another. */
export function takeLookAhead(): LookAhead | undefined {
  const taken = started ?? LookAhead.start();
  started = undefined;
  return taken;
}
