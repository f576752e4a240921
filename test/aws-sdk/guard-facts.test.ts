import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as fsxPackage from "@aws-sdk/client-fsx";
import { CreateDataRepositoryTaskCommand, DescribeFileSystemsCommand, FSxClient } from "@aws-sdk/client-fsx";
import {
  EvictFilesFailingUploadCommand,
  StartCacheReportCommand,
  StorageGatewayClient,
} from "@aws-sdk/client-storage-gateway";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ClientGuardOptions } from "../../src/aws-sdk/index.ts";
import { GuardError, guard } from "../../src/aws-sdk/index.ts";
import { directory } from "../cli/run.ts";

const FS = "fs-0123456789abcdef0";
const EXPORT = {
  FileSystemId: FS,
  Type: "EXPORT_TO_REPOSITORY",
  Paths: ["data/x"],
  Report: { Enabled: false },
} as const;
const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const GATEWAY = "arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B";
const REASON = "INC-4242: the 14 files were verified in the source system";

type Answers = Record<string, (input: Record<string, unknown>) => unknown>;

/** What AWS says: an error if it has a `__type`. */
let world: Answers = {};
let calls: string[] = [];
let server: Server;

const HEALTHY: Answers = {
  DescribeFileSystems: () => ({
    FileSystems: [
      { FileSystemId: FS, Lifecycle: "AVAILABLE", FileSystemType: "LUSTRE", CreationTime: 1.7e9 },
    ],
  }),
  DescribeDataRepositoryAssociations: ({ NextToken }) => ({
    Associations: [
      {
        AssociationId: NextToken ? "dra-0123456789abcdef1" : "dra-0123456789abcdef0",
        FileSystemId: FS,
        FileSystemPath: NextToken ? "/data" : "/other",
        DataRepositoryPath: NextToken ? "s3://lab/data" : "s3://lab/other",
        Lifecycle: "AVAILABLE",
      },
    ],
    ...(!NextToken && { NextToken: "more" }),
  }),
  DescribeDataRepositoryTasks: () => ({ DataRepositoryTasks: [] }),
  DescribeNFSFileShares: () => ({
    NFSFileShareInfoList: [{ FileShareARN: SHARE, FileShareStatus: "AVAILABLE", GatewayARN: GATEWAY }],
  }),
  DescribeGatewayInformation: () => ({
    GatewayARN: GATEWAY,
    GatewayType: "FILE_S3",
    GatewayState: "RUNNING",
    CloudWatchLogGroupARN: "arn:aws:logs:eu-west-1:123456789012:log-group:gateway",
  }),
  ListCacheReports: ({ Marker }) => ({
    CacheReportList: Marker
      ? [
          {
            CacheReportARN: `${SHARE}/cache-report/report-ABCD1234ABCD1234`,
            FileShareARN: SHARE,
            CacheReportStatus: "COMPLETED",
            StartTime: Date.now() / 1000 - 600,
            EndTime: Date.now() / 1000 - 300,
            ReportCompletionPercent: 100,
          },
        ]
      : [],
    ...(!Marker && { Marker: "more" }),
  }),
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
    calls.push(operation);
    const answer = (world[operation] ?? (() => ({})))(JSON.parse(Buffer.concat(parts).toString("utf8")));
    const isError = typeof answer === "object" && answer !== null && "__type" in answer;
    response.writeHead(isError ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = [];
  world = { ...HEALTHY };
});

const settings = (region = "eu-west-1") => ({
  region,
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  maxAttempts: 1,
});

const fsx = (options: ClientGuardOptions = { context: "pull" }) => guard(new FSxClient(settings()), options);
const gateway = (options: ClientGuardOptions = { context: "pull" }, region?: string) =>
  guard(new StorageGatewayClient(settings(region)), options);
const exportTask = () => new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: [...EXPORT.Paths] });
const evict = () => new EvictFilesFailingUploadCommand({ FileShareARN: SHARE, ForceRemove: true });

const errorOf = async (sent: Promise<unknown>): Promise<GuardError> => {
  const error = await sent.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GuardError);
  return error as GuardError;
};

