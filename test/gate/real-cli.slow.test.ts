import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { CLI, directory, runCli } from "../cli/run.ts";
import { serveAws } from "../gather/aws-server.ts";

const FS = "fs-0123456789abcdef0";
const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-12345678";
const REASON = "the files were copied to another share, see ticket OPS-1234";

const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;
if (!hasAwsCli) console.warn("the AWS CLI is not installed, so `exec` is not tested with it");

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that stands for AWS, and an environment in which the AWS CLI finds nothing else. */
async function enter(files: Record<string, string> = {}) {
  const inputs: unknown[] = [];
  const keep = (input: unknown) => {
    inputs.push(input);
    return {};
  };
  const operations = [
    "CreateDataRepositoryTask",
    "EvictFilesFailingUpload",
    "StartCacheReport",
    "DeleteFileSystem",
  ];
  const server = await serveAws(Object.fromEntries(operations.map((name) => [name, keep])));
  closing.push(server.close);
  const cwd = directory(files);
  const env = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLEKEY",
    AWS_SECRET_ACCESS_KEY: "a-secret-that-nobody-prints",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    HOME: cwd,
    TMPDIR: directory(),
  };
  return { server, inputs, cwd, env };
}

/** Runs the built command line without blocking the server of the test. */
function exec(args: readonly string[], { cwd, env }: { cwd: string; env: Record<string, string> }) {
  const child = spawn(process.execPath, [CLI, "exec", ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdout.resume();
  return new Promise<{ status: number | null; stderr: string }>((resolve) => {
    child.on("close", (status) => resolve({ status, stderr }));
  });
}

/** Each command takes seconds on a busy machine. */
const PATIENCE = { timeout: 600_000 };

const TASK = ["fsx", "create-data-repository-task", "--client-request-token", "a-token"];
const EVICT = ["storagegateway", "evict-files-failing-upload"];

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/);
const faultyTask = fc.constantFrom(
  ["--file-system-id", "fs-1", "--type", "EXPORT_TO_REPOSITORY", "--report", "Enabled=false"],
  ["--file-system-id", FS, "--type", "EXPORT", "--report", "Enabled=false"],
  ["--file-system-id", FS, "--type", "EXPORT_TO_REPOSITORY", "--report", "Enabled=true"],
  [
    "--file-system-id",
    FS,
    "--type",
    "EXPORT_TO_REPOSITORY",
    "--report",
    "Enabled=false",
    "--paths",
    "s3://b/x",
  ],
  [
    "--file-system-id",
    FS,
    "--type",
    "IMPORT_METADATA_FROM_REPOSITORY",
    "--report",
    "Enabled=false",
    "--paths",
    "x",
  ],
  ["--file-system-id", FS, "--report", "Enabled=false"],
  ["--cli-input-json", "file://broken.json"],
);
const faultyEviction = fc.constantFrom(
  ["--file-share-arn", "share-12345678"],
  ["--file-share-arn", SHARE, "--force-remove"],
  ["--file-share-arn", SHARE, "--cli-input-json", '{"ForceRemove": true}'],
);
const faulty = fc.oneof(
  fc.tuple(faultyTask, name).map(([words, tag]) => [...TASK, ...words, "--tags", `Key=${tag},Value=${tag}`]),
  faultyEviction.map((words) => [...EVICT, ...words]),
  fc.constant<string[]>(["fsx", "delete-file-system", "--file-system-id", FS]),
);
const global = fc.subarray(["--no-verify-ssl", "--region=eu-west-1", "--output=json", "--no-paginate"]);

describe.skipIf(!hasAwsCli)("exec with the AWS CLI", PATIENCE, () => {
  it("sends nothing of 200 generated commands whose check fails", async () => {
    const { server, cwd, env } = await enter({ "broken.json": `{ "FileSystemId": "${FS}", "Type": 1 }` });
    const run = async (before: string[], words: string[], after: string[]) => {
      const ran = await runCli(["exec", "--", "aws", ...before, ...words, ...after], { cwd, env });
      expect(ran.stderr, words.join(" ")).toContain("nothing was run");
      expect(ran.status).toBe(1);
    };
    await fc.assert(fc.asyncProperty(global, faulty, global, run), { numRuns: 200 });
    expect(server.calls).toEqual([]);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it("sends what was shown", async () => {
    const task = {
      FileSystemId: FS,
      Type: "EXPORT_TO_REPOSITORY",
      Paths: ["d/ü"],
      Report: { Enabled: false },
    };
    const machine = await enter({ "task.json": JSON.stringify({ ...task, ClientRequestToken: "t" }) });
    const { inputs, cwd, env } = machine;
    const forced = [...EVICT, "--file-share-arn", SHARE, "--force-remove"];
    const commands: [string[], string[]][] = [
      [[], ["fsx", "create-data-repository-task", "--cli-input-json", "file://task.json"]],
      [
        [],
        [
          ...[...TASK, "--file-system-id", FS, "--type", "EXPORT_TO_REPOSITORY", "--report", "Enabled=false"],
          ...["--paths", "it's $HOME", "b\\c", "--tags", "Key=a,Value=b c"],
        ],
      ],
      [[], [...EVICT, "--file-share-arn", SHARE]],
      [["--justification", REASON, "--allow-undecided"], forced],
    ];
    for (const [flags, words] of commands) {
      const shown = await runCli(["dry-run", ...flags.slice(0, 2), "--", "aws", ...words], { cwd, env });
      const payload = /^payload +(\{[\s\S]*?^ {12}\})$/m.exec(shown.stdout)?.[1];
      const ran = await exec([...flags, "--", "aws", ...words], machine);
      expect(ran.status, ran.stderr).toBe(0);
      expect(inputs.at(-1)).toEqual(JSON.parse(payload ?? "null"));
    }
    expect(inputs).toHaveLength(commands.length);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it("says in the AWS CLI's own words that there are no credentials, and that there is no network", async () => {
    const { cwd, env } = await enter();
    const words = ["--", "aws", ...EVICT, "--file-share-arn", SHARE];
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...bare } = env;
    const without = await exec(words, { cwd, env: bare });
    expect(without.stderr).toMatch(/credentials/i);
    expect(without.status).not.toBe(0);
    const offline = await exec(words, { cwd, env: { ...env, AWS_ENDPOINT_URL: "http://127.0.0.1:1" } });
    expect(offline.stderr).toMatch(/could not connect/i);
    expect(offline.status).not.toBe(0);
  });
});

/** A stand-in for the AWS CLI that notes each command, and then fails with a text or waits. */
function createStandIn() {
  const bin = directory({
    aws: `#!${process.execPath}
require("node:fs").appendFileSync(process.env.SEEN, process.argv.slice(2).join(" ") + "\\n");
if (process.env.SAYS) { console.error(process.env.SAYS); process.exit(255); }
setTimeout(() => {}, 60_000);
`,
  });
  chmodSync(join(bin, "aws"), 0o755);
  const seen = join(directory(), "seen");
  const env = { PATH: `${bin}:${process.env.PATH}`, SEEN: seen, HOME: directory(), TMPDIR: directory() };
  const listSeen = (): string[] => (existsSync(seen) ? readFileSync(seen, "utf8").trim().split("\n") : []);
  return { env, cwd: directory(), listSeen };
}

const FORCED = ["aws", ...EVICT, "--file-share-arn", SHARE, "--force-remove"];
const PULLING = ["--pull", "--justification", REASON, "--", ...FORCED];

describe("exec --pull in bad surroundings", () => {
  it.each([
    [
      "no credentials",
      "Unable to locate credentials. You can configure credentials by running",
      "sign in again",
    ],
    ["an expired sign-in", "Error loading SSO Token: Token for main does not exist", "sign in again"],
    ["an expired session", "The SSO session associated with this profile has expired", "sign in again"],
    [
      "no network",
      'Could not connect to the endpoint URL: "https://sts.amazonaws.com/"',
      "check the network",
    ],
  ])("says so where there is %s, and runs nothing", async (_name, says, word) => {
    const { env, cwd, listSeen } = createStandIn();
    const ran = await exec(PULLING, { cwd, env: { ...env, SAYS: says } });
    expect(ran.stderr).toContain(word);
    expect(ran.status).toBe(2);
    expect(listSeen().filter((line) => line.includes("evict"))).toEqual([]);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it("says so where there is no AWS CLI", async () => {
    const { env, cwd } = createStandIn();
    const ran = await exec(PULLING, { cwd, env: { ...env, PATH: directory() } });
    expect(ran.stderr).toContain("there is no `aws` in PATH");
    expect(ran.status).toBe(2);
  });

  it("ends by Ctrl-C while facts are read, without a copy left and without running the command", async () => {
    const { env, cwd, listSeen } = createStandIn();
    const child = spawn(process.execPath, [CLI, "exec", ...PULLING], { cwd, env, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("close", (_status, by) => resolve(by)));
    while (listSeen().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGINT");
    expect(await ended).toBe("SIGINT");
    expect(listSeen().filter((line) => line.includes("evict"))).toEqual([]);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it("sends what was checked, although the file changes meanwhile", async () => {
    const { env, cwd, listSeen } = createStandIn();
    const file = join(cwd, "evict.json");
    writeFileSync(file, JSON.stringify({ FileShareARN: SHARE }));
    const child = spawn(
      process.execPath,
      [CLI, "exec", "--", "aws", ...EVICT, "--cli-input-json", "file://evict.json"],
      { cwd, env, stdio: "ignore" },
    );
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (listSeen().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(file, JSON.stringify({ FileShareARN: SHARE, ForceRemove: true }));
    const copy = listSeen()[0]!.replace(/^.*file:\/\//, "");
    expect(JSON.parse(readFileSync(copy, "utf8"))).toEqual({ FileShareARN: SHARE });
    child.kill("SIGTERM");
    await ended;
  });
});
