import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";
import { account, encoded } from "../live/account.ts";
import type { World } from "./aws-server.ts";
import { Refusal, serveAws } from "./aws-server.ts";

const ACCOUNT = "123456789012";
const FS = "fs-0123456789abcdef0";
const SHARE = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/share-1A2B3C4D`;
const GATEWAY = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/sgw-12A3456B`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/storage/Reports`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-0000-0000-0000-0a1b2c3d4e5f`;
const BUCKET_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: ROLE }, Action: "s3:*", Resource: "arn:aws:s3:::cache-reports/*" },
  ],
});
const KEY_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: ROLE }, Action: "kms:*", Resource: "*" }],
});

const FILES = {
  "export.yaml": `operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT_TO_REPOSITORY, FileSystemId: ${FS}, Paths: [data/x], Report: { Enabled: false } }\n`,
  "report.yaml": `operation: storagegateway:StartCacheReport\nrequest: { FileShareARN: "${SHARE}", Role: "${ROLE}", LocationARN: "arn:aws:s3:::cache-reports/x/", BucketRegion: eu-west-1, ClientToken: token-0001, InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }] }\n`,
};

const iam = account({ arn: ROLE, inline: { write: encoded({ Version: "2012-10-17", Statement: [] }) } });
/** Answers of IAM come from the handlers that the tests of `iam fetch` use, as bodies of XML. */
const WORLD: World = {
  GetCallerIdentity: () => ({ Arn: `arn:aws:iam::${ACCOUNT}:user/me`, UserId: "AIDA", Account: ACCOUNT }),
  DescribeNFSFileShares: () => new Refusal("InvalidGatewayRequestException"),
  DescribeSMBFileShares: () => ({
    SMBFileShareInfoList: [
      {
        FileShareARN: SHARE,
        GatewayARN: GATEWAY,
        LocationARN: "arn:aws:s3:::media",
        FileShareStatus: "AVAILABLE",
      },
    ],
  }),
  ListFileShares: () => ({ FileShareInfoList: [{ FileShareARN: SHARE, GatewayARN: GATEWAY }] }),
  DescribeGatewayInformation: () => ({
    GatewayARN: GATEWAY,
    GatewayState: "RUNNING",
    GatewayType: "FILE_S3",
  }),
  ListCacheReports: ({ Marker }) =>
    Marker === undefined ? { CacheReportList: [], Marker: "more" } : { CacheReportList: [] },
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
  HeadBucket: ({ owner }) =>
    owner === undefined || owner === ACCOUNT
      ? { "x-amz-bucket-region": "eu-west-1" }
      : new Refusal("AccessDenied", 403),
  GetBucketPolicy: () => BUCKET_POLICY,
  GetBucketEncryption: () =>
    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/reports</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
  DescribeKey: () => ({ KeyMetadata: { KeyId: KEY.split("/")[1], Arn: KEY } }),
  GetKeyPolicy: () => ({ Policy: KEY_POLICY, PolicyName: "default" }),
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
  const server = await serveAws({ ...IAM, ...world });
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
  const check = async () =>
    reportOf(await runCli(["check", "--context", "context", "--format", "json"], { cwd }));
  return { server, cwd, env, readContext, check };
}

/** What the handlers of IAM answer, in the form that this server takes. */
const IAM: World = Object.fromEntries(
  Object.entries(iam).map(([action, handler]) => [
    action,
    (input, asked) => handler(new URLSearchParams(input as Record<string, string>), asked),
  ]),
);

const FACTS = [
  `associations-${FS}.json`,
  "bucket-cache-reports.json",
  `cache-reports-${ACCOUNT}-eu-west-1.json`,
  "file-share-share-1A2B3C4D.json",
  `file-system-${FS}.json`,
  "gateway-sgw-12A3456B.json",
  "iam.json",
  `tasks-${FS}.json`,
];
const BUCKET_FACTS = {
  region: "eu-west-1",
  account: ACCOUNT,
  policy: BUCKET_POLICY,
  kmsKeyArn: KEY,
  kmsKeyPolicy: KEY_POLICY,
};

