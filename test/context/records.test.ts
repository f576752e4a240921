import { describe, expect, it } from "vitest";
import { CONTEXT_NAMES } from "../../src/context/context.ts";
import { contextType } from "../../src/context/load/schemas.ts";
import { ContextStore } from "../../src/context/store.ts";
import { read, warned } from "./files.ts";
import * as aws from "./outputs.ts";

const { START, EVICT, EXPORT, SHARE, FILE_SYSTEM } = aws;

/** A name, and files of which exactly this comes to be known for the request. */
const KNOWN = [
  [EVICT, { "a.json": { NFSFileShareInfoList: [aws.share()] } }, { fileShare: aws.share() }],
  [EVICT, { "a.json": { SMBFileShareInfoList: [aws.share()] } }, { fileShare: aws.share() }],
  [EVICT, { "a.json": { NFSFileShareInfoList: [aws.share(aws.OTHER_SHARE)] } }, {}],
  [EVICT, { "a.json": aws.gateway() }, {}],
  [
    EVICT,
    { "a.json": aws.gateway(), "b/c.json": { NFSFileShareInfoList: [aws.share()] } },
    { fileShare: aws.share(), gateway: aws.gateway() },
  ],
  [
    EVICT,
    {
      "a.json": { ...aws.gateway(), gateways: { [aws.GATEWAY]: { rootDiskFreeGiB: 31.5 } } },
      "b.json": { NFSFileShareInfoList: [aws.share()] },
    },
    { fileShare: aws.share(), gateway: { ...aws.gateway(), rootDiskFreeGiB: 31.5 } },
  ],
  [
    EVICT,
    {
      "a.yaml": `gateways: {"${aws.GATEWAY}": {rootDiskFreeGiB: 8}}`,
      "b.json": { NFSFileShareInfoList: [aws.share()] },
    },
    { fileShare: aws.share(), gateway: { GatewayARN: aws.GATEWAY, rootDiskFreeGiB: 8 } },
  ],
  [EXPORT, { "a.json": { FileSystems: [aws.fileSystem()] } }, { fileSystem: aws.fileSystem() }],
  [EXPORT, { "a.yml": `mountPoints: {${FILE_SYSTEM}: /mnt/fsx}` }, { mountPoint: "/mnt/fsx" }],
  [EXPORT, { "a.yml": `mountPoints: {${aws.OTHER_SYSTEM}: /mnt/fsx}` }, {}],
  [START, { "a.yaml": "buckets: {reports: {region: eu-west-1}}" }, { bucket: { region: "eu-west-1" } }],
  [START, { "a.yaml": "buckets: {Reports: {region: eu-west-1}}" }, {}],
  [EVICT, { "a.yaml": "buckets: {reports: {region: eu-west-1}}" }, {}],
  [
    { ...START, request: { LocationARN: "arn:aws:s3:eu-west-1:123456789012:accesspoint/reports" } },
    { "a.yaml": "buckets: {reports: {region: eu-west-1}}" },
    {},
  ],
  [
    { operation: "storagegateway:ShutdownGateway", request: { GatewayARN: aws.GATEWAY } },
    { "a.json": aws.gateway() },
    { gateway: aws.gateway() },
  ],
  [{ operation: "fsx:Anything", request: "fs-1" }, { "a.json": { FileSystems: [aws.fileSystem()] } }, {}],
  [{ operation: "nonsense", request: null }, { "a.json": { FileSystems: [] } }, {}],
] as const;

describe("records of a request", () => {
  it.each(KNOWN)("of %j in %j are %j", async (asked, files, expected) => {
    const { store } = await read(files);
    expect(store.recordsFor(asked)).toEqual(expected);
  });

  it("are the same from YAML as the AWS CLI prints it", async () => {
    const { store } = await read({
      "share.yaml": `NFSFileShareInfoList:\n- FileShareARN: ${SHARE}\n  KMSEncrypted: false\n  LocationARN: arn:aws:s3:::media\n`,
      "tasks.yaml": `DataRepositoryTasks:\n- CreationTime: '2026-05-01T10:00:00+00:00'\n  FileSystemId: ${FILE_SYSTEM}\n  TaskId: task-1\n`,
    });
    expect(store.recordsFor(EVICT)).toEqual({
      fileShare: { FileShareARN: SHARE, KMSEncrypted: false, LocationARN: "arn:aws:s3:::media" },
    });
    expect(store.recordsFor(EXPORT).dataRepositoryTasks).toHaveLength(1);
  });

  it("come from several documents of one file", async () => {
    const text = `mountPoints: {${FILE_SYSTEM}: /a}\n---\n---\nmountPoints: {${aws.OTHER_SYSTEM}: /b}\n`;
    expect((await read({ "a.yaml": text })).store.recordsFor(EXPORT)).toEqual({ mountPoint: "/a" });
  });

  it("are none without files", () => {
    expect(new ContextStore().recordsFor(START)).toEqual({});
  });

  it("are bucket facts by name too", async () => {
    const { store } = await read({ "a.yaml": "buckets: {reports: {kmsKeyArn: null}}" });
    expect(store.bucket("reports")).toEqual({ kmsKeyArn: null });
    expect(store.bucket("__proto__")).toBeUndefined();
  });
});

