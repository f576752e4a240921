import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { CLI, directory } from "../cli/run.ts";
import { blocksOf, readText } from "./pages.ts";

const BLOCKS = blocksOf(readText("docs/scale.md"));
const blockNamed = (name: string): string => BLOCKS.find(({ info }) => info === name)!.text;

const hasParallel = /GNU parallel/.test(
  spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout ?? "",
);

const TASK = (type: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: ${type}, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false } }\n`;
const FILES = Object.fromEntries(
  [1, 2, 3, 4, 5].map((number) => [
    `t${number}.yaml`,
    TASK(number === 3 ? "EXPORT" : "EXPORT_TO_REPOSITORY"),
  ]),
);

/** Runs lines of a shell, in which `countersign` and `npx countersign` are the built command line. */
function runShell(
  script: string,
  cwd: string,
  { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const bin = directory();
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "countersign"), `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  writeFileSync(join(bin, "npx"), `#!/bin/sh\nexec "$@"\n`);
  for (const name of ["countersign", "npx"]) chmodSync(join(bin, name), 0o755);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
    cwd,
    input,
    encoding: "utf8",
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: bin, ...env },
  });
  return { status, stdout, stderr };
}

const single = (cwd: string) => runShell("countersign check", cwd);

describe("docs/scale.md", () => {
  it("shows a stage of a pipe that answers line by line", () => {
    const lines = [1, 2, 3].map((id) => JSON.stringify({ id, operation: "fsx:DeleteBackup", request: {} }));
    const { status, stdout } = runShell(blockNamed("pipe"), directory(), { input: `${lines.join("\n")}\n` });
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([1, 2, 3].map((id) => ({ id, outcome: "fail" })));
    expect(status).toBe(0);
  });

  it.skipIf(!hasParallel)("shows shards with GNU parallel that give the report of one run", () => {
    const cwd = directory(FILES);
    const expected = single(cwd);
    expect(runShell(blockNamed("parallel"), cwd)).toMatchObject({
      status: expected.status,
      stdout: expected.stdout,
    });
  });

  it("shows a matrix job of GitHub that gives the report of one run", () => {
    const { jobs } = parse(blockNamed(".github/workflows/countersign.yml"));
    const cwd = directory(FILES);
    const expected = single(cwd);
    const temp = directory();
    const fill = (command: string, shard = 0): string =>
      command.replaceAll("${{ matrix.shard }}", String(shard)).replaceAll("${{ runner.temp }}", temp);
    const runOf = (job: { steps: { run?: string }[] }): string =>
      job.steps.find(({ run }) => run !== undefined)!.run!;
    for (const shard of jobs.shard.strategy.matrix.shard as number[]) {
      const to = join(temp, "parts", `part-${shard}`);
      mkdirSync(to, { recursive: true });
      const ran = runShell(`${fill(runOf(jobs.shard), shard)} && mv part-${shard} "${to}/"`, cwd);
      expect(ran).toEqual({ status: 0, stdout: "", stderr: "" });
    }
    const { status, stdout } = runShell(fill(runOf(jobs.merge)), cwd);
    expect(status).toBe(expected.status);
    expect(stdout).toContain(expected.stdout);
  });

  it("shows parallel jobs of GitLab that give the report of one run", () => {
    const { shard, merge } = parse(blockNamed(".gitlab-ci.yml"));
    const cwd = directory(FILES);
    const expected = single(cwd);
    for (let index = 1; index <= shard.parallel; index++) {
      const env = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(shard.parallel) };
      expect(runShell(shard.script.join("\n"), cwd, { env }).status).toBe(0);
    }
    expect(runShell(merge.script.join("\n"), cwd)).toMatchObject({
      status: expected.status,
      stdout: expected.stdout,
    });
  });
});
