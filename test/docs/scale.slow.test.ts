import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
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

const COUNTERSIGN = `exec "${process.execPath}" "${CLI}" "$@"`;

/** Writes commands, each a line of a shell, into a directory for the path. */
function writeCommands(commands: Readonly<Record<string, string>>): string {
  const bin = directory();
  mkdirSync(bin, { recursive: true });
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

const SSHD = ["/usr/sbin/sshd", "/usr/bin/sshd"].find((file) => existsSync(file));

/** A server for ssh on this machine, with keys of its own, that `host1` and `host2` are names of. */
async function startMachine(): Promise<{ ssh: string; stop(): void }> {
  const home = directory();
  for (const name of ["host", "user"])
    spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(home, name)]);
  const port = await findFreePort();
  const bin = writeCommands({ countersign: COUNTERSIGN });
  const sshdConfig = {
    Port: port,
    ListenAddress: "127.0.0.1",
    HostKey: join(home, "host"),
    AuthorizedKeysFile: join(home, "user.pub"),
    PermitRootLogin: "prohibit-password",
    StrictModes: "no",
    UsePAM: "no",
    PidFile: "none",
    // GNU parallel opens several connections at once.
    MaxStartups: 100,
    SetEnv: `PATH=${bin}:${process.env.PATH}`,
  };
  const sshConfig = {
    Host: "host1 host2",
    HostName: "127.0.0.1",
    Port: port,
    IdentityFile: join(home, "user"),
    IdentitiesOnly: "yes",
    StrictHostKeyChecking: "no",
    UserKnownHostsFile: "/dev/null",
    LogLevel: "ERROR",
  };
  for (const [name, config] of Object.entries({ sshd: sshdConfig, ssh: sshConfig })) {
    const lines = Object.entries(config).map(([key, value]) => `${key} ${value}\n`);
    writeFileSync(join(home, `${name}.conf`), lines.join(""));
  }
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  const server = spawn(SSHD!, ["-D", "-e", "-f", join(home, "sshd.conf")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  for await (const said of server.stderr) if (/listening/.test(String(said))) break;
  return { ssh: `exec /usr/bin/ssh -F "${join(home, "ssh.conf")}" "$@"`, stop: () => server.kill() };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Runs lines of a shell, in which `countersign` and `npx countersign` are the built command line. */
function runShell(
  script: string,
  cwd: string,
  {
    input = "",
    env = {},
    commands = {},
  }: { input?: string; env?: Record<string, string>; commands?: Record<string, string> } = {},
) {
  const bin = writeCommands({ countersign: COUNTERSIGN, npx: 'exec "$@"', ...commands });
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

  it.skipIf(!hasParallel || !SSHD)(
    "shows shards on machines over ssh that give the report of one run",
    async () => {
      const cwd = directory(FILES);
      const expected = single(cwd);
      const machine = await startMachine();
      const script = blockNamed("ssh").replace("/srv/checkout", cwd);
      try {
        expect(runShell(script, cwd, { commands: { ssh: machine.ssh } })).toMatchObject({
          status: expected.status,
          stdout: expected.stdout,
        });
      } finally {
        machine.stop();
      }
    },
    180_000,
  );

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
