import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";

const TASK = {
  FileSystemId: "fs-0123456789abcdef0",
  Type: "EXPORT_TO_REPOSITORY",
  Paths: ["dir1"],
  Report: { Enabled: false },
  ClientRequestToken: "a-token",
};
const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-12345678";
const EVICT = ["storagegateway", "evict-files-failing-upload", "--file-share-arn", SHARE];

const TASK_WORDS = [
  ...["fsx", "create-data-repository-task", "--file-system-id", "fs-0123456789abcdef0"],
  ...["--type", "EXPORT_TO_REPOSITORY", "--report", "Enabled=false", "--client-request-token", "a-token"],
];

const dryRun = (words: readonly string[], { flags = [], files = {}, env = {} }: Setup = {}) =>
  runCli(["dry-run", ...flags, "--", "aws", ...words], { cwd: directory(files), env });

interface Setup {
  flags?: readonly string[];
  files?: Record<string, string>;
  env?: Record<string, string>;
}

const codesOf = (stdout: string): string[] =>
  JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code);

describe("countersign dry-run", () => {
  it("shows what would be sent, and where", async () => {
    const ran = await dryRun(
      ["fsx", "create-data-repository-task", "--cli-input-json", "file://task.json", "--region", "eu-west-1"],
      { files: { "task.json": JSON.stringify(TASK) } },
    );
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toMatch(
      /^would send {2}fsx:CreateDataRepositoryTask\naccount {5}not known\nRegion {6}eu-west-1\npayload {5}\{\n/,
    );
    expect(ran.stdout).toContain('"FileSystemId": "fs-0123456789abcdef0"');
    expect(ran.stdout).toContain("undecided: 1 request");
    expect(ran.stdout).toContain("`--pull` runs such commands first");
    expect(ran.status).toBe(0);
  });

  it("finds faults in a file at its own name", async () => {
    const ran = await dryRun(
      ["fsx", "create-data-repository-task", "--cli-input-json", "file://sub/task.json"],
      { files: { "sub/task.json": JSON.stringify({ ...TASK, Type: "EXPORT" }) } },
    );
    expect(ran.stdout).toContain("error[schema/enum]");
    expect(ran.stdout).toContain(" --> sub/task.json:1:");
    expect(ran.status).toBe(1);
  });

  it("leaves no copy of a file behind", async () => {
    const copies = directory();
    const ran = await dryRun(["fsx", "create-data-repository-task", "--cli-input-json", "file://task.json"], {
      files: { "task.json": JSON.stringify(TASK) },
      env: { TMPDIR: copies },
    });
    expect(ran.stdout).toContain("would send");
    expect(readdirSync(copies)).toEqual([]);
  });

  it.each([
    ["a quote", "it's"],
    ["a variable of a shell", "$HOME"],
    ["a substitution", "$(date)"],
    ["a line break", "a\nb"],
    ["a pattern", "*.txt"],
    ["a backslash", "a\\b"],
  ])("takes words as they are, without a shell: %s", async (_name, text) => {
    const ran = await dryRun(
      [
        "fsx",
        "create-data-repository-task",
        ...["--file-system-id", TASK.FileSystemId, "--type", TASK.Type, "--report", "Enabled=false"],
        ...["--paths", text],
      ],
      { flags: ["--format", "text"] },
    );
    expect(ran.stdout).toContain(JSON.stringify(text));
  });

  it("wants a justification where a rule does, and takes it from its option", async () => {
    const ran = await dryRun([...EVICT, "--force-remove"]);
    expect(ran.stdout).toContain("error[storagegateway/force-remove-justified]");
    expect(ran.stdout).toContain("= help: give `--justification TEXT`");
    expect(ran.status).toBe(1);
    const justified = await dryRun([...EVICT, "--force-remove"], {
      flags: ["--justification", 'the "old" share was copied; it\'s in ticket OPS-1234', "--format", "json"],
    });
    expect(codesOf(justified.stdout)).not.toContain("storagegateway/force-remove-justified");
    expect(justified.status).toBe(0);
  });

  it("goes by the context of the options", async () => {
    const share = { NFSFileShareInfoList: [{ FileShareARN: SHARE, FileShareStatus: "DELETING" }] };
    const ran = await dryRun(EVICT, {
      flags: ["--context", "share.json", "--format", "json"],
      files: { "share.json": JSON.stringify(share) },
    });
    expect(codesOf(ran.stdout)).toContain("storagegateway/share-available");
  });

  it("reads aliases of the AWS CLI", async () => {
    const home = directory({
      ".aws/cli/alias":
        "[toplevel]\nevict = storagegateway evict-files-failing-upload\n[command fsx]\nexport =\n  create-data-repository-task --type EXPORT_TO_REPOSITORY\n",
    });
    const evicted = await dryRun(["evict", "--file-share-arn", SHARE], { env: { HOME: home } });
    expect(evicted.stdout).toContain("would send  storagegateway:EvictFilesFailingUpload");
    const exported = await dryRun(["--region", "eu-west-1", "fsx", "export"], { env: { HOME: home } });
    expect(exported.stdout).toContain("would send  fsx:CreateDataRepositoryTask");
  });

  it.each([
    ["runs a shell", "[toplevel]\nx = !rm -rf /\n", "`x` is an alias of the AWS CLI that runs a shell"],
    [
      "stands for another",
      "[toplevel]\nx = y\ny = s3 ls\n",
      "`x` is an alias of the AWS CLI that stands for another alias",
    ],
    ["has an open quote", '[toplevel]\nx = s3 "ls\n', "that has words that can't be told apart"],
  ])("refuses an alias that %s", async (_name, alias, message) => {
    const ran = await dryRun(["x"], { env: { HOME: directory({ ".aws/cli/alias": alias }) } });
    expect(ran.stderr).toContain(message);
    expect(ran.status).toBe(2);
  });

  it.each([
    [["--reg", "eu-west-1"]],
    [["--out", "json", "--prof", "audit", "--debug"]],
    [["--region=eu-west-1", "--no-sign-request"]],
  ])("finds an alias behind options in short: %j", async (options) => {
    const alias = "[toplevel]\nev = storagegateway evict-files-failing-upload --force-remove\n";
    const ran = await dryRun([...options, "ev", "--file-share-arn", SHARE], {
      env: { HOME: directory({ ".aws/cli/alias": alias }) },
    });
    expect(ran.stdout).toContain("error[storagegateway/force-remove-justified]");
  });

  it("reads an alias that adds options to the command of its name", async () => {
    const alias = "[toplevel]\nstoragegateway = --region eu-west-1 storagegateway\n";
    const ran = await dryRun([...EVICT, "--force-remove"], {
      env: { HOME: directory({ ".aws/cli/alias": alias }) },
    });
    expect(ran.stdout).toContain("error[storagegateway/force-remove-justified]");
  });

  it.each([[["help"]], [["fsx", "help"]], [[...EVICT, "--generate-cli-skeleton"]]])(
    "says that a command only prints: %j",
    async (words) => {
      const ran = await dryRun(words);
      expect(ran.stdout).toBe("this command calls no operation: it only prints\n");
      expect(ran.status).toBe(3);
    },
  );

  it("says where the command stands if its options are taken for those of Countersign", async () => {
    const ran = await runCli(["dry-run", "aws", ...EVICT], { cwd: directory() });
    expect(ran.stderr).toContain("unknown option '--file-share-arn'");
    expect(ran.stderr).toContain("help: the command of the AWS CLI, with its options, stands behind `--`");
  });

  it("says that nothing of an operation without a schema is checked", async () => {
    const ran = await dryRun(["s3", "ls"]);
    expect(ran.stdout).toBe("nothing of this command is checked: there is no schema for its operation\n");
    expect(ran.status).toBe(3);
  });

  it.skipIf(process.platform === "win32")("reads a named pipe that is written into, once", async () => {
    const cwd = directory({ "task.json": JSON.stringify({ ...TASK, Type: "EXPORT" }) });
    spawnSync("mkfifo", [join(cwd, "pipe")]);
    const writer = spawn("sh", ["-c", "sleep 0.2; cat task.json > pipe"], { cwd });
    const words = ["fsx", "create-data-repository-task", "--cli-input-json", "file://pipe"];
    const ran = await runCli(["dry-run", "--format", "json", "--", "aws", ...words], { cwd });
    writer.kill();
    expect(codesOf(ran.stdout)).toContain("schema/enum");
  });

  it.each([
    [[]],
    [["--region", "eu-west-1"]],
    [["fsx"]],
    [["--debug", "fsx", "--output", "json"]],
    [["--version"]],
  ])("says that no operation is given: %j", async (words) => {
    const ran = await dryRun(words);
    expect(ran.stderr).toContain("error: no operation is given");
    expect(ran.status).toBe(2);
  });

  it("shows the command with the names of its files", async () => {
    const ran = await dryRun(
      ["fsx", "create-data-repository-task", "--type", "EXPORT", "--cli-input-json", "file://task.json"],
      { files: { "task.json": JSON.stringify(TASK) } },
    );
    expect(ran.stdout).toContain(" --type EXPORT --cli-input-json file://task.json\n");
  });

  it("takes every word for what it is, though a template would fill it in or a shell take it apart", async () => {
    const paths = ["<NAME>", "{{", "a", "}}", "${{ x }}", "$HOME", "it's", "a\r\nb", "#c"];
    const { stdout } = await dryRun([...TASK_WORDS, "--paths", ...paths], { flags: ["--format", "json"] });
    const { requests } = JSON.parse(stdout);
    expect(requests).toHaveLength(1);
    const shown = await dryRun([...TASK_WORDS, "--paths", ...paths]);
    const payload = /^payload +(\{[\s\S]*?^ {12}\})$/m.exec(shown.stdout)?.[1];
    expect(JSON.parse(payload ?? "null").Paths).toEqual(paths);
  });

  it.each(["FILE://task.json", "file:task.json", "file:/task.json"])(
    "takes only `file://` for the beginning of a file's name, as the AWS CLI does: %s",
    async (input) => {
      const ran = await dryRun(["fsx", "create-data-repository-task", "--cli-input-json", input], {
        files: { "task.json": JSON.stringify(TASK) },
      });
      expect(ran.stdout).toContain("error[document/syntax]: `--cli-input-json`: expected a JSON value");
      expect(ran.status).toBe(1);
    },
  );

  it.each([
    ["a text", "dir/sub", ["document/syntax"]],
    ["a JSON list", '["dir/sub"]', []],
    ["one character", "d", []],
  ])(
    "fails a list from a file of which the AWS CLI takes each character: %s",
    async (_name, text, expected) => {
      const words = [...TASK_WORDS, "--paths", "file://paths.txt"];
      const ran = await dryRun(words, { files: { "paths.txt": text }, flags: ["--format", "json"] });
      const { diagnostics } = JSON.parse(ran.stdout) as { diagnostics: { code: string; status: string }[] };
      expect(diagnostics.filter(({ status }) => status === "failed").map(({ code }) => code)).toEqual(
        expected,
      );
    },
  );

  it.each(["--cli-auto-prompt", "--cli-auto"])(
    "refuses a command that lets the AWS CLI ask for more words: %s",
    async (option) => {
      const ran = await runCli(["exec", "--", "aws", option, "s3", "ls"], { cwd: directory() });
      expect(ran.stderr).toContain(`error: \`${option}\` lets the AWS CLI ask for more words`);
      expect(ran.status).toBe(2);
    },
  );

  it("names a file that can't be read", async () => {
    const ran = await dryRun(["fsx", "create-data-repository-task", "--cli-input-json", "file://none.json"]);
    expect(ran.stderr).toContain("error: the file `none.json` can't be read: ENOENT");
    expect(ran.status).toBe(2);
  });

  it.each([
    [[], "no command is given"],
    [["--", "ls"], "`ls` is not the AWS CLI"],
    [["--", "./aws", "s3", "ls"], "`./aws` is a program of this directory"],
  ])("refuses another command: %j", async (args, message) => {
    const ran = await runCli(["dry-run", ...args], { cwd: directory() });
    expect(ran.stderr).toContain(`error: ${message}`);
    expect(ran.status).toBe(2);
  });
});

describe("the place of a call", () => {
  const CONFIG = `[default]\nregion = us-east-1\n[profile audit]\nregion = eu-central-1\nsso_account_id = 210987654321\n[profile role]\nrole_arn = arn:aws:iam::123456789012:role/Reader\n`;
  const placeOf = async (words: readonly string[], env: Record<string, string>) => {
    const home = directory({ ".aws/config": CONFIG });
    const { stdout } = await dryRun([...EVICT, ...words], { env: { HOME: home, ...env } });
    return [/^account +(.*)$/m.exec(stdout)?.[1], /^Region +(.*)$/m.exec(stdout)?.[1]];
  };

  it.each([
    [[], {}, ["not known", "us-east-1"]],
    [["--profile", "audit"], {}, ["210987654321", "eu-central-1"]],
    [["--prof", "audit", "--reg=eu-west-2"], {}, ["210987654321", "eu-west-2"]],
    [["--profile=role"], { AWS_DEFAULT_REGION: "eu-west-3" }, ["123456789012", "eu-west-3"]],
    [["--region", "eu-west-2"], { AWS_DEFAULT_REGION: "eu-west-3" }, ["not known", "eu-west-2"]],
    [[], { AWS_REGION: "eu-west-2", AWS_DEFAULT_REGION: "eu-west-3" }, ["not known", "not known"]],
    [[], { AWS_PROFILE: "audit" }, ["210987654321", "eu-central-1"]],
  ])("is read from the words, the environment and the profile: %j %j", async (words, env, place) => {
    expect(await placeOf(words, env as Record<string, string>)).toEqual(place);
  });
});
