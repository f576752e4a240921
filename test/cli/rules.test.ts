import { describe, expect, it } from "vitest";
import { size } from "../support/scale.ts";
import { directory, reportOf, runCli } from "./run.ts";

const SHARE = (id: string) => `arn:aws:storagegateway:eu-west-1:123456789012:share/share-${id}`;
const evict = (id: string, more = "") =>
  `operation: storagegateway:EvictFilesFailingUpload\nrequest:\n  FileShareARN: ${SHARE(id)}\n${more}`;
const EXPORT = `operation: fsx:CreateDataRepositoryTask
request:
  Type: EXPORT_TO_REPOSITORY
  FileSystemId: fs-0123456789abcdef0
  Paths: [/mnt/fsx/path1]
  Report: { Enabled: false }
`;
const CONTEXT = {
  "context/fs.json": JSON.stringify({
    FileSystems: [{ FileSystemId: "fs-0123456789abcdef0", FileSystemType: "LUSTRE", Lifecycle: "AVAILABLE" }],
  }),
  "context/links.json": JSON.stringify({
    Associations: [
      {
        AssociationId: "dra-0123456789abcdef0",
        FileSystemId: "fs-0123456789abcdef0",
        FileSystemPath: "/",
        DataRepositoryPath: "s3://b",
        Lifecycle: "AVAILABLE",
      },
    ],
  }),
  "context/tasks.json": JSON.stringify({ DataRepositoryTasks: [] }),
  "context/mine.yaml": "mountPoints: { fs-0123456789abcdef0: /mnt/fsx }\n",
};

interface Found {
  code: string;
  status: string;
  line: number;
  column: number;
  help: string;
  waiver?: string;
}

const check = async (files: Record<string, string>, args: string[] = []) => {
  const ran = await runCli(["check", ...args, "--format", "json"], { cwd: directory(files) });
  if (ran.stdout === "") throw new Error(ran.stderr);
  const { outcome, diagnostics, summary } = reportOf(ran);
  const found: Found[] = diagnostics;
  return { outcome, summary, found, codes: found.map((d) => `${d.status} ${d.code}`), ran };
};

