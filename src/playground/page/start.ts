/** Gives the worker its code and asks for the first check, while the script of the page with its editor is on its way. */
import type { Answer } from "../protocol.ts";
import type { OpenedState } from "./opened-state.ts";
import { readState } from "./opened-state.ts";
import { toCheckJob } from "./state.ts";
import { WorkerClient } from "./worker-client.ts";

/** Written by the build: the code of the worker, which can't load a file where the page was opened from one. */
declare const COUNTERSIGN_WORKER: string;

/** Started by the page. */
declare const countersignWorker: Worker;

/** What the script of the page goes on with. */
export interface Started {
  client: WorkerClient;
  /** What the page shows first, and what the check of it says. */
  first: Promise<{ state: OpenedState; answer: Promise<Answer> }>;
}

countersignWorker.postMessage(COUNTERSIGN_WORKER);
const client = new WorkerClient(countersignWorker);

async function checkFirst() {
  const state = await readState(location.hash);
  return { state, answer: client.ask(toCheckJob(state.files)) };
}

const countersignStarted: Started = { client, first: checkFirst() };
Object.assign(globalThis, { countersignStarted });
