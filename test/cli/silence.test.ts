import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { directory, reportOf, runCli, withoutMissingFacts } from "./run.ts";

/** A request that is skipped without a message is a wrong pass, the worst fault of a check. */

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const GOOD = `operation: storagegateway:EvictFilesFailingUpload\nrequest:\n  FileShareARN: ${SHARE}\n`;
const ONE_LINE =
  '{ "justification": "caf_", "operation": "fsx:CreateDataRepositoryTask", "request": {"Type": "EXPORT"} }';

const codesIn = async (files: Record<string, string | Uint8Array>, args: string[] = []) => {
  const cwd = directory({ "good.yaml": GOOD, ...files });
  const report = reportOf(await runCli(["check", ".", "--format", "json", ...args], { cwd }));
  const found: Diagnostic[] = withoutMissingFacts(report.diagnostics);
  return found.map(({ file, code }) => `${file} ${code}`);
};

describe("check on a directory reports", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["x.json", ONE_LINE.replace("}", ",}"), "document/syntax"],
    ["x.json", Buffer.from(ONE_LINE.replace("_", "é"), "latin1"), "document/encoding"],
    ["x.json", Buffer.from(`\uFEFF${ONE_LINE}`, "utf16le"), "document/encoding"],
    [
      "x.yaml",
      "# licence\n# countersign: operation=fsx:CreateDataRepositoryTask\nType: EXPORT\n",
      "document/no-request",
    ],
    [
      "x.yaml",
      "%YAML 1.2\n---\n# countersign: operation=fsx:CreateDataRepositoryTask\nType: EXPORT\n",
      "document/no-request",
    ],
    [
      "x.yaml",
      "spec:\n  operation: fsx:CreateDataRepositoryTask\n  request: {Type: EXPORT}\n",
      "document/no-request",
    ],
    ["x.yaml", "operation: CreateDataRepositoryTask\npayload: {Type: EXPORT}\n", "document/envelope"],
    ["x.yaml", "opration: fsx:CreateDataRepositoryTask\nrequest: {Type: EXPORT}\n", "document/envelope"],
    ["x.yaml", "action: fsx:CreateDataRepositoryTask\nrequest: {Type: EXPORT}\n", "document/envelope"],
    ["x.yaml", "operation: fsx:CreateDataRepositoryTask\njustification: x\n", "document/envelope"],
    ["x.json", `[${ONE_LINE}]`, "document/envelope"],
    [
      "x.yaml",
      "# countersign: operation=fsx:CreateDataRepositoryTask operation=a:B\nType: EXPORT\n",
      "document/envelope",
    ],
  ])("a faulty request in %s: %j", async (name, text, code) => {
    expect(await codesIn({ [name]: text })).toContain(`${name} ${code}`);
  });
});

describe("find on a directory reports a call in a file that Git takes for binary or that is huge:", () => {
  const CALL = `aws storagegateway evict-files-failing-upload --file-share-arn ${SHARE}\n`;
  const PROGRAM = `boto3.client("storagegateway").evict_files_failing_upload(FileShareARN="${SHARE}")\n`;
  const HUGE = "# padding\n".repeat(1_000_000);

  it.each([
    ["a.sh", `# \0\n${CALL}`, /^a\.sh:2:1 storagegateway:EvictFilesFailingUpload/],
    ["a", `#!/bin/sh\n# \0\n${CALL}`, /^a:3:1 storagegateway:EvictFilesFailingUpload/],
    ["a.py", `import boto3\n# \0\n${PROGRAM}`, /^a\.py:\d+:\d+ .*storagegateway:EvictFilesFailingUpload/],
    ["a.sh", `${HUGE}${CALL}`, /^a\.sh:1:1 not read: the file is larger than 8 MiB/],
    ["a", `#!/bin/sh\n${HUGE}${CALL}`, /^a:1:1 not read: the file is larger than 8 MiB/],
    ["a.py", `${HUGE}${PROGRAM}`, /^a\.py:1:1 not read: the file is larger than 8 MiB/],
  ])("%s", async (name, text, said) => {
    const { stdout } = await runCli(["find", "."], { cwd: directory({ [name]: text }) });
    expect(stdout).toMatch(said);
  });
});

