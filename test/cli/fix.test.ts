import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "./run.ts";

const FS = "fs-0123456789abcdef0";
const exporting = (report: string, type = "EXPORT_TO_REPOSITORY"): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest:\n  Type: ${type}\n  FileSystemId: ${FS}\n  Report: ${report}\n`;
const withPaths = (paths: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest:\n  Type: EXPORT_TO_REPOSITORY\n  FileSystemId: ${FS}\n  Report: { Enabled: false }\n  Paths: ${paths}\n`;
const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";

const COMMAND = `aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${FS} --report Enabled=false --paths`;

/** Two requests, with the text of their paths. */
const shared = (paths: string, type: string, otherPaths: string, otherType: string): string =>
  `requests:\n${[
    [type, paths],
    [otherType, otherPaths],
  ]
    .map(
      ([type, paths]) =>
        `  - operation: fsx:CreateDataRepositoryTask\n    request: { Type: ${type}, FileSystemId: ${FS}, Report: { Enabled: false }, Paths: ${paths} }\n`,
    )
    .join("")}`;

interface Edit {
  start: number;
  end: number;
  text: string;
}
interface Found {
  code: string;
  fix?: { safe: boolean; edits: Edit[] };
}

/** The fixes of a file's failed findings. */
async function fixesOf(name: string, text: string): Promise<NonNullable<Found["fix"]>[]> {
  const cwd = directory({ [name]: text });
  const { diagnostics } = reportOf(await runCli(["check", name, "--format", "json"], { cwd }));
  return (diagnostics as Found[]).flatMap(({ fix }) => (fix ? [fix] : []));
}

/** The text with the edits of its only fix. */
async function fixed(name: string, text: string): Promise<{ safe: boolean; text: string } | undefined> {
  const [fix] = await fixesOf(name, text);
  const edit = fix?.edits[0];
  return (
    fix && edit && { safe: fix.safe, text: text.slice(0, edit.start) + edit.text + text.slice(edit.end) }
  );
}

