import { describe, expect, it } from "vitest";
import { CONTEXT_NAMES } from "../../src/context/context.ts";
import { getContextType } from "../../src/context/load/parts.ts";
import { ContextStore } from "../../src/context/store.ts";
import { readContextOf, readWarnings } from "./files.ts";
import * as aws from "./outputs.ts";

const { START, EVICT, EXPORT, SHARE, FILE_SYSTEM } = aws;

/** Context files, and the records that a request gets from them. */
const KNOWN = [
  [
    "an NFS file share",
    EVICT,
    { "a.json": { NFSFileShareInfoList: [aws.share()] } },
    { fileShare: aws.share() },
  ],
  [
    "an SMB file share",
    EVICT,
    { "a.json": { SMBFileShareInfoList: [aws.share()] } },
    { fileShare: aws.share() },
  ],
  ["another file share", EVICT, { "a.json": { NFSFileShareInfoList: [aws.share(aws.OTHER_SHARE)] } }, {}],
  ["a gateway whose file share is unknown", EVICT, { "a.json": aws.gateway() }, {}],
  [
    "a file share and its gateway",
    EVICT,
    { "a.json": aws.gateway(), "b/c.json": { NFSFileShareInfoList: [aws.share()] } },
    { fileShare: aws.share(), gateway: aws.gateway() },
  ],
  [
    "a gateway with a hand-written disk size in the same file",
    EVICT,
    {
      "a.json": { ...aws.gateway(), gateways: { [aws.GATEWAY]: { rootDiskFreeGiB: 31.5 } } },
      "b.json": { NFSFileShareInfoList: [aws.share()] },
    },
    { fileShare: aws.share(), gateway: { ...aws.gateway(), rootDiskFreeGiB: 31.5 } },
  ],
  [
    "a hand-written disk size of a gateway without a record",
    EVICT,
    {
      "a.yaml": `gateways: {"${aws.GATEWAY}": {rootDiskFreeGiB: 8}}`,
      "b.json": { NFSFileShareInfoList: [aws.share()] },
    },
    { fileShare: aws.share(), gateway: { GatewayARN: aws.GATEWAY, rootDiskFreeGiB: 8 } },
  ],
  [
    "a file system",
    EXPORT,
    { "a.json": { FileSystems: [aws.fileSystem()] } },
    { fileSystem: aws.fileSystem() },
  ],
  [
    "a mount point",
    EXPORT,
    { "a.yml": `mountPoints: {${FILE_SYSTEM}: /mnt/fsx}` },
    { mountPoint: "/mnt/fsx" },
  ],
  [
    "a mount point of another file system",
    EXPORT,
    { "a.yml": `mountPoints: {${aws.OTHER_SYSTEM}: /mnt/fsx}` },
    {},
  ],
  [
    "a bucket",
    START,
    { "a.yaml": "buckets: {reports: {region: eu-west-1}}" },
    { bucket: { region: "eu-west-1" } },
  ],
  [
    "a bucket whose name differs in letter case",
    START,
    { "a.yaml": "buckets: {Reports: {region: eu-west-1}}" },
    {},
  ],
  [
    "a bucket that the request doesn't name",
    EVICT,
    { "a.yaml": "buckets: {reports: {region: eu-west-1}}" },
    {},
  ],
  [
    "a bucket with the name of the request's access point",
    { ...START, request: { LocationARN: "arn:aws:s3:eu-west-1:123456789012:accesspoint/reports" } },
    { "a.yaml": "buckets: {reports: {region: eu-west-1}}" },
    {},
  ],
  [
    "a gateway that the request names itself",
    { operation: "storagegateway:ShutdownGateway", request: { GatewayARN: aws.GATEWAY } },
    { "a.json": aws.gateway() },
    { gateway: aws.gateway() },
  ],
  [
    "a request whose payload is not an object",
    { operation: "fsx:Anything", request: "fs-1" },
    { "a.json": { FileSystems: [aws.fileSystem()] } },
    {},
  ],
  ["an unknown operation", { operation: "nonsense", request: null }, { "a.json": { FileSystems: [] } }, {}],
] as const;

