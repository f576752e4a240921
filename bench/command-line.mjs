import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXPORT, SAMPLES } from "../scripts/samples.mjs";
import { CLI, median, scratch } from "./measure.mjs";

const ACTION = fileURLToPath(new URL("../dist/action.js", import.meta.url));

// Not the samples: the parts of the bundle are made for those.
const SCRIPT = `#!/bin/sh
aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id fs-0123456789abcdef0 --paths results \\
  --report Enabled=true,Path=s3://results/reports,Format=REPORT_CSV_20191124,Scope=FAILED_FILES_ONLY
`;

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Export:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: { Mode: "OFF" }
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        RoleArn: arn:aws:iam::123456789012:role/exports
        Input: '${JSON.stringify(EXPORT)}'
`;

/** What is measured, with the goals for versions of Node: multiples of the CPU time of bare Node. */
const RUNS = [
  { file: "request.json", text: SAMPLES.json.text, goals: { v20: 1.3, v22: 1.7, v24: 1.6 } },
  { file: "request.yaml", text: SAMPLES.yaml.text, goals: { v20: 1.6 } },
  { file: "run.sh", text: SCRIPT, goals: { v20: 1.6 } },
  { file: "template.yaml", text: TEMPLATE, goals: { v20: 1.6 } },
];

const ROUNDS = 31;

/** Compares the start of the command line and of the action on one small file with an empty Node process, in CPU time. */
export function commandLine() {
  const directory = scratch();
  for (const { file, text } of RUNS) writeFileSync(join(directory, file), text);
  const version = process.version.split(".")[0];
  const runs = [
    { name: "node -e 0", args: ["-e", "0"] },
    ...RUNS.map(({ file, goals }) => ({
      name: `check ${file}`,
      args: [CLI, "check", file],
      goal: goals[version],
    })),
    { name: "the action on request.json", args: [ACTION], goal: { v24: 2.2 }[version] },
  ];
  const env = { ...process.env, INPUT_PATHS: "request.json", INPUT_SUMMARY: "false" };
  const once = ({ args }) => cpuOf(args, { cwd: directory, env });
  // The first two runs make what later runs find in the cache.
  for (const run of [...runs, ...runs]) once(run);
  const times = runs.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, run] of runs.entries()) times[index].push(once(run));
  rmSync(directory, { recursive: true });
  const [bare] = times.map(median);
  for (const [index, { name, goal }] of runs.entries()) {
    const time = median(times[index]);
    const ratio =
      index === 0 ? "" : `${(time / bare).toFixed(2)} times${goal ? ` (goal: at most ${goal})` : ""}`;
    console.log(`  ${name.padEnd(44)} ${time.toFixed(1).padStart(8)} ms CPU  ${ratio}`);
  }
}

/** The CPU time of a run of Node in milliseconds. The shell takes it from outside, so that measuring adds nothing to the run. */
function cpuOf(args, options) {
  const timed = `TIMEFORMAT='%3U %3S'; time "$@" > /dev/null 2>&1`;
  const { stderr } = spawnSync("bash", ["-c", timed, "bash", process.execPath, ...args], {
    ...options,
    encoding: "utf8",
  });
  const [user, system] = stderr.trim().split(" ").map(Number);
  return 1000 * (user + system);
}
