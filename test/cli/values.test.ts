import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "./run.ts";

const FS = "fs-0123456789abcdef0";
const SCRIPT = (system: string, more = ""): string =>
  `#!/bin/sh\n${more}aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id ${system} --report Enabled=false\n`;
const RULES_OFF = "rules: { iam/undecided: off }\n";

interface Found {
  code: string;
  status: string;
  message: string;
  pointer?: string;
  values?: string;
  missing?: { kind: string; name: string }[];
}

/** What a check says of these files. */
async function check(files: Record<string, string>, ...args: string[]) {
  const cwd = directory({ "countersign.yaml": RULES_OFF, ...files });
  const ran = await runCli(["check", "--format", "json", ...args], { cwd });
  return { ...ran, ...(reportOf(ran) as { diagnostics: Found[]; requests: { values?: string }[] }) };
}

const namesMissing = (diagnostics: readonly Found[]): string[] => [
  ...new Set(
    diagnostics
      .flatMap(({ missing = [] }) => missing)
      .flatMap(({ kind, name }) => (kind === "value" ? [name] : [])),
  ),
];
const listSchemaFaults = (diagnostics: readonly Found[]): string[] =>
  diagnostics
    .filter(({ code }) => code.startsWith("schema/"))
    .map(({ code, pointer, status }) => `${status} ${code} ${pointer}`);

