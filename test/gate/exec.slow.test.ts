import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLI, directory, runBuilt } from "../cli/run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-12345678";
const EVICT = ["storagegateway", "evict-files-failing-upload", "--file-share-arn", SHARE];
const TASK = {
  FileSystemId: "fs-0123456789abcdef0",
  Type: "EXPORT_TO_REPOSITORY",
  Paths: ["dir1"],
  Report: { Enabled: false },
  ClientRequestToken: "a-token",
};

/** A stand-in for the AWS CLI that records its words and the files that they name, and ends with a status. */
const STAND_IN = `#!${process.execPath}
const { readFileSync, writeFileSync } = require("node:fs");
const words = process.argv.slice(2);
const read = (word) => { const at = word.indexOf("file://"); return at < 0 ? [] : [readFileSync(word.slice(at + 7), "utf8")]; };
const stdin = process.env.READS_STDIN ? readFileSync(0, "utf8") : "";
writeFileSync(process.env.SEEN, JSON.stringify({ words, files: words.flatMap(read), stdin }));
if (process.env.WAITS) setTimeout(() => {}, 60_000);
else { console.log("from aws"); process.exitCode = Number(process.env.STATUS ?? 0); }
`;

interface Seen {
  words: string[];
  files: string[];
  stdin: string;
}

function createMachine() {
  const bin = directory({ aws: STAND_IN });
  chmodSync(join(bin, "aws"), 0o755);
  const cwd = directory({ "task.json": JSON.stringify(TASK) });
  const seen = join(directory(), "seen.json");
  const env = { PATH: `${bin}:${process.env.PATH}`, SEEN: seen, HOME: directory(), TMPDIR: directory() };
  const readSeen = (): Seen | undefined =>
    existsSync(seen) ? JSON.parse(readFileSync(seen, "utf8")) : undefined;
  return { cwd, env, readSeen };
}

const exec = (
  words: readonly string[],
  {
    flags = [],
    env = {},
    stdin = "",
  }: { flags?: readonly string[]; env?: Record<string, string>; stdin?: string } = {},
  machine = createMachine(),
) => {
  const ran = runBuilt(["exec", ...flags, "--", "aws", ...words], {
    cwd: machine.cwd,
    env: { ...machine.env, ...env },
    stdin,
  });
  return { ...ran, seen: machine.readSeen(), machine };
};

