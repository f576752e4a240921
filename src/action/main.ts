import { appendFileSync } from "node:fs";
import { Git, GitError } from "../git/git.ts";
import { formatError } from "../run/errors.ts";
import { EXIT } from "../run/exit-status.ts";
import type { Io } from "../run/io.ts";
import type { ReportOutput } from "../run/reports.ts";
import { parseOutputs, renderReport, writeReport } from "../run/reports.ts";
import { runCheck } from "../run/run.ts";
import type { RunResult } from "../run/types.ts";
import { findBase, refuseOwnPolicy } from "./base.ts";
import { readInputs } from "./inputs.ts";
import { createLineLinker } from "./links.ts";
import { escapeForLog } from "./log.ts";
import { formatErrorCommand, setOutput } from "./workflow.ts";

/** Bytes (1 MiB). GitHub drops a larger step summary entirely. */
const MAX_SUMMARY_BYTES = 1_048_576;

const io: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stdout.write(escapeForLog(text)),
  stdin: 0,
  color: false,
  environment: process.env,
};

void runAction().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.exitCode = EXIT.usage;
    // The pull request shows the first line; the log has the rest.
    io.stdout(formatErrorCommand(escapeForLog(formatError(error, process.env)).trim(), "Countersign"));
  },
);

async function runAction(): Promise<number> {
  const inputs = readInputs();
  // Annotations are one of the reports, so that formats which can't share the log with them are rejected
  // here.
  const outputs = parseOutputs(
    ["github", ...inputs.format.filter((format) => format !== "github")],
    undefined,
  );
  const { paths, changedOnly, summary, format: _, ...flags } = inputs;
  await refuseOwnPolicy(new Git(".", process.env), inputs.policyFrom, process.env);
  const since = changedOnly ? await findChangedFrom() : {};
  const ran = await runCheck(paths, { ...flags, ...since, schemas: [], rules: [] }, io);
  await publishReport(ran, outputs, summary);
  return ran.status;
}

/** Writes annotations, log, files, summary and outputs. */
async function publishReport(
  { checked }: RunResult,
  outputs: readonly ReportOutput[],
  summary: boolean,
): Promise<void> {
  for (const output of outputs) await writeReport(output, checked, io);
  if (summary) await writeSummary(checked);
  const { outcome, summary: counts } = checked.report;
  setOutput("outcome", outcome);
  setOutput("errors", counts.errors);
  setOutput("warnings", counts.warnings);
  setOutput("undecided", counts.undecided);
  setOutput("unread", counts.unread);
  setOutput("sarif", outputs.find(({ format }) => format === "sarif")?.file ?? "");
}

async function writeSummary(checked: RunResult["checked"]): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  const text = await renderReport("markdown", checked, {
    link: createLineLinker(process.env),
    maxBytes: MAX_SUMMARY_BYTES,
  });
  try {
    appendFileSync(file, text);
  } catch (error) {
    // The summary is optional; the outcome does not depend on it.
    io.stderr(`warning: the job summary can't be written: ${(error as NodeJS.ErrnoException).code}\n`);
  }
}

async function findChangedFrom(): Promise<{ changedFrom?: string }> {
  const found = await findBase(new Git(".", process.env), process.env).catch((error: unknown) => {
    if (error instanceof GitError) return { why: error.message };
    throw error;
  });
  if ("base" in found) return { changedFrom: found.base };
  io.stderr(`note: everything is checked, not only what changed: ${found.why}\n`);
  return {};
}