/** Each command takes a second to start, and many on a busy machine. */
const PATIENCE = { timeout: 900_000 };

describe.skipIf(!hasAwsCli)("context pull with the AWS CLI", PATIENCE, () => {
  it("gathers what the checks wait for", async () => {
    const { cwd, env, readContext, check, server } = await enter(WORLD);
    const { status, stdout, stderr } = await runCli(["context", "pull"], { cwd, env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readdirSync(join(cwd, "context")).sort()).toEqual(FACTS);
    expect(
      readContext(`associations-${FS}.json`).Associations.map(
        ({ FileSystemPath }: { FileSystemPath: string }) => FileSystemPath,
      ),
    ).toEqual(["/data", "/b"]);
    expect(readContext("bucket-cache-reports.json").buckets).toEqual({ "cache-reports": BUCKET_FACTS });
    expect(server.calls).not.toContain("EvictFilesFailingUpload");
    expect(stdout).not.toContain("a-secret");
    const { diagnostics } = await check();
    expect(
      diagnostics.flatMap(({ missing = [] }: { missing?: { name: string }[] }) =>
        missing.map(({ name }) => name),
      ),
    ).toEqual(["context.gateway.rootDiskFreeGiB"]);
  });

  it("says what AWS refuses, and reads the rest", async () => {
    const { cwd, env } = await enter({
      ...WORLD,
      GetCallerIdentity: () => new Refusal("AccessDenied", 403),
      DescribeFileSystems: () => new Refusal("FileSystemNotFound"),
      GetBucketPolicy: () => new Refusal("AccessDenied", 403),
      ListCacheReports: () => new Refusal("ThrottlingException"),
      GetRole: () => new Refusal("NoSuchEntity", 404),
    });
    const { status, stdout } = await runCli(["context", "pull"], { cwd, env });
    expect(status).toBe(1);
    expect(stdout).toContain(`not read: the file system \`${FS}\`: AWS answers \`FileSystemNotFound\``);
    expect(stdout).toContain("AWS answers `ThrottlingException`");
    expect(stdout).toMatch(/not read: the policies of `arn:aws:iam::\d+:role\/storage\/Reports`/);
    expect(stdout).toContain("not read: the bucket `cache-reports`: AWS answers `AccessDenied`");
    expect(readdirSync(join(cwd, "context")).sort()).toEqual([
      "file-share-share-1A2B3C4D.json",
      "gateway-sgw-12A3456B.json",
    ]);
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
    const { stdout } = await runCli(["context", "plan", "report.yaml", "export.yaml"], { cwd });
    const ran = await runScript(stdout.replace(/^aws iam get-account.*\n.*$/m, ""), { cwd, env });
    expect(ran.status).toBe(0);
    expect(readContext(`associations-${FS}.json`).Associations).toHaveLength(2);
    expect(readContext(`tasks-${FS}.json`)).toEqual({ DataRepositoryTasks: [] });
    expect(readContext("bucket-cache-reports.json").buckets).toEqual({ "cache-reports": BUCKET_FACTS });
    expect(readContext("gateway-of-share-1A2B3C4D.json").GatewayState).toBe("RUNNING");
    expect((await runCli(["check", "--context", "context"], { cwd })).status).not.toBe(2);
  });

  it("writes what there isn't as none, and nothing of what is refused", async () => {
    const none = {
      ...WORLD,
      GetBucketPolicy: () => new Refusal("NoSuchBucketPolicy", 404),
      GetBucketEncryption: () =>
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
    };
    const { cwd, env, readContext } = await enter(none);
    const { stdout } = await runCli(["context", "plan", "report.yaml"], { cwd });
    await runScript(stdout, { cwd, env });
    expect(readContext("bucket-cache-reports.json").buckets["cache-reports"]).toMatchObject({ policy: null });
    const refused = await enter({ ...none, GetBucketEncryption: () => new Refusal("AccessDenied", 403) });
    const { stderr } = await runScript(stdout, refused);
    expect(stderr).toContain("AccessDenied");
    expect(readdirSync(join(refused.cwd, "context"))).not.toContain("bucket-cache-reports.json");
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