describe("guard(client) with `pull`", () => {
  it("reads what a check waits for through the client, and sends what passes", async () => {
    const outcomes: string[] = [];
    await fsx({ context: "pull", onChecked: (_, { outcome }) => outcomes.push(outcome) }).send(exportTask());
    expect(outcomes).toEqual(["pass"]);
    expect(calls).toEqual([
      "DescribeFileSystems",
      "DescribeDataRepositoryAssociations",
      "DescribeDataRepositoryAssociations",
      "DescribeDataRepositoryTasks",
      "CreateDataRepositoryTask",
    ]);
  });

  it("stops what the facts forbid", async () => {
    world.DescribeDataRepositoryTasks = () => ({
      DataRepositoryTasks: [
        {
          TaskId: "task-0123456789abcdef0",
          FileSystemId: FS,
          Type: "EXPORT_TO_REPOSITORY",
          Paths: ["data/x"],
          Lifecycle: "EXECUTING",
          CreationTime: 1.7e9,
        },
      ],
    });
    const { diagnostics } = await errorOf(fsx().send(exportTask()));
    expect(diagnostics.map(({ code }) => code)).toContain("fsx/no-task-executing");
    expect(calls).not.toContain("CreateDataRepositoryTask");
  });

  it("asks nothing for a request that fails anyway", async () => {
    const wrong = new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: ["s3://lab/x"] });
    await errorOf(fsx().send(wrong));
    expect(calls).toEqual([]);
  });

  it("joins pages of reports, and finds the gateway of a share", async () => {
    const outcomes: string[] = [];
    const client = gateway({
      context: "pull",
      justification: REASON,
      onChecked: (_, { outcome }) => outcomes.push(outcome),
    });
    await client.send(evict());
    expect(outcomes).toEqual(["pass"]);
    expect(calls.at(-1)).toBe("EvictFilesFailingUpload");
  });

  it("reads once for calls at the same time, and again after a request was sent", async () => {
    const client = fsx();
    await Promise.all([client.send(exportTask()), client.send(exportTask()), client.send(exportTask())]);
    expect(calls.filter((name) => name === "DescribeFileSystems")).toHaveLength(1);
    await client.send(exportTask());
    expect(calls.filter((name) => name === "DescribeFileSystems")).toHaveLength(2);
  });

  it("leaves undecided what AWS refuses to say, and tells it", async () => {
    world.DescribeFileSystems = () => ({ __type: "AccessDeniedException", message: "not allowed" });
    const told: string[] = [];
    await fsx({
      context: "pull",
      onChecked: (_, { outcome }, { problems }) => told.push(outcome, ...problems),
    }).send(exportTask());
    expect(told[0]).toBe("undecided");
    expect(told.join("\n")).toContain(
      `fileSystem of \`${FS}\`: AWS answers \`AccessDeniedException\`: \`not allowed\``,
    );
    const error = await errorOf(fsx({ context: "pull", strict: true }).send(exportTask()));
    expect(error.message).toContain("not read: fileSystem of");
  });

  it("stops what can lose data if a check stays undecided, unless it is allowed", async () => {
    world.ListCacheReports = () => ({ __type: "InternalServerError", message: "oops" });
    const error = await errorOf(gateway({ context: "pull", justification: REASON }).send(evict()));
    expect(error.message).toMatch(/was not sent, because its check is undecided:/);
    expect(calls).not.toContain("EvictFilesFailingUpload");
    await gateway({ context: "pull", justification: REASON, allowUndecided: true }).send(evict());
    expect(calls).toContain("EvictFilesFailingUpload");
  });

  it("reads what a report waits for, and stops one while another runs", async () => {
    const start = () =>
      new StartCacheReportCommand({
        FileShareARN: SHARE,
        ClientToken: "report-1",
        LocationARN: "arn:aws:s3:::reports/daily/",
        BucketRegion: "eu-west-1",
        Role: "arn:aws:iam::123456789012:role/Reporter",
        InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
      });
    const told: string[] = [];
    const onChecked: ClientGuardOptions["onChecked"] = (_, { outcome }) => told.push(outcome);
    await gateway({ context: "pull", onChecked }).send(start());
    expect(told).not.toContain("fail");
    expect(calls).toContain("DescribeNFSFileShares");
    expect(calls.at(-1)).toBe("StartCacheReport");
    world.ListCacheReports = () => ({
      CacheReportList: [
        {
          CacheReportARN: `${SHARE}/cache-report/report-ABCD1234ABCD1234`,
          FileShareARN: SHARE,
          CacheReportStatus: "IN_PROGRESS",
          StartTime: Date.now() / 1000 - 60,
        },
      ],
    });
    calls = [];
    const error = await errorOf(gateway({ context: "pull" }).send(start()));
    expect(error.diagnostics.map(({ code }) => code)).toContain("storagegateway/one-report-in-progress");
    expect(calls).not.toContain("StartCacheReport");
  });

  it("takes no fact of another Region", async () => {
    const error = await errorOf(
      gateway({ context: "pull", justification: REASON }, "us-east-1").send(evict()),
    );
    expect(error.problems.join("\n")).toContain("it is in `eu-west-1`, and the client is for `us-east-1`");
  });

  it("takes the commands of the package that it is given", async () => {
    const used: string[] = [];
    const commands = new Proxy(fsxPackage as Record<string, unknown>, {
      get: (target, name) => {
        used.push(String(name));
        return target[String(name)];
      },
    });
    await fsx({ context: "pull", commands }).send(exportTask());
    expect(used).toContain("DescribeFileSystemsCommand");
    const error = await errorOf(fsx({ context: "pull", commands: {}, strict: true }).send(exportTask()));
    expect(error.message).toContain("has no `DescribeFileSystemsCommand`");
  });

  it("passes over operations without a schema", async () => {
    await fsx().send(new DescribeFileSystemsCommand({}));
    expect(calls).toEqual(["DescribeFileSystems"]);
  });
});