describe("a finding that one edit fixes", () => {
  it.each([
    ["a member", "a.yaml", exporting("{ Enabled: false, Pth: s3://b }"), "Pth", "Path"],
    [
      "a quoted member",
      "a.json",
      JSON.stringify({
        operation: "fsx:CreateDataRepositoryTask",
        request: { Type: "EXPORT_TO_REPOSITORY", FileSystemId: FS, Report: { Enabld: false } },
      }),
      "Enabld",
      "Enabled",
    ],
    [
      "an enum value",
      "a.yaml",
      exporting("{ Enabled: true, Path: s3://b/x, Scope: FAILED_FILES_ONLY, Format: REPORT_CSV_2019112 }"),
      "REPORT_CSV_2019112",
      "REPORT_CSV_20191124",
    ],
    ["a boolean in quotes", "a.yaml", exporting('{ Enabled: "false" }'), '"false"', "false"],
    [
      "a member with the API's name in a schedule",
      "a.yaml",
      `Resources:\n  S:\n    Type: AWS::Scheduler::Schedule\n    Properties:\n      Target:\n        Arn: arn:aws:scheduler:::aws-sdk:storagegateway:startCacheReport\n        Input: '{"FileShareARN":"${SHARE}","Role":"arn:aws:iam::123456789012:role/Writer","LocationARN":"arn:aws:s3:::cache-reports","BucketRegion":"eu-west-1","VPCEndpointDNSName":"vpce-0123456789abcdef0-abcdefgh.s3.eu-west-1.vpce.amazonaws.com","ClientToken":"<aws.scheduler.execution-id>","InclusionFilters":[{"Name":"UploadState","Values":["FailingUpload"]}]}'\n`,
      "VPCEndpointDNSName",
      "VpcEndpointDNSName",
    ],
    [
      "shorthand in a script",
      "a.sh",
      `aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${FS} --report Enabld=false\n`,
      "Enabld",
      "Enabled",
    ],
    [
      "a boolean in quotes in the JSON of a command",
      "a.sh",
      `aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${FS} --report '{"Enabled":"false"}'\n`,
      '"false"',
      "false",
    ],
    [
      "a boolean in escaped quotes",
      "a.sh",
      `aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${FS} --report "{\\"Enabled\\":\\"false\\"}"\n`,
      '\\"false\\"',
      "false",
    ],
    ["a leading slash", "a.yaml", withPaths("[data/a, /data/b]"), "/data/b", "data/b"],
    ["a leading slash in a block", "a.yaml", withPaths("\n    - &p '/data/b'"), "/data/b", "data/b"],
    [
      "a leading slash in a command",
      "a.sh",
      `aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${FS} --report Enabled=false --paths "$A" /data/b\n`,
      "/data/b",
      "data/b",
    ],
    [
      "a member behind an emoji and a tab",
      "a.yaml",
      exporting("{ Enabled: false, Pth: s3://b }").replace("request:", "justification: '🎉\tdone'\nrequest:"),
      "Pth",
      "Path",
    ],
    [
      "a member behind CRLF",
      "a.yaml",
      exporting("{ Enabled: false, Pth: s3://b }").replaceAll("\n", "\r\n"),
      "Pth",
      "Path",
    ],
  ])("has it: %s", async (_, name, text, of, by) => {
    expect(await fixed(name, text)).toEqual({ safe: true, text: text.replace(of, by) });
  });

  it.each([
    ["a flow sequence", "a.yaml", withPaths('["a,b"]'), '"a,b"', '"a", "b"'],
    ["a block sequence", "a.yaml", withPaths("\n    - a/x,b/y\n    - c"), "a/x,b/y", "a/x\n    - b/y"],
    [
      "a block sequence with CRLF",
      "a.yaml",
      withPaths('\n  - "a, b"\n').replaceAll("\n", "\r\n"),
      '"a, b"',
      '"a"\r\n  - "b"',
    ],
    ["the words of a command", "a.sh", `${COMMAND} x a,b\n`, "a,b", "a b"],
    ["a quoted word of a command", "a.sh", `${COMMAND} 'a,b'\n`, "'a,b'", "'a' 'b'"],
    ["JSON in a command", "a.sh", `${COMMAND} '["a,b"]'\n`, '"a,b"', '"a", "b"'],
    [
      "a program",
      "a.py",
      `import boto3\nboto3.client("fsx").create_data_repository_task(Type="EXPORT_TO_REPOSITORY", FileSystemId="${FS}", Report={"Enabled": False}, Paths=['a,b'])\n`,
      "'a,b'",
      "'a', 'b'",
    ],
  ])("is suggested, and not applied, where it makes two paths of one: %s", async (_, name, text, of, by) => {
    expect(await fixed(name, text)).toEqual({ safe: false, text: text.replace(of, by) });
  });

  it.each([
    [
      "an anchor of YAML",
      "a.yaml",
      shared("&p [/data/x]", "EXPORT_TO_REPOSITORY", "*p", "RELEASE_DATA_FROM_FILESYSTEM"),
    ],
    [
      "an anchor whose alias is in a task of unknown type",
      "a.yaml",
      shared("&p [/data/x]", "EXPORT_TO_REPOSITORY", "*p", `"$\{TYPE}"`),
    ],
    [
      "a variable of a program",
      "a.py",
      `import boto3\nfsx = boto3.client("fsx")\npaths = ["/data/x"]\n${["EXPORT_TO_REPOSITORY", "RELEASE_DATA_FROM_FILESYSTEM"].map((type) => `fsx.create_data_repository_task(Type="${type}", FileSystemId="${FS}", Report={"Enabled": False}, Paths=paths)\n`).join("")}`,
    ],
  ])("is not safe in text that a request shares which takes something away: %s", async (_, name, text) => {
    expect((await fixesOf(name, text)).map(({ safe }) => safe)).toEqual([false]);
  });

  it("is safe in text that only exports share", async () => {
    const text = shared("&p [/data/x]", "EXPORT_TO_REPOSITORY", "*p", "EXPORT_TO_REPOSITORY");
    expect((await fixesOf("a.yaml", text)).every(({ safe }) => safe)).toBe(true);
  });

  it.each([
    ["the type of a task", "a.yaml", exporting("{ Enabled: false }", "EXPORT_TO_REPOSITRY")],
    [
      "a member of a release",
      "a.yaml",
      exporting("{ Enabled: false, Pth: s3://b }", "RELEASE_DATA_FROM_FILESYSTEM"),
    ],
    [
      "a member where the type isn't known",
      "a.yaml",
      exporting("{ Enabled: false, Pth: s3://b }", "${TYPE}"),
    ],
    [
      "an eviction's member",
      "a.yaml",
      `operation: storagegateway:EvictFilesFailingUpload\nrequest: { FileShareARN: "${SHARE}", ForceRemov: true }\n`,
    ],
    [
      "an eviction's boolean",
      "a.yaml",
      `operation: storagegateway:EvictFilesFailingUpload\nrequest: { FileShareARN: "${SHARE}", ForceRemove: "true" }\n`,
    ],
  ])("is not safe where the call could take something away: %s", async (_, name, text) => {
    const fixes = await fixesOf(name, text);
    expect(fixes.map(({ safe }) => safe)).toEqual([false]);
  });

  it.each([
    [
      "a variable holds the value",
      "a.sh",
      `T=EXPORT_TO_REPOSITRY\naws fsx create-data-repository-task --type "$T" --file-system-id ${FS} --report Enabled=false\n`,
    ],
    [
      "a member is a variable, too",
      "a.ts",
      `import { CreateDataRepositoryTaskCommand } from "@aws-sdk/client-fsx";\nconst FileSystemID = "${FS}";\nawait c.send(new CreateDataRepositoryTaskCommand({ FileSystemID, Type: "EXPORT_TO_REPOSITORY", Report: { Enabled: false } }));\n`,
    ],
    ["without its slash, a path is a number", "a.yaml", withPaths("[/2026]")],
    ["without its slash, a path is an option", "a.sh", `${COMMAND} /-rf\n`],
    ["nothing is left of a path", "a.yaml", withPaths("[/]")],
    [
      "a path has escapes",
      "a.json",
      JSON.stringify({
        operation: "fsx:CreateDataRepositoryTask",
        request: {
          Type: "EXPORT_TO_REPOSITORY",
          FileSystemId: FS,
          Report: { Enabled: false },
          Paths: ["/a/b"],
        },
      }).replace("/a/b", "\\/a\\/b"),
    ],
    ["an option holds its only path", "a.sh", `${COMMAND}=a,b\n`],
    [
      "quotes make no text",
      "a.sh",
      `aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${FS} --report 'Enabled="x"'\n`,
    ],
  ])("has none where %s", async (_, name, text) => {
    expect(await fixesOf(name, text)).toEqual([]);
  });
});

