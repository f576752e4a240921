import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node.js";
import { CLI, CPU_REPORT, scratch } from "./measure.mjs";

const KEYSTROKES = 100;

/** A schedule, 20 lines of a template. */
const schedule = (index) => `  Export${index}:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: export-${index}
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow:
        Mode: "OFF"
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        RoleArn: arn:aws:iam::123456789012:role/Exporter
        Input: !Sub |
          {
            "Type": "EXPORT_TO_REPOSITORY",
            "FileSystemId": "fs-0123456789abcde${(index % 16).toString(16)}",
            "Paths": ["results/run-${index}"],
            "Report": {
              "Enabled": false
            }
          }

`;

const TEMPLATE = `Resources:\n${Array.from({ length: 50 }, (_, index) => schedule(index)).join("")}`;

/** The CPU time of a server, in milliseconds, for so many keystrokes, each of which is checked. */
async function measureServer(keystrokes) {
  const root = scratch();
  mkdirSync(join(root, ".git"));
  const child = spawn(process.execPath, ["--import", CPU_REPORT, CLI, "lsp", "--stdio"], { cwd: root });
  const client = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  let published;
  client.onNotification("textDocument/publishDiagnostics", (params) => published?.(params));
  const diagnostics = () =>
    new Promise((resolve) => {
      published = resolve;
    });
  client.listen();
  await client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {},
  });
  const uri = pathToFileURL(join(root, "template.yaml")).href;
  const first = diagnostics();
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 1, text: TEMPLATE },
  });
  await first;
  for (let version = 2; version < keystrokes + 2; version++) {
    const next = diagnostics();
    const start = { line: 4, character: 12 };
    await client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start, end: start }, text: "x" }],
    });
    await next;
  }
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  await ended;
  return JSON.parse(errors.slice(errors.lastIndexOf("\n{") + 1)).cpu;
}

/** The CPU time of a keystroke in a template of 1,000 lines. */
export async function languageServer() {
  await measureServer(1);
  const rest = await measureServer(1);
  const all = await measureServer(KEYSTROKES + 1);
  const each = (all - rest) / KEYSTROKES;
  console.log(`  a template of ${TEMPLATE.split("\n").length} lines with 50 calls`);
  console.log(
    `  start and first check ${rest.toFixed(0)} ms CPU, each keystroke ${each.toFixed(1)} ms (goal: under 50 ms)`,
  );
}