describe("check --values", () => {
  it.each([
    ["a variable of a script", { "a.sh": SCRIPT('"$FS"') }, `FS: ${FS}`],
    ["a variable with a default", { "a.sh": SCRIPT('"${FS:-fs-none}"') }, `FS: ${FS}`],
    ["an expression of a workflow", { "a.sh": SCRIPT('"${{ vars.FS }}"') }, `vars: { FS: ${FS} }`],
    ["a dotted name", { "a.sh": SCRIPT('"${{ vars.FS }}"') }, `vars.FS: ${FS}`],
    [
      "a placeholder of a document",
      {
        "a.yaml":
          "operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: <file-system>, Report: { Enabled: false } }\n",
      },
      `file-system: ${FS}`,
    ],
  ])("fills %s", async (_, files, values) => {
    const before = await check(files);
    expect(namesMissing(before.diagnostics)).toHaveLength(1);
    const { diagnostics } = await check({ ...files, "v.yaml": values }, "--values", "v.yaml");
    expect(namesMissing(diagnostics)).toEqual([]);
    expect(listSchemaFaults(diagnostics)).toEqual([]);
  });

  it.each([
    ["whole", "${OP}", "OP: fsx:CreateDataRepositoryTask"],
    ["in part", "fsx:${OP}", "OP: CreateDataRepositoryTask"],
  ])("fills the operation of an envelope, %s", async (_, operation, values) => {
    const files = {
      "a.yaml": `operation: ${operation}\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: ${FS}, Report: { Enabld: false } }\n`,
    };
    const before = await check(files);
    expect(namesMissing(before.diagnostics)).toHaveLength(1);
    const { diagnostics, requests } = await check({ ...files, "v.yaml": values }, "--values", "v.yaml");
    expect(requests).toMatchObject([{ operation: "fsx:CreateDataRepositoryTask" }]);
    expect(listSchemaFaults(diagnostics)).toContain("failed schema/unknown-field /Report/Enabld");
    expect(namesMissing(diagnostics)).toEqual([]);
  });

  it("says which names of values no placeholder has, with the nearest one", async () => {
    const { stderr } = await check(
      {
        "a.sh": SCRIPT('"${{ vars.FILE_SYSTEM }}"'),
        "v.yaml": `vars: { FILESYSTEM: ${FS}, OTHER_THING: x }\nzzz: 1\n`,
      },
      "--values",
      "v.yaml",
    );
    expect(stderr).toBe(
      "note: no placeholder has the name `vars.FILESYSTEM`, for which a value is given: did you mean `vars.FILE_SYSTEM`?\n" +
        "note: no placeholder has one of the names `vars.OTHER_THING` or `zzz`, for which values are given\n",
    );
  });

  it("says nothing of names that some set or file needs, or of values in a list", async () => {
    const { stderr } = await check(
      {
        "a.sh": SCRIPT('"$FS"'),
        "v.yaml": `FS: ${FS}`,
        "w.json": `[{"ParameterKey":"FS","ParameterValue":"${FS}"}]`,
      },
      "--values",
      "a=v.yaml",
      "--values",
      "b=w.json",
    );
    expect(stderr).toBe("");
  });

  it("checks what it fills in", async () => {
    const { status, diagnostics } = await check(
      { "a.sh": SCRIPT("$FS"), "v.json": '{"FS": "vol-0123456789abcde"}' },
      "--values",
      "v.json",
    );
    expect(status).toBe(1);
    expect(listSchemaFaults(diagnostics)).toEqual(["failed schema/pattern /FileSystemId"]);
  });

  it.each([
    ["its own names", "VpcEndpointDNSName", []],
    ["the API's names", "VPCEndpointDNSName", ["failed schema/unknown-field /VPCEndpointDNSName"]],
  ])("reads the arguments of a state machine's task in %s", async (_, member, faults) => {
    const flow = {
      QueryLanguage: "JSONata",
      StartAt: "A",
      States: {
        A: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:storagegateway:startCacheReport",
          Arguments: "{% $states.input %}",
          End: true,
        },
      },
    };
    const payload = {
      FileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D",
      Role: "arn:aws:iam::123456789012:role/CacheReportWriter",
      LocationARN: "arn:aws:s3:::cache-reports",
      BucketRegion: "eu-west-1",
      [member]: "vpce-0123456789abcdef0-abcdefgh.s3.eu-west-1.vpce.amazonaws.com",
      InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
      ClientToken: "weekly-report-31",
    };
    const values = JSON.stringify({ "$states.input": payload });
    const { diagnostics } = await check(
      { "a.asl.json": JSON.stringify(flow), "v.json": values },
      "--values",
      "v.json",
    );
    expect(listSchemaFaults(diagnostics)).toEqual(faults);
  });

  it("leaves what has no value undecided", async () => {
    const { diagnostics } = await check({ "a.sh": SCRIPT("$FS"), "v.yaml": "fs: x" }, "--values", "v.yaml");
    expect(namesMissing(diagnostics)).toEqual(["$FS"]);
  });

  it("does not take a variable's value for what an expansion makes of it", async () => {
    const { diagnostics } = await check(
      { "a.sh": SCRIPT("${FS%/}"), "v.yaml": `FS: ${FS}` },
      "--values",
      "v.yaml",
    );
    expect(namesMissing(diagnostics)).toEqual(["${FS%/}"]);
  });

  it("keeps the zeros of an account", async () => {
    const request =
      "operation: storagegateway:EvictFilesFailingUpload\nrequest: { FileShareARN: 'arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/share-1A2B3C4D' }\n";
    const { diagnostics } = await check(
      { "a.yaml": request, "v.yaml": "ACCOUNT: 012345678901" },
      "--values",
      "v.yaml",
    );
    expect(listSchemaFaults(diagnostics)).toEqual([]);
    expect(namesMissing(diagnostics)).toEqual([]);
  });

  it("merges files without a name, and the later wins", async () => {
    const files = { "a.sh": SCRIPT("$FS"), "one.yaml": "FS: vol-0123456789abcde", "two.yaml": `FS: ${FS}` };
    const right = await check(files, "--values", "one.yaml", "--values", "two.yaml");
    expect(listSchemaFaults(right.diagnostics)).toEqual([]);
    const wrong = await check(files, "--values", "two.yaml", "--values", "one.yaml");
    expect(wrong.status).toBe(1);
  });

  it("checks once with each named set, and names it", async () => {
    const files = { "a.sh": SCRIPT("$FS"), "one.yaml": "FS: vol-0123456789abcde", "two.yaml": `FS: ${FS}` };
    const { status, requests, diagnostics } = await check(
      files,
      "--values",
      "test=one.yaml",
      "--values",
      "live=two.yaml",
    );
    expect(status).toBe(1);
    expect(requests.map(({ values }) => values)).toEqual(["test", "live"]);
    const failed = diagnostics.filter((found) => found.status === "failed");
    expect(failed.map(({ code, values }) => `${code} ${values}`)).toEqual(["schema/pattern test"]);
    expect(failed[0]!.message).toContain("with the values `test`");
  });

  it("takes the parameters that CloudFormation's commands take", async () => {
    const template = `Resources:\n  S:\n    Type: AWS::Scheduler::Schedule\n    Properties:\n      ScheduleExpression: rate(1 day)\n      FlexibleTimeWindow: { Mode: "OFF" }\n      Target:\n        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask\n        RoleArn: arn:aws:iam::123456789012:role/r\n        Input: !Sub '{"Type":"EXPORT_TO_REPOSITORY","FileSystemId":"\${FileSystem}","Report":{"Enabled":false}}'\n`;
    const parameters = JSON.stringify([
      { ParameterKey: "FileSystem", ParameterValue: "vol-0123456789abcde" },
    ]);
    const { diagnostics } = await check({ "t.yaml": template, "p.json": parameters }, "--values", "p.json");
    expect(listSchemaFaults(diagnostics)).toEqual(["failed schema/pattern /FileSystemId"]);
  });

  it.each([
    ["no mapping", "- a\n", "v.yaml:1:1", "these are no values"],
    ["two documents", "a: b\n---\nc: d\n", "v.yaml:3:1", "here begins another"],
    ["a syntax error", "a: [\n", "v.yaml", "error"],
  ])("refuses %s", async (_, text, place, message) => {
    const cwd = directory({ "a.sh": SCRIPT("$FS"), "v.yaml": text });
    const ran = await runCli(["check", "--values", "v.yaml"], { cwd });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(place);
    expect(ran.stderr).toContain(message);
  });
});

