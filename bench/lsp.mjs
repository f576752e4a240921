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

/** Another resource of 20 lines. */
const queue = (index) =>
  `  Queue${index}:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: queue-${index}\n      Tags:\n${`        - Key: team
          Value: storage
`.repeat(7)}\n`;

/** 1,000 lines with so many calls in them. */
const createTemplate = (calls) =>
  `Resources:\n${Array.from({ length: 50 }, (_, index) => (index < calls ? schedule(index) : queue(index))).join("")}`;

/** The CPU time of a server, in milliseconds, for so many keystrokes, each of which is checked. */
async function measureServer(template, keystrokes) {
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
    textDocument: { uri, languageId: "yaml", version: 1, text: template },
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

/** The CPU time of a keystroke in templates of 1,000 lines. */
export async function languageServer() {
  for (const calls of [5, 50]) {
    const template = createTemplate(calls);
    // The first keystrokes are those of code that isn't compiled yet.
    const rest = await measureServer(template, KEYSTROKES);
    const all = await measureServer(template, 2 * KEYSTROKES);
    const each = ((all - rest) / KEYSTROKES).toFixed(1);
    const lines = template.split("\n").length;
    console.log(
      `  ${lines} lines with ${calls} calls: ${each} ms CPU for each keystroke (goal: under 50 ms)`,
    );
  }
}
