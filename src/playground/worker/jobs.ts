/** What the worker is asked to do, with the code of the command line. */
import { describeProblem } from "../../lsp/problems.ts";
import { UsageError } from "../../run/io.ts";
import { renderReport } from "../../run/reports.ts";
import { runCheck } from "../../run/run.ts";
import type { RunCheckResult } from "../../run/types.ts";
import type { Answer, CheckAnswer, CheckJob, Job, QuestionJob, SchemaJob, TabFile } from "../protocol.ts";
import { FILES, WORK_DIRECTORY } from "../stand-ins/files.ts";

export async function doJob(job: Job): Promise<Answer> {
  try {
    if (job.kind === "check") return await check(job);
    if (job.kind === "render") return await renderLast();
    return job.kind === "question" ? await answerQuestion(job) : await makeSchemas(job);
  } catch (error) {
    return toProblem(error);
  }
}

export function toProblem(error: unknown): Answer {
  const { text, faults } = describeProblem(error, {});
  const placed = faults.map(({ file, message, help, place }) => ({
    file,
    message,
    ...(help !== undefined && { help }),
    ...place,
  }));
  return { kind: "problem", problem: { text, faults: placed } };
}

/** Where the command line prints to. */
function createIo() {
  const printed = { stdout: "", stderr: "" };
  const io = {
    stdout(text: string): void {
      printed.stdout += text;
    },
    stderr(text: string): void {
      printed.stderr += text;
    },
    stdin: -1,
    color: false,
    environment: {},
  };
  return { io, printed };
}

const openTabs = (files: readonly TabFile[]): void =>
  FILES.replaceBelow(
    WORK_DIRECTORY,
    files.map(({ path, text }) => [`${WORK_DIRECTORY}/${path}`, text]),
  );

let last: RunCheckResult | undefined;

async function check({
  files,
  paths,
  context,
  rules,
  schemas,
  config,
  wantsJson,
}: CheckJob): Promise<Answer> {
  openTabs(files);
  const { io, printed } = createIo();
  const { checked } = await runCheck(paths, { context, rules, schemas, config }, io);
  last = checked;
  const answer: CheckAnswer = { kind: "check", report: checked.report, warnings: printed.stderr };
  // Once a keystroke, it would be for nobody.
  return wantsJson ? { ...answer, json: await renderReport("json", checked, {}) } : answer;
}

/** Apart from the check, since the page draws the report when nobody types any more. */
const renderLast = async (): Promise<Answer> => ({
  kind: "render",
  html: last ? await renderReport("html", last, {}) : "",
});

async function answerQuestion({
  kind: _,
  files,
  context,
  policies,
  keys,
  ...call
}: QuestionJob): Promise<Answer> {
  const { run: explain } = await import("../../cli/commands/iam/explain.run.ts");
  openTabs(files);
  const ask = async (format: "text" | "json"): Promise<string> => {
    const { io, printed } = createIo();
    const { hasResourcePolicy, ...flags } = call;
    await explain(
      { ...flags, resourcePolicy: hasResourcePolicy, context, policy: policies, key: keys, format },
      io,
    );
    return printed.stdout;
  };
  return { kind: "question", trace: JSON.parse(await ask("json")), text: await ask("text") };
}

const PAGES = "/pages";

async function makeSchemas({ text, service, operation }: SchemaJob): Promise<Answer> {
  const { readSources } = await import("../../schemagen/operations.ts");
  const name = text.trimStart().startsWith("{") ? "service-2.json" : "page.rst";
  FILES.replaceBelow(PAGES, [[`${PAGES}/${name}`, text]]);
  const schemas: (TabFile & { operation: string })[] = [];
  const options = {
    ...(service !== "" && { service }),
    ...(operation !== "" && { operations: [operation] }),
  };
  const { errors, notes } = readSources([`${PAGES}/${name}`], PAGES, options, (generated) => {
    if (!generated.request) return;
    schemas.push({
      operation: `${generated.service}:${generated.operation}`,
      path: `schemas/${generated.service}/${generated.operation}.request.json`,
      text: `${JSON.stringify(generated.request, null, 2)}\n`,
    });
  });
  const [error] = errors;
  if (error) throw new UsageError(`line ${error.line}: ${error.message}`, error.help);
  return { kind: "schema", schemas, notes: notes.map(({ line, message }) => `line ${line}: ${message}`) };
}