describe("values in the configuration", () => {
  it("names a file, or the files of sets", async () => {
    const files = { "a.sh": SCRIPT("$FS"), "v.yaml": "FS: vol-0123456789abcde", "w.yaml": `FS: ${FS}` };
    const one = await check({ ...files, "countersign.yaml": `${RULES_OFF}values: w.yaml\n` });
    expect(namesMissing(one.diagnostics)).toEqual([]);
    const two = await check({
      ...files,
      "countersign.yaml": `${RULES_OFF}values: { a: v.yaml, b: w.yaml }\n`,
    });
    expect(two.requests.map(({ values }) => values)).toEqual(["a", "b"]);
  });

  it.each(["3", "[a.yaml]", "{ a: 3 }", '""'])("refuses %s", async (values) => {
    const cwd = directory({ "a.sh": SCRIPT("x"), "countersign.yaml": `values: ${values}\n` });
    const ran = await runCli(["check"], { cwd });
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr).toContain("names no file");
  });
});

describe("the report on what is missing", () => {
  it("suggests commands with the options of the check", async () => {
    const cwd = directory({ "a.sh": SCRIPT("$FS"), "v.yaml": `FS: ${FS}` });
    const options = ["--no-config", "--values", "v.yaml", "--assume-defaults", "a.sh"];
    const { stdout } = await runCli(["check", ...options], { cwd });
    expect(stdout).toContain(`\`countersign context pull ${options.join(" ")}\``);
    expect(stdout).toContain(`\`countersign check ${options.join(" ")} --context context\``);
  });
});

describe("check --assume-defaults", () => {
  it("takes the default of a script's variable only if it is asked to", async () => {
    const files = { "a.sh": SCRIPT("${FS:-vol-0123456789abcde}") };
    expect(listSchemaFaults((await check(files)).diagnostics)).toEqual([
      "undecided schema/pattern /FileSystemId",
    ]);
    const { diagnostics } = await check(files, "--assume-defaults");
    expect(listSchemaFaults(diagnostics)).toEqual(["failed schema/pattern /FileSystemId"]);
  });

  it("prefers a value to the default", async () => {
    const files = { "a.sh": SCRIPT("${FS:-vol-0123456789abcde}"), "v.yaml": `FS: ${FS}` };
    const { diagnostics } = await check(files, "--assume-defaults", "--values", "v.yaml");
    expect(listSchemaFaults(diagnostics)).toEqual([]);
  });
});