describe("the envelope", () => {
  it("is nearest: what it names it replaces", async () => {
    const { store } = await read({
      "a.json": { NFSFileShareInfoList: [aws.share()] },
      "b.json": aws.gateway(),
      "c.json": { CacheReportList: [aws.report()] },
    });
    const context = { fileShare: { LocationARN: "arn:aws:s3:::near" }, cacheReports: [], gateway: null };
    expect(store.recordsFor({ ...EVICT, context })).toEqual({
      fileShare: { LocationARN: "arn:aws:s3:::near" },
      gateway: aws.gateway(),
      cacheReports: [],
    });
  });

  it("leads to the gateway by its share", async () => {
    const { store } = await read({ "b.json": aws.gateway() });
    const context = { fileShare: { GatewayARN: aws.GATEWAY } };
    expect(store.recordsFor({ ...EVICT, context }).gateway).toEqual(aws.gateway());
  });

  it("gives of a whole list what is the request's", () => {
    const mine = { CacheReportStatus: "IN_PROGRESS" };
    const context = { cacheReports: [aws.report(), aws.report(aws.OTHER_SHARE), mine] };
    expect(new ContextStore().recordsFor({ ...EVICT, context })).toEqual({
      cacheReports: [aws.report(), mine],
    });
  });

  it("gives no names that rules don't know", () => {
    const context = JSON.parse('{"__proto__": {"fileShare": {}}, "shares": []}');
    expect(new ContextStore().recordsFor({ ...EVICT, context })).toEqual({});
  });
});

/** Files, and what is known of the cache reports of SHARE: undefined where that can't be told. */
const REPORTS: [string, Record<string, unknown>, unknown][] = [
  ["nothing", {}, undefined],
  ["a share alone", { "s.json": { NFSFileShareInfoList: [aws.share()] } }, undefined],
  ["its reports", { "r.json": { CacheReportList: [aws.report()] } }, [aws.report()]],
  ["reports of another share there", { "r.json": { CacheReportList: [aws.report(aws.OTHER_SHARE)] } }, []],
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
  ["a list that goes on", { "r.json": { CacheReportList: [aws.report()], Marker: "abc" } }, undefined],
  [
    "a list that goes on in another region",
    {
      "q.json": { CacheReportList: [aws.report(aws.FAR_SHARE)], Marker: "abc" },
      "r.json": { CacheReportList: [aws.report()] },
    },
    [aws.report()],
  ],
  ["an empty page", { "r.json": { CacheReportList: [], Marker: "abc" } }, undefined],
  ["a list that ends", { "r.json": { CacheReportList: [aws.report()], Marker: null } }, [aws.report()]],
  ["one report by itself", { "r.json": { CacheReportInfo: aws.report() } }, undefined],
  [
    "one report beside the list",
    { "r.json": { CacheReportInfo: aws.report() }, "l.json": { CacheReportList: [aws.report()] } },
    [aws.report()],
  ],
];

/** The same for the tasks of FILE_SYSTEM. */
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
    "tasks of one other file system, which may be all that was asked for",
    { "t.json": { DataRepositoryTasks: [aws.task(aws.OTHER_SYSTEM)] } },
    undefined,
  ],
  [
    "tasks of several others, so of all",
    {
      "t.json": {
        DataRepositoryTasks: [aws.task(aws.OTHER_SYSTEM, "task-1"), aws.task(aws.THIRD_SYSTEM, "task-2")],
      },
    },
    [],
  ],
  [
    "tasks of several others in another region",
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
  ["tasks that go on", { "t.json": { DataRepositoryTasks: [aws.task()], NextToken: "abc" } }, undefined],
];