describe("ContextStore.recordsFor()", () => {
  it.each(KNOWN)("selects the records of the request given %s", async (_title, input, files, expected) => {
    const { store } = await readContextOf(files);
    expect(store.findRecords(input)).toEqual(expected);
  });

  it("reads YAML as the AWS CLI prints it", async () => {
    const { store } = await readContextOf({
      "share.yaml": `NFSFileShareInfoList:\n- FileShareARN: ${SHARE}\n  KMSEncrypted: false\n  LocationARN: arn:aws:s3:::media\n`,
      "tasks.yaml": `DataRepositoryTasks:\n- CreationTime: '2026-05-01T10:00:00+00:00'\n  FileSystemId: ${FILE_SYSTEM}\n  TaskId: task-1\n`,
    });
    expect(store.findRecords(EVICT)).toEqual({
      fileShare: { FileShareARN: SHARE, KMSEncrypted: false, LocationARN: "arn:aws:s3:::media" },
    });
    expect(store.findRecords(EXPORT).dataRepositoryTasks).toHaveLength(1);
  });

  it("reads all documents of a YAML file", async () => {
    const text = `mountPoints: {${FILE_SYSTEM}: /a}\n---\n---\nmountPoints: {${aws.OTHER_SYSTEM}: /b}\n`;
    expect((await readContextOf({ "a.yaml": text })).store.findRecords(EXPORT)).toEqual({ mountPoint: "/a" });
  });

  it("returns no records without context files", () => {
    expect(new ContextStore().findRecords(START)).toEqual({});
  });

  it("doesn't restrict bucket(), which finds any bucket by its name", async () => {
    const { store } = await readContextOf({ "a.yaml": "buckets: {reports: {kmsKeyArn: null}}" });
    expect(store.findBucket("reports")).toEqual({ kmsKeyArn: null });
    expect(store.findBucket("__proto__")).toBeUndefined();
  });
});

describe("ContextStore.recordsFor() with context in the envelope", () => {
  it("prefers the envelope's records over those of files", async () => {
    const { store } = await readContextOf({
      "a.json": { NFSFileShareInfoList: [aws.share()] },
      "b.json": aws.gateway(),
      "c.json": { CacheReportList: [aws.report()] },
    });
    const context = { fileShare: { LocationARN: "arn:aws:s3:::near" }, cacheReports: [], gateway: null };
    expect(store.findRecords({ ...EVICT, context })).toEqual({
      fileShare: { LocationARN: "arn:aws:s3:::near" },
      gateway: aws.gateway(),
      cacheReports: [],
    });
  });

  it("finds the gateway of a file share that the envelope describes", async () => {
    const { store } = await readContextOf({ "b.json": aws.gateway() });
    const context = { fileShare: { GatewayARN: aws.GATEWAY } };
    expect(store.findRecords({ ...EVICT, context }).gateway).toEqual(aws.gateway());
  });

  it("filters a list in the envelope by the resource of the request", () => {
    const mine = { CacheReportStatus: "IN_PROGRESS" };
    const context = { cacheReports: [aws.report(), aws.report(aws.OTHER_SHARE), mine] };
    expect(new ContextStore().findRecords({ ...EVICT, context })).toEqual({
      cacheReports: [aws.report(), mine],
    });
  });

  it("ignores unknown names in the envelope", () => {
    const context = JSON.parse('{"__proto__": {"fileShare": {}}, "shares": []}');
    expect(new ContextStore().findRecords({ ...EVICT, context })).toEqual({});
  });
});