describe("find on a directory says that a command stands where none is read", () => {
  const WORDS = ["aws", "storagegateway", "evict-files-failing-upload"];

  it.each([
    [
      ".vscode/tasks.json",
      '{"tasks":[{"command":"aws","args":["storagegateway","evict-files-failing-upload"]}]}',
    ],
    [
      "job.plist",
      `<plist><array>${WORDS.map((word) => `<string>${word}</string>`).join("\n")}</array></plist>`,
    ],
    [
      "build.xml",
      '<exec executable="aws"><arg value="storagegateway"/><arg value="evict-files-failing-upload"/></exec>',
    ],
    ["tool.cwl", "baseCommand: aws\narguments: [storagegateway, evict-files-failing-upload]\n"],
    ["tool.conf", `command:\n${WORDS.map((word) => `- ${word}\n`).join("")}`],
    ["salt.sls", `clean:\n  cmd.run:\n    - name: ${WORDS.join(" ")}\n`],
    ["CMakeLists.txt", `add_custom_command(COMMAND ${WORDS.join(" ")})\n`],
    ["a.clj", `(shell/sh ${WORDS.map((word) => `"${word}"`).join(" ")})\n`],
    ["a.el", `(call-process "aws" nil nil nil "storagegateway" "evict-files-failing-upload")\n`],
    ["a.rkt", `(system* (find-executable-path "aws") "storagegateway" "evict-files-failing-upload")\n`],
  ])("in %s", async (name, text) => {
    const cwd = directory({ [name]: text });
    const { stdout } = await runCli(["find", "."], { cwd });
    expect(stdout).toMatch(/evict-files-failing-upload|storagegateway:EvictFilesFailingUpload/);
    expect(stdout.startsWith(`${name}:`)).toBe(true);
  });

  it.each([
    ["a.yaml", "aws:\n  storagegateway:\n    evict-files-failing-upload: true\n"],
    ["a.sls", "a:\n  file.managed:\n    - name: aws storagegateway evict-files-failing-upload\n"],
    ["a.txt", "Run (aws storagegateway evict-files-failing-upload) by hand.\n"],
  ])("but not in %s", async (name, text) => {
    const { stdout } = await runCli(["find", "."], { cwd: directory({ [name]: text }) });
    expect(stdout).toMatch(/^0 requests found/);
  });
});

describe("check on a directory ignores", () => {
  it.each([
    ["a.json", '{"operation":"arn:x","a":1}'],
    ["metrics.json", '[{"operation":"kms:Decrypt","count":3}]'],
    ["iam.yaml", "operation: s3:GetObject\nstatement: x\n"],
    ["b.yaml", "context: x\nrequest: y\n"],
    ["c.yaml", "request: {timeout: 5}\n"],
    ["rules.yaml", "operation: fsx:CreateDataRepositoryTask\nrules: []\n"],
    ["StartCacheReport.limits.yaml", "operation: storagegateway:StartCacheReport\nsource: x\nrequest: {}\n"],
  ])("%s, which holds no request: %j", async (name, text) => {
    expect(await codesIn({ [name]: text })).toEqual([]);
  });

  it("a report that it wrote", async () => {
    const cwd = directory({ "bad.yaml": `${GOOD}  ForceRemove: 1\n` });
    await runCli(["check", ".", "--format", "json", "--output", "report.json"], { cwd });
    expect(reportOf(await runCli(["check", ".", "--format", "json"], { cwd })).requests).toHaveLength(1);
  });
});