describe("check --fix", () => {
  const WRONG = exporting('{ Enabled: "false", Pth: s3://b }');
  const RIGHT = exporting("{ Enabled: false, Path: s3://b }");
  const check = (cwd: string, ...args: string[]) => runCli(["check", ".", "--fix", ...args], { cwd });
  const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), "utf8");

  it("applies what is safe, keeps the mode, and checks what came of it", async () => {
    const cwd = directory({
      "a.yaml": WRONG,
      "b.yaml": exporting("{ Enabled: false }", "EXPORT_TO_REPOSITRY"),
    });
    // No umask allows this mode to a new file.
    chmodSync(join(cwd, "a.yaml"), 0o666);
    const { stdout, stderr, status } = await check(cwd);
    expect(read(cwd, "a.yaml")).toBe(RIGHT);
    expect(statSync(join(cwd, "a.yaml")).mode & 0o777).toBe(0o666);
    expect(read(cwd, "b.yaml")).toContain("EXPORT_TO_REPOSITRY");
    expect(stderr).toContain("fixed 2 findings in 1 file");
    expect(status).toBe(1);
    expect(stdout).not.toContain("schema/unknown-field");
  });

  it("shows a diff and changes nothing with --dry-run", async () => {
    const cwd = directory({ "a.yaml": WRONG });
    const { stdout, stderr } = await check(cwd, "--dry-run");
    expect(stdout).toBe(
      '--- a/a.yaml\n+++ b/a.yaml\n@@ -5 +5 @@\n-  Report: { Enabled: "false", Pth: s3://b }\n+  Report: { Enabled: false, Path: s3://b }\n',
    );
    expect(stderr).toContain("would fix 2 findings in 1 file");
    expect(read(cwd, "a.yaml")).toBe(WRONG);
  });

  it("keeps a byte order mark and line endings", async () => {
    const cwd = directory({ "a.yaml": `\uFEFF${WRONG.replaceAll("\n", "\r\n")}` });
    await check(cwd);
    expect(read(cwd, "a.yaml")).toBe(`\uFEFF${RIGHT.replaceAll("\n", "\r\n")}`);
  });

  it("leaves links, files outside and ignored files as they are, and says so", async () => {
    const outside = directory({ "out.yaml": WRONG, "real.yaml": WRONG });
    const cwd = directory({ "ignored.yaml": WRONG, ".gitignore": "ignored.yaml\n", "twice.yaml": WRONG });
    spawnSync("git", ["init", "-q"], { cwd });
    symlinkSync(join(outside, "real.yaml"), join(cwd, "link.yaml"));
    linkSync(join(cwd, "twice.yaml"), join(outside, "other-name.yaml"));
    const names = ["ignored.yaml", "link.yaml", "twice.yaml", join(outside, "out.yaml")];
    const { stderr } = await runCli(["check", ...names, "--fix"], { cwd });
    for (const reason of [
      "git ignores it",
      "it is a link",
      "it has several names",
      "outside of the repository",
    ])
      expect(stderr).toContain(reason);
    for (const name of names) expect(readFileSync(resolve(cwd, name), "utf8")).toBe(WRONG);
    expect(stderr).toContain("fixed nothing");
  });

  it("says how many suggested fixes are left", async () => {
    const cwd = directory({ "a.yaml": exporting("{ Enabled: false }", "EXPORT_TO_REPOSITORIE") });
    const { stderr } = await runCli(["check", "a.yaml", "--fix"], { cwd });
    expect(stderr).toContain(
      "fixed nothing; 1 suggested fix may change what the request does: make it by hand\n",
    );
  });

  it("has nothing to show without --fix", async () => {
    const cwd = directory({ "a.yaml": WRONG });
    expect(await runCli(["check", "--dry-run"], { cwd })).toMatchObject({ status: 2, stdout: "" });
  });
});