/** Context files, and the cache reports of SHARE that they prove complete; undefined if they don't. */
const REPORTS: [string, Record<string, unknown>, unknown][] = [
  ["nothing", {}, undefined],
  ["a share alone", { "s.json": { NFSFileShareInfoList: [aws.share()] } }, undefined],
  ["its reports", { "r.json": { CacheReportList: [aws.report()] } }, [aws.report()]],
  [
    "reports of another share in the same Region",
    { "r.json": { CacheReportList: [aws.report(aws.OTHER_SHARE)] } },
    [],
  ],
  ["reports of another region", { "r.json": { CacheReportList: [aws.report(aws.FAR_SHARE)] } }, undefined],
  ["an empty list", { "r.json": { CacheReportList: [] } }, []],
  [
    "an empty list beside the share",
    { "r.json": { CacheReportList: [] }, "s.json": { NFSFileShareInfoList: [aws.share()] } },
    [],
  ],
  [
    "an empty list beside a share of another region",
    { "r.json": { CacheReportList: [] }, "s.json": { NFSFileShareInfoList: [aws.share(aws.FAR_SHARE)] } },
    undefined,
  ],
  ["a truncated list", { "r.json": { CacheReportList: [aws.report()], Marker: "abc" } }, undefined],
  [
    "a truncated list of another region",
    {
      "q.json": { CacheReportList: [aws.report(aws.FAR_SHARE)], Marker: "abc" },
      "r.json": { CacheReportList: [aws.report()] },
    },
    [aws.report()],
  ],
  ["an empty page of a truncated list", { "r.json": { CacheReportList: [], Marker: "abc" } }, undefined],
  [
    "the last page of a list",
    { "r.json": { CacheReportList: [aws.report()], Marker: null } },
    [aws.report()],
  ],
  ["one report by itself", { "r.json": { CacheReportInfo: aws.report() } }, undefined],
  [
    "one report beside the list",
    { "r.json": { CacheReportInfo: aws.report() }, "l.json": { CacheReportList: [aws.report()] } },
    [aws.report()],
  ],
];

/** The same for the data repository tasks of FILE_SYSTEM. */
const TASKS: [string, Record<string, unknown>, unknown][] = [
  ["nothing", {}, undefined],
  ["its tasks", { "t.json": { DataRepositoryTasks: [aws.task()] } }, [aws.task()]],
  ["an empty list", { "t.json": { DataRepositoryTasks: [] } }, []],
  [
    "an empty list beside the file system",
    { "t.json": { DataRepositoryTasks: [] }, "f.json": { FileSystems: [aws.fileSystem()] } },
    [],
  ],
  [
    "an empty list beside another file system",
    { "t.json": { DataRepositoryTasks: [] }, "f.json": { FileSystems: [aws.fileSystem(aws.OTHER_SYSTEM)] } },
    undefined,
  ],
  [
    "tasks of one other file system, which the output may be filtered by",
    { "t.json": { DataRepositoryTasks: [aws.task(aws.OTHER_SYSTEM)] } },
    undefined,
  ],
  [
    "tasks of several other file systems, so that the output isn't filtered",
    {
      "t.json": {
        DataRepositoryTasks: [aws.task(aws.OTHER_SYSTEM, "task-1"), aws.task(aws.THIRD_SYSTEM, "task-2")],
      },
    },
    [],
  ],
  [
    "tasks of several other file systems in another region",
    {
      "t.json": {
        DataRepositoryTasks: [aws.OTHER_SYSTEM, aws.THIRD_SYSTEM].map((of, index) =>
          aws.task(of, `task-${index}`, { ResourceARN: `arn:aws:fsx:${aws.THERE}:task/task-${index}` }),
        ),
      },
      "f.json": { FileSystems: [aws.fileSystem()] },
    },
    undefined,
  ],
  ["truncated tasks", { "t.json": { DataRepositoryTasks: [aws.task()], NextToken: "abc" } }, undefined],
];