describe("a path that names no file", () => {
  it.each([["nosuch/*.yaml"], ["*.jsn"], ["empty"]])("fails the run beside good files: %s", async (path) => {
    const cwd = directory({ "good.yaml": GOOD });
    mkdirSync(`${cwd}/empty`);
    const ran = await runCli(["check", "good.yaml", path], { cwd });
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain(`no request was found in \`${path}\``);
    expect((await runCli(["check", "good.yaml", path, "--allow-empty"], { cwd })).status).toBe(0);
  });

  it("is not a glob that begins with ./ or has doubled slashes", async () => {
    const cwd = directory({ "w/good.yaml": GOOD });
    expect((await runCli(["check", "./w/*.yaml"], { cwd })).status).toBe(0);
    expect((await runCli(["check", ".//w/*.yaml"], { cwd })).status).toBe(0);
  });
});

describe("options that must be a mistake", () => {
  const cwd = directory({
    "good.yaml": GOOD,
    "s/readme.txt": "",
    "k/toy/Run.request.json": '{"type":"object","not":{}}',
    "f/toy/Run.request.json": '{"type":"object",\n"properties":{"Day":{"type":"string","format":"dat"}}}',
    "toy.yaml": "operation: toy:Run\nrequest: {}\n",
  });

  it.each([
    [["good.yaml", "--format", "json=a.json", "--output", "b.json"], "`--output` takes one format"],
    [["good.yaml", "--operation", "fsx:CreateDataRepoTask"], "did you mean `fsx:CreateDataRepositoryTask`"],
    [["good.yaml", "--operation", ""], "there is no schema for the operation"],
    [["good.yaml", "--schemas", "s"], "there is no schema in `s`"],
    [["good.yaml", "--schemas", "k/toy"], "there is no schema in `k/toy`"],
    [
      ["toy.yaml", "--schemas", "f"],
      "error: there is no format `dat`\n --> f/toy/Run.request.json:2:47\n  = help: did you mean `date`?\n",
    ],
    [["toy.yaml", "--schemas", "k"], "the keyword `not` is not one that is checked here"],
  ])("make check %j exit 2 with a suggestion", async (args, words) => {
    const { status, stderr } = await runCli(["check", ...args], { cwd });
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});

describe("an unknown member", () => {
  it("is one diagnostic even if its value is a placeholder", async () => {
    const cwd = directory({ "a.yaml": `${GOOD}  Foo: \${X}\n` });
    const { diagnostics } = reportOf(await runCli(["check", "a.yaml", "--format", "json"], { cwd }));
    expect(withoutMissingFacts(diagnostics)).toMatchObject([
      { code: "schema/unknown-field", pointer: "/Foo" },
    ]);
  });
});

describe("the outcome of a request", () => {
  it("is fail for undecided checks under --strict, like the outcome of the run", async () => {
    const cwd = directory({ "a.yaml": GOOD.replace(SHARE, "${ARN}") });
    const strict = reportOf(await runCli(["check", "a.yaml", "--strict", "--format", "json"], { cwd }));
    expect([strict.outcome, strict.requests[0].outcome]).toEqual(["fail", "fail"]);
  });

  it("is fail when its comment has a fault", async () => {
    const cwd = directory({
      "a.yaml": `# countersign: operation=storagegateway:EvictFilesFailingUpload foo=1\nFileShareARN: ${SHARE}\n`,
    });
    expect(reportOf(await runCli(["check", "a.yaml", "--format", "json"], { cwd })).requests[0].outcome).toBe(
      "fail",
    );
  });
});

describe("check --format json", () => {
  it("escapes characters that a terminal acts on and keeps the value", async () => {
    const key = "a\u009b31m\u202eb\u{e0041}";
    const cwd = directory({
      "a.json": JSON.stringify({
        operation: "storagegateway:EvictFilesFailingUpload",
        request: { FileShareARN: SHARE, [key]: 1 },
      }),
    });
    const ran = await runCli(["check", "a.json", "--format", "json"], { cwd });
    expect(ran.stdout).not.toMatch(/[\u007f-\u009f\u202e\u{e0041}]/u);
    const [finding] = withoutMissingFacts<Diagnostic>(reportOf(ran).diagnostics);
    expect(finding?.pointer).toBe(`/${key}`);
  });
});