describe("guard(client) with facts of its own", () => {
  it("goes by records, and by a store", async () => {
    const context = { fileSystem: { FileSystemId: FS, Lifecycle: "DELETING" } };
    const codes = async (given: ClientGuardOptions) =>
      (await errorOf(fsx(given).send(exportTask()))).diagnostics.map(({ code }) => code);
    expect(await codes({ context })).toContain("fsx/file-system-available");
    const asked: string[] = [];
    const store = {
      findRecords: async ({ operation }: { operation: string }) => {
        asked.push(operation);
        return { records: context };
      },
    };
    expect(await codes({ context: store })).toContain("fsx/file-system-available");
    expect(asked).toEqual(["fsx:CreateDataRepositoryTask"]);
    expect(calls).toEqual([]);
  });

  it("sends what is undecided and loses nothing", async () => {
    await fsx({}).send(exportTask());
    expect(calls).toEqual(["CreateDataRepositoryTask"]);
  });

  it("refuses options that are none", () => {
    expect(() => fsx({ context: "push" as never })).toThrow("`context` of `guard` is");
    expect(() => fsx({ validator: {} as never })).toThrow("`validator` of `guard` is not one");
    expect(() => guard(undefined as never)).toThrow("`guard` takes a client of the AWS SDK, or a validator");
  });
});

describe("the audit of guard(client)", () => {
  it("has a line for each checked request, without its values", async () => {
    const audit = join(directory(), "audit.jsonl");
    const client = gateway({ audit, allowUndecided: true });
    await errorOf(client.send(evict()));
    await client.send(new EvictFilesFailingUploadCommand({ FileShareARN: SHARE }));
    const text = readFileSync(audit, "utf8");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { verdict: "stopped", outcome: "fail", codes: expect.arrayContaining([JUSTIFIED]) },
      { verdict: "sent", outcome: "undecided", region: "eu-west-1" },
    ]);
    expect(lines[0].calls[0].payloadSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(text).not.toContain(SHARE);
    expect(statSync(audit).mode & 0o777).toBe(0o600);
  });

  it("has a line for what JSON can't hold, or nobody can read", async () => {
    const audit = join(directory(), "audit.jsonl");
    const client = fsx({ audit });
    const send = (members: object) =>
      errorOf(client.send(new CreateDataRepositoryTaskCommand(members as never)));
    for (const CapacityToRelease of [5n, 5n, 6n]) await send({ ...EXPORT, CapacityToRelease });
    let reads = 0;
    await send({
      get Type() {
        if (reads++ === 0) throw new Error("not now");
        return EXPORT.Type;
      },
    });
    const lines = readFileSync(audit, "utf8").trim().split("\n");
    const hashes = lines.map((line) => JSON.parse(line).calls[0].payloadSha256);
    expect(hashes).toEqual([expect.any(String), hashes[0], expect.any(String), null]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it("is needed: without the line nothing is sent", async () => {
    const client = fsx({ audit: join(directory(), "none", "audit.jsonl") });
    await expect(client.send(exportTask())).rejects.toThrow("can't be written: ENOENT");
    expect(calls).toEqual([]);
  });
});

const JUSTIFIED = "storagegateway/force-remove-justified";

describe("the error of a guard", () => {
  it("names its own option for the justification", async () => {
    const { diagnostics } = await errorOf(gateway({}).send(evict()));
    const found = diagnostics.find(({ code }) => code === JUSTIFIED);
    expect(found?.help).toMatch(/^give the option `justification` of `guard`/);
  });

  it("checks any operation with a schema", async () => {
    const report = { FileShareARN: SHARE, LocationARN: "arn:aws:s3:::reports" } as never;
    expect((await errorOf(gateway({}).send(new StartCacheReportCommand(report)))).operation).toBe(
      "storagegateway:StartCacheReport",
    );
    await errorOf(fsx({}).send(new fsxPackage.DeleteFileSystemCommand({ FileSystemId: FS })));
    expect(calls).toEqual([]);
  });
});