describe("lists of ContextStore.recordsFor()", () => {
  it.each(REPORTS)(
    "hold the cache reports that are known completely, given %s",
    async (_what, files, expected) => {
      expect((await readContextOf(files)).store.findRecords(EVICT).cacheReports).toEqual(expected);
    },
  );

  it.each(TASKS)("hold the tasks that are known completely, given %s", async (_what, files, expected) => {
    expect((await readContextOf(files)).store.findRecords(EXPORT).dataRepositoryTasks).toEqual(expected);
  });

  it("hold associations, and leave out tasks of a file cache", async () => {
    const { store } = await readContextOf({
      "a.json": { Associations: [aws.association()] },
      "t.json": {
        DataRepositoryTasks: [
          aws.task(undefined, "task-2", { FileSystemId: undefined, FileCacheId: "fc-1" }),
        ],
      },
    });
    expect(store.findRecords(EXPORT)).toEqual({ dataRepositoryAssociations: [aws.association()] });
  });

  it("are left to partsFor() if they are incomplete", async () => {
    const { store } = await readContextOf({ "r.json": { CacheReportInfo: aws.report() } });
    expect(store.findPartialLists(EVICT)).toEqual({ cacheReports: [aws.report()] });
    expect(store.findPartialLists({ ...EVICT, context: { cacheReports: [] } })).toEqual({});
    expect(
      (await readContextOf({ "r.json": { CacheReportList: [aws.report()] } })).store.findPartialLists(EVICT),
    ).toEqual({});
  });
});

describe("ContextStore.missingFor()", () => {
  it("suggests the command that prints each missing record", async () => {
    const { store } = await readContextOf({
      "a.json": { NFSFileShareInfoList: [aws.share()] },
      "r.json": { CacheReportList: [aws.report()], Marker: "more" },
    });
    const missing = store.findMissingRecords(START);
    expect(Object.keys(missing)).toEqual(["gateway", "cacheReports", "metrics", "bucket"]);
    expect(missing.gateway!.help).toContain(
      `\`aws storagegateway describe-gateway-information --gateway-arn ${aws.GATEWAY} > context/gateway.json\``,
    );
    expect(missing.cacheReports!.reason).toMatch(/^the output in `.*r\.json:\d+` is not all of it$/);
    expect(missing.bucket!.help).toContain("`buckets: {reports: {");
  });

  it("fills the file share and the file system into the commands", () => {
    const missing = new ContextStore().findMissingRecords(EVICT);
    expect(missing.fileShare!.help).toContain(
      `\`aws storagegateway describe-nfs-file-shares --file-share-arn-list ${SHARE} > context/share.json\``,
    );
    expect(new ContextStore().findMissingRecords(EXPORT).dataRepositoryTasks).toEqual({
      reason: "no context file holds them",
      help: `give it with \`--context\`: \`aws fsx describe-data-repository-tasks --filters Name=file-system-id,Values=${FILE_SYSTEM} > context/tasks.json\``,
    });
  });

  it("keeps shell metacharacters of the payload out of commands", () => {
    const request = { FileSystemId: "$(touch /tmp/x)`id`" };
    const missing = new ContextStore().findMissingRecords({ ...EXPORT, request });
    for (const { help } of Object.values(missing))
      if (help.includes("aws ")) expect(help).not.toMatch(/touch|id`` /);
    expect(missing.fileSystem!.help).toContain("--file-system-ids … >");
  });
});

describe("contextType()", () => {
  it.each(CONTEXT_NAMES)("describes %s", (name) => {
    const { type, properties, items } = getContextType(name);
    const isList = name.endsWith("s") && name !== "conditionKeys" && name !== "metrics";
    expect(type).toBe(name === "mountPoint" ? "string" : isList ? "array" : "object");
    if (type === "object" && name !== "conditionKeys" && name !== "metrics")
      expect(Object.keys(properties!).length).toBeGreaterThan(3);
    if (type === "array") expect(Object.keys(items!.properties!).length).toBeGreaterThan(3);
  });

  it("merges NFS and SMB file shares, and adds the disk size to gateways", () => {
    expect(getContextType("fileShare").properties).toMatchObject({ Squash: {}, AdminUserList: {} });
    expect(getContextType("gateway").properties).toMatchObject({ GatewayState: {}, rootDiskFreeGiB: {} });
  });
});

describe("readContext()", () => {
  it.each(KNOWN)("gives no warning for %s", async (_title, _input, files) => {
    expect(await readWarnings(files)).toEqual([]);
  });
});