describe("check --context", () => {
  it("decides checks that are undecided without it", async () => {
    const without = await check({ "a.yaml": EXPORT });
    expect(without.codes).toEqual([
      "undecided fsx/no-automatic-export",
      "undecided fsx/association-available",
      "undecided fsx/data-repository-linked",
      "undecided fsx/file-system-available",
      "undecided fsx/no-task-executing",
      "undecided fsx/other-task-executing",
      "failed fsx/export-paths-relative",
    ]);
    const { codes, found } = await check({ "a.yaml": EXPORT, ...CONTEXT }, [
      "--context",
      "context",
      "a.yaml",
    ]);
    expect(codes).toEqual(["failed fsx/export-paths-relative"]);
    expect(found[0]).toMatchObject({ line: 5, column: 11, help: "write `path1`" });
  });

  it("adds to the context of the request document, which is validated", async () => {
    const known = `${EXPORT}context:\n  mountPoint: /mnt/fsx\n  dataRepositoryTasks: []\n  dataRepositoryAssociations: [{ FileSystemId: fs-0123456789abcdef0, FileSystemPath: /, DataRepositoryPath: s3://b }]\n  fileSystem: { FileSystemId: fs-0123456789abcdef0 }\n`;
    expect((await check({ "a.yaml": known })).codes).toEqual(["failed fsx/export-paths-relative"]);
    const wrong = await check({ "a.yaml": `${EXPORT}context:\n  mountpoint: /mnt/fsx\n  mountPoint: 5\n` });
    expect(wrong.found.filter(({ code }) => code === "document/envelope").map(({ line }) => line)).toEqual([
      8, 9,
    ]);
  });

  it("exits 2 with the position of a fault in a context file", async () => {
    const cwd = directory({ "a.yaml": EXPORT, "c.json": '{"NFSFileShareInfoLists":[]}' });
    const { status, stderr } = await runCli(["check", "a.yaml", "--context", "c.json"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain("c.json:1:2");
    expect(stderr).toContain("NFSFileShareInfoList");
  });
});

describe("a rule about the whole run", () => {
  it("compares requests of several files", async () => {
    const files = { "a.yaml": evict("1A2B3C4D"), "b.yaml": evict("1A2B3C4D"), "c.yaml": evict("9E8D7C6B") };
    const { found } = await check(files);
    expect(found.filter(({ status }) => status === "failed")).toMatchObject([
      { code: "storagegateway/one-cache-clean-per-share", file: "b.yaml", line: 3 },
    ]);
  });

  it("passes thousands of distinct requests", async () => {
    const documents = Array.from({ length: size(3000) }, (_, index) => evict(String(index).padStart(8, "0")));
    const requests = `requests:\n${documents.map((text) => `  - ${text.trimEnd().replaceAll("\n", "\n    ")}`).join("\n")}\n`;
    const { codes } = await check({ "a.yaml": requests });
    expect(codes.filter((code) => code.endsWith("one-cache-clean-per-share"))).toEqual([]);
  });

  it("is undecided when a placeholder may equal another request's value", async () => {
    const open = evict("x").replace(SHARE("x"), "${SHARE_ARN}");
    const { codes } = await check({ "a.yaml": evict("1A2B3C4D"), "b.yaml": open });
    expect(codes).toContain("undecided storagegateway/one-cache-clean-per-share");
  });
});

describe("the rules of countersign.yaml", () => {
  const force = (why: string) => ({
    "a.yaml": `justification: ${why}\n${evict("1A2B3C4D", "  ForceRemove: true\n")}`,
  });
  const justified = (codes: string[]) => codes.filter((code) => code.endsWith("force-remove-justified"));

  it("switch rules off, change their severity and set their parameters", async () => {
    expect(justified((await check(force("TODO"))).codes)).toHaveLength(1);
    const off = "rules: { storagegateway/force-remove-justified: off }\n";
    expect(justified((await check({ ...force("TODO"), "countersign.yaml": off })).codes)).toEqual([]);
    const warning = "rules: { storagegateway/force-remove-justified: warning }\n";
    expect((await check({ ...force("TODO"), "countersign.yaml": warning })).summary).toMatchObject({
      errors: 0,
      warnings: 1,
    });
    const pattern =
      'rules: { storagegateway/force-remove-justified: { params: { pattern: "^(INC|CHG)-[0-9]+" } } }\n';
    const good = "the 14 files were verified in the source";
    expect(justified((await check({ ...force(good) })).codes)).toEqual([]);
    expect(justified((await check({ ...force(good), "countersign.yaml": pattern })).codes)).toHaveLength(1);
    expect(
      justified((await check({ ...force(`"INC-4242: ${good}"`), "countersign.yaml": pattern })).codes),
    ).toEqual([]);
  });

  it.each([
    [
      "rules: { storagegateway/force-remove-justifed: off }\n",
      "1:10",
      "did you mean `storagegateway/force-remove-justified`",
    ],
    [
      "rules: { storagegateway/force-remove-justified: { params: { minLenght: 5 } } }\n",
      "1:61",
      "did you mean `minLength`",
    ],
    [
      "rules: { storagegateway/force-remove-justified: { params: { minLength: five } } }\n",
      "1:72",
      "is a number",
    ],
    [
      "rules: { storagegateway/force-remove-justified: { severty: off } }\n",
      "1:51",
      "did you mean `severity`",
    ],
  ])("are refused, with the position of the fault, if they are %j", async (text, place, words) => {
    const cwd = directory({ ...force("x"), "countersign.yaml": text });
    const { status, stderr } = await runCli(["check"], { cwd });
    expect(stderr).toContain(`countersign.yaml:${place}`);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});

describe("waivers", () => {
  const files = { "a.yaml": EXPORT, ...CONTEXT };
  const waiver = (more: string) =>
    `context: [context]\nwaivers:\n  - code: fsx/export-paths-relative\n    reason: the mount point is right here\n${more}`;

  it("keep a finding visible without failing the run", async () => {
    const { outcome, found, summary, ran } = await check({ ...files, "countersign.yaml": waiver("") });
    expect(outcome).toBe("pass");
    expect(found).toMatchObject([{ status: "waived", waiver: "the mount point is right here" }]);
    expect(summary).toMatchObject({ errors: 0, waived: 1 });
    expect(ran.status).toBe(0);
  });

  it("apply to one file and one pointer if they name them", async () => {
    expect((await check({ ...files, "countersign.yaml": waiver("    file: b/*.yaml\n") })).outcome).toBe(
      "fail",
    );
    expect(
      (await check({ ...files, "countersign.yaml": waiver("    file: a.yaml\n    pointer: /Paths/0\n") }))
        .outcome,
    ).toBe("pass");
    expect((await check({ ...files, "countersign.yaml": waiver("    pointer: /Paths/1\n") })).outcome).toBe(
      "fail",
    );
  });

  it.each([
    ["    expires: 2020-01-01\n", "ended on `2020-01-01`"],
    ["    expires: soon\n", "a day such as"],
    ["    expires: 2026-02-30\n", "there is no day `2026-02-30`\n --> countersign.yaml:5:14\n"],
    ["    expire: 2099-01-01\n", "did you mean `expires`"],
  ])("are refused with %j", async (more, words) => {
    const { status, stderr } = await runCli(["check"], {
      cwd: directory({ ...files, "countersign.yaml": waiver(more) }),
    });
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });

  it("are refused without a reason", async () => {
    const text = "waivers: [{ code: fsx/export-paths-relative }]\n";
    const { status, stderr } = await runCli(["check"], {
      cwd: directory({ ...files, "countersign.yaml": text }),
    });
    expect(stderr).toContain("`reason` is missing");
    expect(status).toBe(2);
  });
});

describe("countersign.yaml with a name that doesn't exist", () => {
  it.each([
    [
      "waivers: [{ code: fsx/export-paths-relativ, reason: long enough to read }]\n",
      "1:19",
      "did you mean `fsx/export-paths-relative`",
    ],
    [
      "waivers: [{ code: schema/enum, reason: long enough to read, expires: 2099-02-30 }]\n",
      "1:70",
      "there is no day",
    ],
    [
      "requests: [{ files: 'x/*.json', operation: fsx:CreateDataRepositoryTsk }]\n",
      "1:44",
      "fsx:CreateDataRepositoryTask",
    ],
    [
      "rules: { storagegateway/force-remove-justified: { params: { pattern: '(a' } } }\n",
      "1:70",
      "regular expression",
    ],
    [
      "rules: { storagegateway/force-remove-justified: { params: { minLength: -5 } } }\n",
      "1:72",
      "0 or more",
    ],
  ])("is refused with a suggestion: %j", async (text, place, words) => {
    const { status, stderr } = await runCli(["check"], {
      cwd: directory({ "a.yaml": EXPORT, "countersign.yaml": text }),
    });
    expect(stderr).toContain(`countersign.yaml:${place}`);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });

  it("causes a warning for a waiver that waives nothing", async () => {
    const text = "waivers: [{ code: schema/enum, reason: long enough to read }]\n";
    const { stderr } = await runCli(["check"], {
      cwd: directory({ "a.yaml": EXPORT, "countersign.yaml": text }),
    });
    expect(stderr).toContain(
      "warning: this waiver of `schema/enum` waived nothing\n --> countersign.yaml:1:11",
    );
  });
});

describe("a schema fault", () => {
  const report = (more: string) => `operation: storagegateway:StartCacheReport
request:
  FileShareARN: ${SHARE("1A2B3C4D")}
  Role: arn:aws-cn:iam::123456789012:role/Writer
  LocationARN: arn:aws:s3:::cache-reports
  BucketRegion: eu-west-1
  InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }]
${more}`;

  it.each([
    ["  ClientToken: weekly-report\n  Foo: 1\n", "failed common/arn-partition-consistent"],
    ["  ClientToken: ''\n", "failed common/arn-partition-consistent"],
    [
      "  ClientToken: weekly-report\n  Tags: [{ Key: k, Value: a }, { Key: k, Value: b, Foo: 1 }]\n",
      "failed common/tag-keys-unique",
    ],
  ])("doesn't silence a rule about another member: %j", async (more, code) => {
    expect((await check({ "a.yaml": report(more) })).codes).toContain(code);
  });

  it("in the context is reported once, and the record counts as missing", async () => {
    const wrong = `${report("  ClientToken: weekly-report\n")}context:\n  gateway: { rootDiskFreeGiB: "20" }\n`;
    const { found } = await check({ "a.yaml": wrong });
    expect(found.filter(({ code }) => code === "document/envelope")).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain("can't be evaluated");
  });
});

describe("rules about paths", () => {
  const task = (type: string, path: string) =>
    EXPORT.replace("EXPORT_TO_REPOSITORY", type).replace("/mnt/fsx/path1", JSON.stringify(path));

  it.each([
    ["EXPORT_TO_REPOSITORY", " /mnt/path1"],
    ["EXPORT_TO_REPOSITORY", "s3a://b/c"],
    ["EXPORT_TO_REPOSITORY", "arn:aws:s3:::b/c"],
    ["RELEASE_DATA_FROM_FILESYSTEM", " s3://b"],
    ["IMPORT_METADATA_FROM_REPOSITORY", "S3://bucket/p"],
  ])("fail %s of %j", async (type, path) => {
    expect((await check({ "a.yaml": task(type, path) })).outcome).toBe("fail");
  });

  it.each([
    ["s3://b/exp/x", []],
    ["s3://b/exp", []],
    ["s3://b/export/x", ["failed fsx/report-path-linked"]],
    ["s3://b//exp/x", ["failed fsx/report-path-linked"]],
    ["s3://b/./exp/x", ["failed fsx/report-path-linked"]],
  ])("compare a report at %s with the link s3://b/exp", async (path, expected) => {
    const text = EXPORT.replace("/mnt/fsx/path1", "path1").replace(
      "{ Enabled: false }",
      `{ Enabled: true, Path: "${path}", Format: REPORT_CSV_20191124, Scope: FAILED_FILES_ONLY }`,
    );
    const context = {
      ...CONTEXT,
      "context/links.json": CONTEXT["context/links.json"].replace("s3://b", "s3://b/exp"),
    };
    expect((await check({ "a.yaml": text, ...context }, ["--context", "context", "a.yaml"])).codes).toEqual(
      expected,
    );
  });

  it("finish on paths of thousands of segments", async () => {
    const Paths = Array.from({ length: 100 }, (_, index) => "a/".repeat(2000) + index);
    const request = {
      Type: "EXPORT_TO_REPOSITORY",
      FileSystemId: "fs-0123456789abcdef0",
      Report: { Enabled: false },
      Paths,
    };
    const text = JSON.stringify({ operation: "fsx:CreateDataRepositoryTask", request });
    expect((await check({ "a.json": text })).codes).not.toContain("undecided fsx/paths-distinct");
  });
});

describe("check --rules", () => {
  const rule = (assert: string) => `operation: fsx:CreateDataRepositoryTask
source: https://example.com/handbook
rules:
  - id: mine/few-paths
    severity: error
    at: /Paths
    when: has(request.Paths)
    assert: ${assert}
    message: more than two paths
    examples:
      pass: [{ request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false }, Paths: [a] } }]
      fail: [{ request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false }, Paths: [a, b, c] } }]
`;
  const request = EXPORT.replace("[/mnt/fsx/path1]", "[a, b, c]");

  it("evaluates the user's rules as it does the built-in ones", async () => {
    const files = { "a.yaml": request, "pack/few.yaml": rule("size(request.Paths) <= 2"), ...CONTEXT };
    expect((await check(files, ["--rules", "pack", "--context", "context", "a.yaml"])).codes).toEqual([
      "failed mine/few-paths",
    ]);
    const config = { ...files, "countersign.yaml": "rulePacks: [pack]\ncontext: [context]\n" };
    expect((await check(config, ["a.yaml"])).codes).toEqual(["failed mine/few-paths"]);
  });

  it.each([
    ["size(request.Pahts) <= 2", "pack/few.yaml:8:26", "`Paths`"],
    ["size(request.Paths)", "pack/few.yaml:8:13", "is a condition"],
    ["request.Type != 'EXPORT'", "pack/few.yaml:8:29", "EXPORT_TO_REPOSITORY"],
  ])(
    "exits 2, with the position of the fault, before it checks a request with the assertion %s",
    async (assert, place, words) => {
      const cwd = directory({ "a.yaml": request, "pack/few.yaml": rule(assert) });
      const { status, stdout, stderr } = await runCli(["check", "a.yaml", "--rules", "pack"], { cwd });
      expect(stderr).toContain(place);
      expect(stderr).toContain(words);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    },
  );

  it("evaluates rules whose examples `rules test` runs", async () => {
    const good = directory({ "pack/few.yaml": rule("size(request.Paths) <= 2") });
    expect(await runCli(["rules", "test", "pack"], { cwd: good })).toMatchObject({
      status: 0,
      stdout: "1 rule, 2 examples: all came out as they say\n",
    });
    const bad = await runCli(["rules", "test", "pack"], {
      cwd: directory({ "pack/few.yaml": rule("size(request.Paths) <= 3") }),
    });
    expect(bad.status).toBe(1);
    expect(bad.stdout).toContain(
      "pack/few.yaml:12:14: `mine/few-paths`: this example is to fail, but it passes",
    );
    expect(await runCli(["rules", "test", "nowhere"], { cwd: good })).toMatchObject({
      status: 2,
      stdout: "",
    });
  });
});

describe("the built-in rules", () => {
  it("pass their examples", async () => {
    expect(await runCli(["rules", "test"])).toMatchObject({ status: 0 });
  });

  it("are listed, shown and explained", async () => {
    expect((await runCli(["rules", "list"])).stdout).toContain("fsx/report-path-linked");
    const { stdout } = await runCli(["rules", "show", "fsx/report-path-linked"]);
    expect(stdout).toContain("Fails:");
    expect((await runCli(["explain", "fsx/report-path-linked"])).stdout).toBe(stdout);
    expect((await runCli(["rules", "show", "fsx/report-path-linkd"])).stderr).toContain(
      "did you mean `fsx/report-path-linked`",
    );
  });
});

describe("countersign init", () => {
  it("writes a configuration that changes nothing, and never overwrites one", async () => {
    const cwd = directory({ "a.yaml": evict("1A2B3C4D") });
    expect((await runCli(["init"], { cwd })).status).toBe(0);
    expect(await runCli(["check"], { cwd })).toMatchObject({ status: 0, stderr: "" });
    expect(await runCli(["init"], { cwd })).toMatchObject({ status: 2, stdout: "" });
  });
});
