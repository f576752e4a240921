import type { Answer, FromWorker, Job, Part, ToWorker } from "../protocol.ts";
import { loadScript } from "./load-script.ts";

/** The library in its worker. */
export class WorkerClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 1;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "need") this.#load(data.name);
      else this.#take(data.id, data.answer);
    });
    this.#worker.addEventListener("error", ({ message }) => {
      for (const id of this.#waiting.keys())
        this.#take(id, {
          kind: "problem",
          problem: { text: `error: the worker failed: ${message}`, faults: [] },
        });
    });
    Object.assign(globalThis, {
      countersignPart: (name: string, part: Part) => this.#send({ kind: "part", name, part }),
    });
  }

  ask(job: Job): Promise<Answer> {
    const id = this.#next++;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#send({ kind: "job", id, job });
    return promise;
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(id: number, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  /** The script of a part calls `countersignPart`. */
  #load(name: string): void {
    loadScript(name).catch(() => this.#send({ kind: "no-part", name }));
  }
}