describe("countersign exec", () => {
  it("runs what is not checked as it is, with its output and its status", () => {
    const { status, stdout, stderr, seen } = exec(["s3", "ls", "s3://b/ c"], { env: { STATUS: "7" } });
    expect({ status, stdout, stderr }).toEqual({ status: 7, stdout: "from aws\n", stderr: "" });
    expect(seen?.words).toEqual(["s3", "ls", "s3://b/ c"]);
  });

  it("runs nothing if a check fails, and says so first and last", () => {
    const { status, stdout, stderr, seen } = exec([...EVICT, "--force-remove"]);
    expect(seen).toBeUndefined();
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^countersign: stopped: a check failed\n/);
    expect(stderr).toMatch(/\ncountersign: stopped: a check failed; nothing was run\n$/);
    expect(status).toBe(1);
  });

  it("sends a private copy of the files that were checked", () => {
    const { status, seen, machine } = exec([
      "fsx",
      "create-data-repository-task",
      "--cli-input-json",
      "file://task.json",
    ]);
    expect(status).toBe(0);
    expect(seen?.files).toEqual([JSON.stringify(TASK)]);
    expect(seen?.words[3]).toMatch(/^file:\/\/\/.*\/countersign-\w+\/1$/);
    expect(readdirSync(machine.env.TMPDIR)).toEqual([]);
  });

  it("makes one copy of a file that is named twice, and sends a word of a list as it is", () => {
    const machine = createMachine();
    writeFileSync(join(machine.cwd, "keys.txt"), "x");
    const words = [
      ...["fsx", "create-data-repository-task", "--cli-input-json", "file://task.json"],
      ...["--client-request-token", "file://keys.txt", "--tags", "Value=b,Key@=file://keys.txt"],
    ];
    const { seen, stderr } = exec(words, {}, machine);
    const [, , , , , token = "", , tag] = seen?.words ?? [];
    expect(token, stderr).toMatch(/^file:\/\/\/.*\/countersign-\w+\/2$/);
    expect(tag).toBe(`Value=b,Key@=${token}`);
    writeFileSync(join(machine.cwd, "countersign.yaml"), "rules:\n  fsx/export-paths-relative: off\n");
    const literal = [...words.slice(0, 4), "--paths", "a", "file://keys.txt"];
    expect(exec(literal, {}, machine).seen?.words.slice(4)).toEqual(["--paths", "a", "file://keys.txt"]);
  });

  it("doesn't let the AWS CLI ask for other words than those that were checked", () => {
    const stand = "#!/bin/sh\nprintf '%s' \"$AWS_CLI_AUTO_PROMPT\"\n";
    const machine = createMachine();
    writeFileSync(join(machine.env.PATH.split(":")[0]!, "aws"), stand);
    for (const words of [["s3", "ls"], EVICT])
      expect(exec(words, { env: { AWS_CLI_AUTO_PROMPT: "on" } }, machine).stdout).toBe("off");
  });

  it("runs what can lose data only if no check is undecided, or if it is told to", () => {
    const words = [...EVICT, "--force-remove"];
    const flags = ["--justification", "the files were copied to another share, see ticket OPS-1234"];
    const stopped = exec(words, { flags });
    expect(stopped.seen).toBeUndefined();
    expect(stopped.stderr).toContain("stopped: it can lose data, and not every check of it could be decided");
    expect(stopped.status).toBe(1);
    const ran = exec(words, { flags: [...flags, "--allow-undecided"] });
    expect(ran.seen?.words).toEqual(words);
    expect(ran.status).toBe(0);
  });

  it("hands standard input on", () => {
    const { seen } = exec(["s3", "cp", "-", "s3://b/k"], { env: { READS_STDIN: "1" }, stdin: "content" });
    expect(seen?.stdin).toBe("content");
  });

  it("never takes `aws` from the working directory", () => {
    const machine = createMachine();
    writeFileSync(join(machine.cwd, "aws"), STAND_IN, { mode: 0o755 });
    for (const PATH of [machine.cwd, ".", ""]) {
      const ran = exec(["s3", "ls"], { env: { PATH } }, machine);
      expect(ran.seen).toBeUndefined();
      expect(ran.stderr).toContain("there is no `aws` in PATH");
      expect(ran.status).toBe(2);
    }
  });

  it("appends a line about each checked command to the audit file, without its values", () => {
    const machine = createMachine();
    const file = join(machine.cwd, "audit.jsonl");
    const flags = ["--audit", file];
    exec(["s3", "ls"], { flags }, machine);
    expect(existsSync(file)).toBe(false);
    exec([...EVICT, "--force-remove"], { flags }, machine);
    exec(["fsx", "create-data-repository-task", "--cli-input-json", "file://task.json"], { flags }, machine);
    const lines = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        verdict: "stopped",
        outcome: "fail",
        calls: [{ operation: "storagegateway:EvictFilesFailingUpload" }],
      },
      { verdict: "ran", outcome: "undecided", calls: [{ operation: "fsx:CreateDataRepositoryTask" }] },
    ]);
    expect(readFileSync(file, "utf8")).not.toContain(SHARE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("doesn't run a command whose audit line can't be written", () => {
    const { seen, stderr, status } = exec(
      ["fsx", "create-data-repository-task", "--cli-input-json", "file://task.json"],
      { flags: ["--audit", "none/audit.jsonl"] },
    );
    expect(seen).toBeUndefined();
    expect(stderr).toContain("the audit file `none/audit.jsonl` can't be written: ENOENT");
    expect(status).toBe(2);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "ends by %s as its command does, without copies left",
    async (signal) => {
      const machine = createMachine();
      const child = spawn(
        process.execPath,
        [
          CLI,
          "exec",
          "--",
          "aws",
          "fsx",
          "create-data-repository-task",
          "--cli-input-json",
          "file://task.json",
        ],
        { cwd: machine.cwd, env: { ...machine.env, WAITS: "1" }, stdio: "ignore" },
      );
      const ended = new Promise((resolve) => child.on("close", (_status, by) => resolve(by)));
      while (!machine.readSeen()) await new Promise((resolve) => setTimeout(resolve, 50));
      child.kill(signal);
      expect(await ended).toBe(signal);
      expect(readdirSync(machine.env.TMPDIR)).toEqual([]);
    },
  );

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("runs nothing if %s comes while the check keeps it busy", (signal, status) => {
    const { cwd, env, readSeen } = createMachine();
    // The signal comes with the first word that the check says, right before the command would run.
    const strike = `import fs from "node:fs"; const { writeSync } = fs; fs.writeSync = (...given) => { fs.writeSync = writeSync; process.kill(process.pid, "${signal}"); return writeSync(...given); };`;
    const task = ["aws", "fsx", "create-data-repository-task", "--cli-input-json", "file://task.json"];
    const { stderr } = spawnSync(
      "sh",
      ["-c", '"$@"; echo "status $?" >&2', "sh", process.execPath, CLI, "exec", "--", ...task],
      {
        cwd,
        env: { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(strike)}` },
        encoding: "utf8",
      },
    );
    expect(readSeen()).toBeUndefined();
    expect(stderr.match(/^countersign: stopped.*$/gm)).toEqual([
      `countersign: stopped by ${signal}; nothing was run`,
    ]);
    expect(stderr).toContain(`status ${status}\n`);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it("leaves no copy if Ctrl-C comes while it waits for a named pipe", async () => {
    const { cwd, env, readSeen } = createMachine();
    spawnSync("mkfifo", [join(cwd, "pipe")]);
    const words = ["aws", "fsx", "create-data-repository-task", "--cli-input-json", "file://pipe"];
    const child = spawn(process.execPath, [CLI, "exec", "--", ...words], { cwd, env });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const ended = new Promise((resolve) => child.on("close", (_status, by) => resolve(by)));
    while (readdirSync(env.TMPDIR).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    expect(await ended).toBe("SIGINT");
    expect(said).toBe("countersign: stopped by SIGINT; nothing was run\n");
    expect(readSeen()).toBeUndefined();
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it.skipIf(spawnSync("script", ["--version"]).status !== 0).each([
    ["Ctrl-C", "\u0003", "countersign: stopped by SIGINT; nothing was run"],
    ["Ctrl-D", "\u0004", "countersign: stopped: a check failed; nothing was run"],
  ])("takes %s for no answer to its question", async (_name, key, expected) => {
    const { cwd, env, readSeen } = createMachine();
    const command = [process.execPath, CLI, "exec", "--", "aws", ...EVICT, "--force-remove"].join(" ");
    const child = spawn("script", ["-qec", command, "/dev/null"], { cwd, env });
    let said = "";
    let isAnswered = false;
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (!said.includes("why is it run?") || isAnswered) return;
      isAnswered = true;
      child.stdin.write(key);
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(said).toContain(expected);
    expect(said).not.toContain("fault of countersign");
    expect(readSeen()).toBeUndefined();
  });

  it("prints functions for shells", () => {
    for (const shell of ["bash", "zsh", "fish"])
      expect(runBuilt(["exec", "--print-shell-function", shell]).stdout).toContain("countersign exec -- aws");
    expect(runBuilt(["exec", "--print-shell-function", "csh"]).status).toBe(2);
  });

  it("sends nothing of generated evictions that have a fault", () => {
    const machine = createMachine();
    const fault = fc.constantFrom(
      ["--file-share-arn", "share-12345678"],
      ["--file-share-arn", SHARE, "--force-remove"],
      ["--file-share-arn", SHARE, "--force"],
      ["--file-share-arn", SHARE, "--unknown-option", "1"],
      ["--cli-input-json", JSON.stringify({ FileShareARN: SHARE, ForceRemove: "yes" })],
      ["--force-remove"],
    );
    const global = fc.subarray(["--debug", "--region=eu-west-1", "--output=json", "--no-paginate"]);
    fc.assert(
      fc.property(global, fault, global, (before, words, after) => {
        const ran = exec([...before, ...EVICT.slice(0, 2), ...words, ...after], {}, machine);
        expect(ran.seen).toBeUndefined();
        expect(ran.status).not.toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
