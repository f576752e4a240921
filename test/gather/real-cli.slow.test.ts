import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";
import type { World } from "./aws-server.ts";
import { Refusal, serveAws } from "./aws-server.ts";

const ACCOUNT = "123456789012";
const FS = "fs-0123456789abcdef0";
const FILES = {
  "export.yaml": `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: ${FS}, Paths: [data/x], Report: { Enabled: false } }\n`,
};

/** A few calls only: each command of the AWS CLI takes seconds. */
const WORLD: World = {
  GetCallerIdentity: () => ({ Arn: `arn:aws:iam::${ACCOUNT}:user/me`, UserId: "AIDA", Account: ACCOUNT }),
  DescribeFileSystems: () => ({
    FileSystems: [
      { FileSystemId: FS, Lifecycle: "AVAILABLE", FileSystemType: "LUSTRE", CreationTime: 1.7e9 },
    ],
  }),
  DescribeDataRepositoryAssociations: ({ NextToken }) => ({
    Associations: [association(NextToken === undefined ? "/data" : "/b")],
    ...(NextToken === undefined && { NextToken: "a+b/c=" }),
  }),
  DescribeDataRepositoryTasks: () => ({ DataRepositoryTasks: [] }),
};

function association(path: string) {
  return {
    AssociationId: `dra-0123456789abcdef${path.length}`,
    FileSystemId: FS,
    FileSystemPath: path,
    DataRepositoryPath: `s3://lab${path}`,
    Lifecycle: "AVAILABLE",
  };
}

const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;
if (!hasAwsCli) console.warn("the AWS CLI is not installed, so `context pull` is not tested with it");

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An environment in which the AWS CLI finds the server of the test and nothing else. */
async function enter(world: World) {
  const server = await serveAws(world);
  closing.push(server.close);
  const cwd = directory(FILES);
  const env = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLEKEY",
    AWS_SECRET_ACCESS_KEY: "a-secret-that-nobody-prints",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    HOME: cwd,
  };
  const readContext = (name: string) => JSON.parse(readFileSync(join(cwd, "context", name), "utf8"));
  const check = async (file: string) =>
    reportOf(await runCli(["check", file, "--context", "context", "--format", "json"], { cwd }));
  return { server, cwd, env, readContext, check };
}

/** Each command takes a second to start, and many on a busy machine. */
const PATIENCE = { timeout: 900_000 };

describe.skipIf(!hasAwsCli)("context pull with the AWS CLI", PATIENCE, () => {
  it("gathers what the checks wait for, and says what AWS refuses", async () => {
    const world = { ...WORLD, DescribeDataRepositoryTasks: () => new Refusal("ThrottlingException") };
    const { cwd, env, readContext, check, server } = await enter(world);
    const { status, stdout, stderr } = await runCli(["context", "pull", "export.yaml"], { cwd, env });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(readdirSync(join(cwd, "context")).sort()).toEqual([
      `associations-${FS}.json`,
      `file-system-${FS}.json`,
    ]);
    expect(
      readContext(`associations-${FS}.json`).Associations.map(
        ({ FileSystemPath }: { FileSystemPath: string }) => FileSystemPath,
      ),
    ).toEqual(["/data", "/b"]);
    expect(stdout).toContain("AWS answers `ThrottlingException`");
    expect(server.calls).not.toContain("CreateDataRepositoryTask");
    expect(stdout).not.toContain("a-secret");
    const { diagnostics } = await check("export.yaml");
    const missing = diagnostics.flatMap(({ missing = [] }: { missing?: { name: string }[] }) => missing);
    expect(new Set(missing.map(({ name }: { name: string }) => name))).toEqual(
      new Set(["context.dataRepositoryTasks"]),
    );
  });

  it("ends with a word where there are no credentials", async () => {
    const { cwd, env } = await enter(WORLD);
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...bare } = env;
    const { status, stderr } = await runCli(["context", "pull"], { cwd, env: bare });
    expect(status).toBe(2);
    expect(stderr).toContain("set AWS_PROFILE, or sign in again");
  });
});

describe.skipIf(!hasAwsCli)("the script of context plan with the AWS CLI", PATIENCE, () => {
  it("gathers the same facts", async () => {
    const { cwd, env, readContext } = await enter(WORLD);
    const { stdout } = await runCli(["context", "plan", "export.yaml"], { cwd });
    const ran = await runScript(stdout, { cwd, env });
    expect(ran.status).toBe(0);
    expect(readContext(`associations-${FS}.json`).Associations).toHaveLength(2);
    expect(readContext(`tasks-${FS}.json`)).toEqual({ DataRepositoryTasks: [] });
    expect((await runCli(["check", "export.yaml", "--context", "context"], { cwd })).status).not.toBe(2);
  });
});

/** Runs a script without blocking the server of the test. */
function runScript(script: string, { cwd, env }: { cwd: string; env: Record<string, string> }) {
  const child = spawn("sh", ["-s"], { cwd, env: { PATH: process.env.PATH ?? "", ...env } });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(script);
  return new Promise<{ status: number | null; stderr: string }>((resolve) => {
    child.on("close", (status) => resolve({ status, stderr }));
  });
}
