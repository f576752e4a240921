import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, scratch } from "./measure.mjs";

const FILES = 20_000;
const ROUNDS = 5;

/**
 * Times `countersign find` on 20,000 files of which ten hold a request, compared with `git grep -l` on the
 * same tree.
 */
export function find() {
  const directory = scratch();
  for (let index = 0; index < FILES; index++) {
    const folder = join(directory, `part-${Math.floor(index / 200)}`);
    if (index % 200 === 0) mkdirSync(folder);
    const [name, text] = index % 2000 === 0 ? ["schedule.yaml", schedule(index)] : other(index);
    writeFileSync(join(folder, `${index}-${name}`), text);
  }
  run("git", ["init", "-q"], directory);
  run("git", ["add", "."], directory);
  const grep = fastest("git", ["grep", "-l", "createDataRepositoryTask"], directory);
  const found = fastest(process.execPath, [CLI, "find", "."], directory);
  console.log(`  ${`git grep -l on ${FILES} files`.padEnd(44)} ${grep.toFixed(0).padStart(8)} ms`);
  console.log(`  ${`countersign find on ${FILES} files`.padEnd(44)} ${found.toFixed(0).padStart(8)} ms`);
}

function fastest(command, args, cwd) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    run(command, args, cwd);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return Math.min(...times);
}

function run(command, args, cwd) {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
}

/** Typical files without requests: manifests, packages, data, sources. */
function other(index) {
  if (index % 4 === 0) return ["deploy.yaml", MANIFEST.replaceAll("NAME", `app-${index}`)];
  if (index % 4 === 1)
    return ["package.json", JSON.stringify({ name: `p-${index}`, scripts: { build: "tsc" } }, null, 2)];
  if (index % 4 === 2)
    return ["data.json", JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ id, index })))];
  return ["source.ts", `export const value = ${index};\n`.repeat(50)];
}

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: NAME }
spec:
  template:
    spec:
      containers:
        - name: NAME
          image: registry.example.com/NAME:1.2.3
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: 500m, memory: 256Mi }
`;

const schedule = (index) => `Resources:
  Export${index}:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        Input: '{"FileSystemId": "fs-0123456789abcdef0", "Type": "EXPORT_TO_REPOSITORY", "Report": {"Enabled": false}}'
`;
