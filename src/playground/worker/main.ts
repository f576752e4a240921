/** The worker: the library, and what it reads, away from the page that shows it. */
import type { Answer, FromWorker, Job, ToWorker } from "../protocol.ts";
import { FILES } from "../stand-ins/files.ts";
import { doJob, toProblem } from "./jobs.ts";
import type { Manifest } from "./manifest.ts";
import { loadPart, refusePart, takePart } from "./parts.ts";

/** Written by the build, before this module runs. */
declare const COUNTERSIGN_PACKAGE: Manifest;

const send = (message: FromWorker): void => postMessage(message);
const needPart = (name: string): Promise<void> =>
  loadPart(name, (asked) => send({ kind: "need", name: asked }));

/** Done again with every part that turned out to be missing: the library reads files synchronously. */
async function doCompletely(job: Job): Promise<Answer> {
  for (;;) {
    const answer = await doJob(job);
    const missing = [...FILES.missingParts];
    if (missing.length === 0) return answer;
    FILES.missingParts.clear();
    try {
      await Promise.all(missing.map(needPart));
    } catch (error) {
      return toProblem(error);
    }
  }
}

/** One after the other: all see the same files. */
let last: Promise<void> = Promise.resolve();

function start(id: number, job: Job): void {
  last = last.then(async () => send({ kind: "answer", id, answer: await doCompletely(job) }));
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "job") start(data.id, data.job);
  else if (data.kind === "part") takePart(data.name, data.part);
  else refusePart(data.name);
});

const { files, later } = COUNTERSIGN_PACKAGE;
for (const [path, text] of Object.entries(files)) FILES.write(path, text);
const partOf = new Map(
  Object.entries(later).flatMap(([part, paths]) => paths.map((path) => [path, part] as const)),
);
FILES.announce([...partOf.keys()], (path) => partOf.get(path));
Object.assign(globalThis, { countersignNeedPart: needPart });