describe("lists", () => {
  it.each(REPORTS)("of cache reports, from %s", async (_what, files, expected) => {
    expect((await read(files)).store.recordsFor(EVICT).cacheReports).toEqual(expected);
  });

  it.each(TASKS)("of tasks, from %s", async (_what, files, expected) => {
    expect((await read(files)).store.recordsFor(EXPORT).dataRepositoryTasks).toEqual(expected);
  });

  it("of associations are judged like those of tasks", async () => {
    const { store } = await read({
      "a.json": { Associations: [aws.association()] },
      "t.json": {
        DataRepositoryTasks: [
          aws.task(undefined, "task-2", { FileSystemId: undefined, FileCacheId: "fc-1" }),
        ],
      },
    });
    expect(store.recordsFor(EXPORT)).toEqual({ dataRepositoryAssociations: [aws.association()] });
  });

  it("that are not known to the end show what there is at least", async () => {
    const { store } = await read({ "r.json": { CacheReportInfo: aws.report() } });
    expect(store.partsFor(EVICT)).toEqual({ cacheReports: [aws.report()] });
    expect(store.partsFor({ ...EVICT, context: { cacheReports: [] } })).toEqual({});
    expect((await read({ "r.json": { CacheReportList: [aws.report()] } })).store.partsFor(EVICT)).toEqual({});
  });
});

describe("what is missing", () => {
  it("comes with the command that prints it", async () => {
    const { store } = await read({
      "a.json": { NFSFileShareInfoList: [aws.share()] },
      "r.json": { CacheReportList: [aws.report()], Marker: "more" },
    });
    const missing = store.missingFor(START);
    expect(Object.keys(missing)).toEqual(["gateway", "cacheReports", "bucket"]);
    expect(missing.gateway!.help).toContain(
      `\`aws storagegateway describe-gateway-information --gateway-arn ${aws.GATEWAY} > context/gateway.json\``,
    );
    expect(missing.cacheReports!.reason).toMatch(/^the output in `.*r\.json:\d+` is not all of it$/);
    expect(missing.bucket!.help).toContain("`buckets: {reports: {");
  });

  it("names the share and the file system", () => {
    const missing = new ContextStore().missingFor(EVICT);
    expect(missing.fileShare!.help).toContain(
      `\`aws storagegateway describe-nfs-file-shares --file-share-arn-list ${SHARE} > context/share.json\``,
    );
    expect(new ContextStore().missingFor(EXPORT).dataRepositoryTasks).toEqual({
      reason: "no context file holds them",
      help: `give it with \`--context\`: \`aws fsx describe-data-repository-tasks --filters Name=file-system-id,Values=${FILE_SYSTEM} > context/tasks.json\``,
    });
  });

  it("puts nothing into a command that a shell would act on", () => {
    const request = { FileSystemId: "$(touch /tmp/x)`id`" };
    const missing = new ContextStore().missingFor({ ...EXPORT, request });
    for (const { help } of Object.values(missing))
      if (help.includes("aws ")) expect(help).not.toMatch(/touch|id`` /);
    expect(missing.fileSystem!.help).toContain("--file-system-ids … >");
  });
});

describe("types", () => {
  it.each(CONTEXT_NAMES)("say what %s holds", (name) => {
    const { type, properties, items } = contextType(name);
    const isList = name.endsWith("s") && name !== "conditionKeys";
    expect(type).toBe(name === "mountPoint" ? "string" : isList ? "array" : "object");
    if (type === "object" && name !== "conditionKeys")
      expect(Object.keys(properties!).length).toBeGreaterThan(3);
    if (type === "array") expect(Object.keys(items!.properties!).length).toBeGreaterThan(3);
  });

  it("of a share are those of NFS and SMB, of a gateway with its disk", () => {
    expect(contextType("fileShare").properties).toMatchObject({ Squash: {}, AdminUserList: {} });
    expect(contextType("gateway").properties).toMatchObject({ GatewayState: {}, rootDiskFreeGiB: {} });
  });
});

describe("warnings", () => {
  it.each([...KNOWN.map(([, files]) => files)])("are none for %j", async (files) => {
    expect(await warned(files)).toEqual([]);
  });
});
