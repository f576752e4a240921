import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, CheckJob, TabFile } from "../../src/playground/protocol.ts";
import { ROOT, runCli } from "../cli/run.ts";
import type { OpenPlayground } from "./browser.ts";
import { buildPlayground, CHROMIUM, openPlayground, servePlayground, startBrowser } from "./browser.ts";

const filesBelow = (folder: string): TabFile[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

const FILES = filesBelow("examples");
const DOCUMENTS = FILES.map(({ path }) => path).filter((path) => !path.startsWith("examples/context/"));
const PERMISSIONS = "examples/permissions/iam.json";

/** What is checked together: each example alone, and the folders with the facts about them. */
const RUNS = [
  ...DOCUMENTS.map((path) => ({ paths: [path], context: [] })),
  { paths: ["examples"], context: [] },
  { paths: ["examples"], context: ["examples/context", PERMISSIONS] },
  { paths: ["examples/good"], context: ["examples/context"] },
].map((run) => ({ ...run, name: [...run.paths, ...run.context].join(", ") }));

/** In the page: the worker's code in a worker of the test, for which the page loads parts as it does for its own. */
const START_WORKER = `
const worker = new Worker(URL.createObjectURL(new Blob([COUNTERSIGN_WORKER], { type: "text/javascript" })));
let answered;
globalThis.countersignPart = (name, part) => worker.postMessage({ kind: "part", name, part });
worker.addEventListener("message", ({ data }) => {
  if (data.kind === "answer") answered(data.answer);
  if (data.kind !== "need") return;
  const script = document.createElement("script");
  script.src = "parts/" + data.name + ".js";
  document.head.append(script);
});
globalThis.askWorker = (job) => new Promise((resolve) => {
  answered = resolve;
  worker.postMessage({ kind: "job", id: 1, job });
});`;

describe.skipIf(!CHROMIUM)("the worker in Chromium (skipped where it isn't installed)", () => {
  let browser: Browser;
  let opened: OpenPlayground;
  let server: Awaited<ReturnType<typeof servePlayground>>;

  beforeAll(async () => {
    buildPlayground();
    browser = await startBrowser();
    server = await servePlayground();
    opened = await openPlayground(browser, { url: server.url, bypassCSP: true });
    await opened.page.evaluate(START_WORKER);
  });
  afterAll(async () => {
    await opened?.close();
    await browser?.close();
    server?.close();
  });

  it.each(RUNS)("reports on $name what the command line reports", async ({ paths, context }) => {
    const { stdout, stderr } = await runCli([
      "check",
      ...paths,
      ...context.flatMap((path) => ["--context", path]),
      "--format",
      "json",
    ]);
    const job: CheckJob = {
      kind: "check",
      files: FILES,
      paths,
      context,
      rules: [],
      schemas: [],
      config: false,
      wantsJson: true,
    };
    const answer: Answer = await opened.page.evaluate(`askWorker(${JSON.stringify(job)})`);
    if (answer.kind !== "check") throw new Error(JSON.stringify(answer));
    expect(answer.json).toBe(stdout);
    expect(answer.warnings).toBe(stderr);
  });
});
