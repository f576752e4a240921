import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";
import type { StandInAnswer } from "./stand-in.ts";
import { createStandIn } from "./stand-in.ts";

const ACCOUNT = "123456789012";
const FS = "fs-0123456789abcdef0";
const SHARE = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/share-1A2B3C4D`;
const GATEWAY = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/sgw-12A3456B`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Reports`;

const exporting = (system = FS): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: "${system}", Paths: [data/x], Report: { Enabled: false } }\n`;
const FORCED = `operation: storagegateway:EvictFilesFailingUpload\njustification: the files were verified in the source system\nrequest: { FileShareARN: "${SHARE}", ForceRemove: true }\n`;
const REPORT = `operation: storagegateway:StartCacheReport\nrequest: { FileShareARN: "${SHARE}", Role: "${ROLE}", LocationARN: "arn:aws:s3:::reports/x/", BucketRegion: eu-west-1, ClientToken: token-0001, InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }] }\n`;

const refuse = (code: string, message = "no"): Pick<StandInAnswer, "error"> => ({ error: { code, message } });
const IDENTITY: StandInAnswer = {
  when: /^sts /,
  output: { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me`, UserId: "AIDA" },
};
const WORLD: readonly StandInAnswer[] = [
  IDENTITY,
  { when: /nfs-file-shares/, ...refuse("InvalidGatewayRequestException") },
  {
    when: /smb-file-shares/,
    output: {
      SMBFileShareInfoList: [{ FileShareARN: SHARE, GatewayARN: GATEWAY, LocationARN: "arn:aws:s3:::media" }],
    },
  },
  { when: /describe-gateway/, output: { GatewayARN: GATEWAY, GatewayState: "RUNNING" } },
  { when: /list-cache-reports/, output: { CacheReportList: [] } },
  { when: /describe-file-systems/, output: { FileSystems: [{ FileSystemId: FS, Lifecycle: "AVAILABLE" }] } },
  {
    when: /associations.*--next-token abc/,
    output: { Associations: [association("dra-0123456789abcdef1", "/b")] },
  },
  {
    when: /associations/,
    output: { Associations: [association("dra-0123456789abcdef0", "/data")], NextToken: "abc" },
  },
  { when: /repository-tasks/, output: { DataRepositoryTasks: [] } },
];

function association(id: string, path: string) {
  return {
    AssociationId: id,
    FileSystemId: FS,
    FileSystemPath: path,
    DataRepositoryPath: "s3://lab/x",
    Lifecycle: "AVAILABLE",
  };
}

/** A directory with files, and `context pull` in it with a stand-in for the AWS CLI. */
async function pull(files: Record<string, string>, answers: readonly StandInAnswer[], ...args: string[]) {
  const cwd = directory(files);
  const standIn = createStandIn(directory({}), answers);
  const env = { PATH: `${standIn.path}:${process.env.PATH}`, AWS_REGION: "eu-west-1" };
  const ran = await runCli(["context", "pull", ...args], { cwd, env });
  const readFile = (name: string) => JSON.parse(readFileSync(join(cwd, "context", name), "utf8"));
  const listFiles = (): string[] =>
    existsSync(join(cwd, "context")) ? readdirSync(join(cwd, "context")).sort() : [];
  return { cwd, ...ran, calls: standIn.listCalls(), readFile, listFiles };
}

describe("context pull", () => {
  it("reads what the checks of a file system wait for, and joins pages", async () => {
    const { status, stdout, readFile, cwd } = await pull({ "a.yaml": exporting() }, WORLD);
    expect(stdout).toContain(`reading as \`arn:aws:iam::${ACCOUNT}:user/me\``);
    expect(status).toBe(0);
    const { Associations, pulled } = readFile(`associations-${FS}.json`);
    expect(Associations.map(({ FileSystemPath }: { FileSystemPath: string }) => FileSystemPath)).toEqual([
      "/data",
      "/b",
    ]);
    expect(pulled).toMatchObject({ of: FS, asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
    const after = reportOf(await runCli(["check", "--context", "context", "--format", "json"], { cwd }));
    expect(after.summary.facts).toBe(0);
    expect(after.asOf).toHaveLength(3);
  });

  it("finds the gateway of an SMB share by the share", async () => {
    const { calls, listFiles } = await pull({ "a.yaml": REPORT }, WORLD);
    expect(listFiles()).toContain("gateway-sgw-12A3456B.json");
    expect(calls).toContain(
      `storagegateway describe-gateway-information --region eu-west-1 --gateway-arn ${GATEWAY} --output json`,
    );
  });

  it("reads the policies of roles through the AWS CLI", async () => {
    const trust = { Version: "2012-10-17", Statement: [] };
    const role = {
      Path: "/",
      RoleName: "Reports",
      RoleId: "AROA",
      Arn: ROLE,
      CreateDate: "2024-01-01T00:00:00+00:00",
      AssumeRolePolicyDocument: trust,
    };
    const policy = {
      RoleName: "Reports",
      PolicyName: "p",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
      },
    };
    const { readFile } = await pull({ "a.yaml": REPORT }, [
      ...WORLD,
      { when: /iam get-role --role-name Reports/, output: { Role: role } },
      { when: /list-role-policies/, output: { PolicyNames: ["p"] } },
      { when: /get-role-policy --role-name Reports --policy-name p/, output: policy },
      { when: /list-attached-role-policies/, output: { AttachedPolicies: [] } },
    ]);
    expect(readFile("iam.json").RoleDetailList).toMatchObject([
      { Arn: ROLE, AssumeRolePolicyDocument: trust, RolePolicyList: [{ PolicyName: "p" }] },
    ]);
  });

  it("says what it may not read, and reads the rest", async () => {
    const answers = WORLD.filter(({ when }) => !when.test("repository-tasks"));
    const denied = {
      when: /repository-tasks/,
      ...refuse("AccessDeniedException", "not\u001b[31m authorized"),
    };
    const { status, stdout, listFiles } = await pull({ "a.yaml": exporting() }, [...answers, denied]);
    expect(status).toBe(1);
    expect(stdout).toContain(`not read: the tasks of \`${FS}\`: AWS answers \`AccessDeniedException\``);
    expect(stdout).not.toContain("\u001b");
    expect(listFiles()).toEqual([`associations-${FS}.json`, `file-system-${FS}.json`]);
  });

  it("asks for no lists of a file system that isn't found: empty ones would look like facts", async () => {
    const answers = [{ when: /describe-file-systems/, ...refuse("FileSystemNotFound") }, ...WORLD];
    const { status, calls, listFiles } = await pull({ "a.yaml": exporting() }, answers);
    expect(status).toBe(1);
    expect(calls.filter((call) => call.startsWith("fsx"))).toHaveLength(1);
    expect(listFiles()).toEqual([]);
  });

  it("asks nothing about a share of another account", async () => {
    const other = {
      when: /^sts /,
      output: { Account: "210987654321", Arn: "arn:aws:iam::210987654321:user/me" },
    };
    const { status, stdout, calls } = await pull({ "a.yaml": FORCED }, [other, ...WORLD]);
    expect(status).toBe(1);
    expect(stdout).toContain(`it is in the account ${ACCOUNT}, and the credentials are of 210987654321`);
    expect(calls).toHaveLength(1);
  });

  it("goes on where AWS answers nothing of who calls", async () => {
    const { status, stdout } = await pull({ "a.yaml": exporting() }, [
      { when: /^sts /, output: {} },
      ...WORLD,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain("whose credentials these are is not known");
  });

  it("goes on where AWS refuses to say who calls", async () => {
    const { status, stdout } = await pull({ "a.yaml": exporting() }, [
      { when: /^sts /, ...refuse("AccessDenied") },
      ...WORLD,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain("whose credentials these are is not known");
  });

  it("tries again what is throttled", async () => {
    const throttled = { when: /describe-file-systems/, ...refuse("ThrottlingException"), times: 1 };
    const { status, calls } = await pull({ "a.yaml": exporting() }, [throttled, ...WORLD]);
    expect(status).toBe(0);
    expect(calls.filter((call) => call.includes("describe-file-systems"))).toHaveLength(2);
  });

  it.each([
    [
      "no credentials",
      '\nUnable to locate credentials. You can configure credentials by running "aws configure".',
      "set AWS_PROFILE",
    ],
    [
      "no Region",
      '\nYou must specify a region. You can also configure your region by running "aws configure".',
      "--region",
    ],
  ])("ends with a word about %s", async (_, says, help) => {
    const region = says.includes("region");
    const answers = region ? [IDENTITY, { when: /./, says }] : [{ when: /./, says }];
    const { status, stdout, stderr } = await pull({ "a.yaml": exporting() }, answers);
    expect(status).toBe(region ? 1 : 2);
    expect(stdout + stderr).toContain(help);
  });

  it("ends with a word where there is no AWS CLI, and runs none from a relative directory of PATH", async () => {
    const cwd = directory({ "a.yaml": exporting() });
    createStandIn(cwd, WORLD);
    const ran = await runCli(["context", "pull"], { cwd, env: { PATH: "bin::." } });
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr).toContain("there is no `aws` in PATH");
  });

  it("writes for the owner's eyes only, and proposes to ignore the directory", async () => {
    const { cwd, stdout } = await pull({ "a.yaml": exporting() }, WORLD);
    expect(statSync(join(cwd, "context", `file-system-${FS}.json`)).mode & 0o777).toBe(0o600);
    expect(stdout).toContain("add `context/` to .gitignore");
  });

  it("proposes nothing where git ignores the directory, by whatever line", async () => {
    const files = { "a.yaml": exporting(), ".gitignore": "/con*xt/\n" };
    const cwd = directory(files);
    spawnSync("git", ["init", "-q"], { cwd });
    const standIn = createStandIn(directory({}), WORLD);
    const env = { PATH: `${standIn.path}:${process.env.PATH}`, AWS_REGION: "eu-west-1" };
    const { stdout } = await runCli(["context", "pull"], { cwd, env });
    expect(stdout).not.toContain(".gitignore");
  });

  it("replaces a link in its directory, and writes into no directory that is one", async () => {
    const outside = directory({ "secret.json": "keep" });
    const cwd = directory({ "a.yaml": exporting(), "context/README": "" });
    const standIn = createStandIn(directory({}), WORLD);
    const env = { PATH: `${standIn.path}:${process.env.PATH}`, AWS_REGION: "eu-west-1" };
    symlinkSync(join(outside, "secret.json"), join(cwd, "context", `file-system-${FS}.json`));
    symlinkSync(join(outside, "secret.json"), join(cwd, "context", `.tasks-${FS}.json.countersign-part`));
    expect((await runCli(["context", "pull"], { cwd, env })).status).toBe(0);
    expect(readFileSync(join(outside, "secret.json"), "utf8")).toBe("keep");
    symlinkSync(outside, join(cwd, "linked"));
    const linked = await runCli(["context", "pull", "--out", "linked"], { cwd, env });
    expect(linked).toMatchObject({ status: 2 });
    expect(linked.stderr).toContain("`linked` can't be written: it is a link");
    expect(readdirSync(outside)).toEqual(["secret.json"]);
  });

  it("names the next command with the context and the values that were given", async () => {
    const files = {
      "a.yaml": exporting(`$\{FS}`),
      "v.yaml": `FS: ${FS}\n`,
      "known.yaml": "mountPoints: {}\n",
    };
    const given = ["a.yaml", "--values", "v.yaml", "--context", "known.yaml"];
    const { stdout } = await pull(files, WORLD, ...given);
    expect(stdout).toContain(
      "next: countersign check a.yaml --context known.yaml --context context --values v.yaml\n",
    );
  });

  it("reads again what it read before", async () => {
    const { cwd } = await pull({ "a.yaml": exporting() }, WORLD);
    const closing = {
      when: /describe-file-systems/,
      output: { FileSystems: [{ FileSystemId: FS, Lifecycle: "DELETING" }] },
    };
    const standIn = createStandIn(directory({}), [closing, ...WORLD]);
    const env = { PATH: `${standIn.path}:${process.env.PATH}` };
    expect((await runCli(["context", "pull"], { cwd, env })).status).toBe(0);
    expect(readFileSync(join(cwd, "context", `file-system-${FS}.json`), "utf8")).toContain("DELETING");
  });

  it("passes profile and Region on, and keeps the Region of an ARN", async () => {
    const { calls } = await pull(
      { "a.yaml": exporting(), "b.yaml": FORCED },
      WORLD,
      "--profile",
      "audit",
      "--region",
      "us-east-2",
    );
    expect(calls).toContain(
      `fsx describe-file-systems --file-system-ids ${FS} --profile audit --region us-east-2 --output json`,
    );
    expect(
      calls
        .filter((call) => call.startsWith("storagegateway"))
        .every((call) => call.includes("--region eu-west-1")),
    ).toBe(true);
  });

  it.each(["--endpoint-url=http://evil", "fs-0123456789abcdef0;id", "file:///etc/passwd", "$(id)"])(
    "lets no other text than an id into a command: %s",
    async (system) => {
      const { calls } = await pull({ "a.yaml": exporting(system) }, WORLD);
      expect(calls).toEqual([]);
    },
  );

  it("knows an empty list of one file system for that one only", async () => {
    const other = "fs-0fedcba9876543210";
    const empty = { when: new RegExp(`associations.*${FS}`), output: { Associations: [] } };
    const denied = { when: new RegExp(`associations.*${other}`), ...refuse("AccessDenied") };
    const both = {
      when: new RegExp(`file-systems.*${other}`),
      output: { FileSystems: [{ FileSystemId: other, Lifecycle: "AVAILABLE" }] },
    };
    const { cwd } = await pull({ "a.yaml": exporting(), "b.yaml": exporting(other) }, [
      empty,
      denied,
      both,
      ...WORLD,
    ]);
    const { diagnostics } = reportOf(
      await runCli(["check", "--context", "context", "--format", "json"], { cwd }),
    );
    const linked = diagnostics.filter(({ code }: { code: string }) => code === "fsx/data-repository-linked");
    expect(linked.map(({ file, status }: Record<string, string>) => `${file} ${status}`)).toEqual([
      "a.yaml failed",
      "b.yaml undecided",
    ]);
  });
});
