import { describe, expect, it } from "vitest";
import { readContext } from "../../src/context/load/files.ts";
import { createContextDirectory } from "./files.ts";

const GATEWAY = "arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B";
const OTHER = "arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-99A9999B";
const RESET = { operation: "storagegateway:ResetCache", request: { GatewayARN: GATEWAY } };

const store = async (files: Record<string, unknown>) => {
  const texts = Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]);
  const { store: read, warnings } = await readContext([createContextDirectory(Object.fromEntries(texts))]);
  return { read, warnings };
};

const points = (...values: [time: string, value: number][]) => ({
  Label: "CachePercentDirty",
  Datapoints: values.map(([Timestamp, Maximum]) => ({ Timestamp, Maximum, Unit: "Percent" })),
});

describe("context of operations that delete", () => {
  it("recognises what describe-cache prints, which names its gateway as describe-gateway-information does", async () => {
    const { read, warnings } = await store({
      "a.json": { GatewayARN: GATEWAY, DiskIds: ["disk"], CacheDirtyPercentage: 1.5, CacheHitPercentage: 99 },
      "b.json": { GatewayARN: GATEWAY, GatewayType: "CACHED" },
    });
    expect(warnings).toEqual([]);
    expect(read.findRecords(RESET)).toEqual({
      gateway: { GatewayARN: GATEWAY, GatewayType: "CACHED" },
      metrics: { CachePercentDirty: { Value: 1.5 } },
    });
  });

  it("warns of nothing where one record was asked for by its ID, and takes it for no whole list", async () => {
    const task = {
      TaskId: "task-0123456789abcdef0",
      FileSystemId: "fs-0123456789abcdef0",
      Lifecycle: "SUCCEEDED",
    };
    const { read, warnings } = await store({ "a.json": { DataRepositoryTasks: [task], IsTruncated: true } });
    expect(warnings).toEqual([]);
    const cancel = { operation: "fsx:CancelDataRepositoryTask", request: { TaskId: task.TaskId } };
    expect(read.findRecords(cancel).dataRepositoryTask).toMatchObject({ Lifecycle: "SUCCEEDED" });
    expect(read.findRecords(cancel)).not.toHaveProperty("dataRepositoryTasks");
  });

  it("finds the pool that the record of a tape names", async () => {
    const account = "arn:aws:storagegateway:eu-west-1:123456789012";
    const { read, warnings } = await store({
      "a.json": { Tapes: [{ TapeARN: `${account}:tape/AMZN01A2A4`, PoolId: "pool-12345678" }] },
      "b.json": {
        PoolInfos: [
          { PoolARN: `${account}:tapepool/pool-12345678`, RetentionLockType: "COMPLIANCE" },
          { PoolARN: `${account}:tapepool/pool-87654321`, RetentionLockType: "NONE" },
        ],
      },
    });
    expect(warnings).toEqual([]);
    const request = { GatewayARN: GATEWAY, TapeARN: `${account}:tape/AMZN01A2A4` };
    expect(read.findRecords({ operation: "storagegateway:DeleteTape", request }).tapePool).toMatchObject({
      RetentionLockType: "COMPLIANCE",
    });
  });

  it("takes the last value of a metric", async () => {
    const metric = points(
      ["2026-11-29T11:00:00Z", 0],
      ["2026-11-29T11:10:00Z", 3],
      ["2026-11-29T11:05:00Z", 0],
    );
    const { read } = await store({ "a.json": metric });
    expect(read.findRecords(RESET).metrics).toEqual({
      CachePercentDirty: { Value: 3, Timestamp: "2026-11-29T11:10:00Z" },
    });
  });

  it("leaves a metric that may be of another gateway", async () => {
    const metric = points(["2026-11-29T11:00:00Z", 0]);
    const { read } = await store({
      "a.json": metric,
      "b.json": { GatewayARN: OTHER, GatewayType: "CACHED" },
    });
    expect(read.findRecords(RESET)).not.toHaveProperty("metrics");
  });

  it("takes a metric that was asked for a gateway as only that one's", async () => {
    const metric = points(["2026-11-29T11:00:00Z", 0]);
    const own = await store({
      "a.json": { ...metric, pulled: { asOf: "2026-11-29T12:00:00Z", of: GATEWAY } },
    });
    const foreign = await store({
      "a.json": { ...metric, pulled: { asOf: "2026-11-29T12:00:00Z", of: OTHER } },
    });
    expect(own.read.findRecords(RESET)).toHaveProperty("metrics");
    expect(foreign.read.findRecords(RESET)).not.toHaveProperty("metrics");
  });

  it("takes no value from a metric without datapoints", async () => {
    const { read } = await store({ "a.json": points() });
    expect(read.findRecords(RESET)).not.toHaveProperty("metrics");
  });

  it("finds the tasks of the file system that an association belongs to", async () => {
    const { read } = await store({
      "a.json": {
        Associations: [
          {
            AssociationId: "dra-0123456789abcdef0",
            FileSystemId: "fs-0123456789abcdef0",
            Lifecycle: "AVAILABLE",
          },
        ],
      },
      "b.json": {
        DataRepositoryTasks: [
          { TaskId: "task-0123456789abcdef0", FileSystemId: "fs-0123456789abcdef0", Lifecycle: "EXECUTING" },
        ],
      },
    });
    const request = { AssociationId: "dra-0123456789abcdef0" };
    const found = read.findRecords({ operation: "fsx:DeleteDataRepositoryAssociation", request });
    expect(found.dataRepositoryAssociation).toMatchObject({ Lifecycle: "AVAILABLE" });
    expect(found.dataRepositoryTasks).toHaveLength(1);
  });

  it("recognises volumes, snapshots, backups, file caches and tapes", async () => {
    const tape = "arn:aws:storagegateway:eu-west-1:123456789012:tape/AMZN01A2A4";
    const { read, warnings } = await store({
      "a.json": { Volumes: [{ VolumeId: "fsvol-0123456789abcdef0", VolumeType: "OPENZFS" }] },
      "b.json": {
        Snapshots: [{ SnapshotId: "fsvolsnap-0123456789abcdef0", VolumeId: "fsvol-0123456789abcdef0" }],
      },
      "c.json": { Backups: [{ BackupId: "backup-0123456789abcdef0", Lifecycle: "AVAILABLE" }] },
      "d.json": { FileCaches: [{ FileCacheId: "fc-0123456789abcdef0", Lifecycle: "AVAILABLE" }] },
      "e.json": { Tapes: [{ TapeARN: tape, TapeStatus: "AVAILABLE" }] },
    });
    const namesOf = (operation: string, request: object) =>
      Object.keys(read.findRecords({ operation, request }));
    expect(warnings).toEqual([]);
    const restore = { VolumeId: "fsvol-0123456789abcdef0", SnapshotId: "fsvolsnap-0123456789abcdef0" };
    expect(namesOf("fsx:RestoreVolumeFromSnapshot", restore).sort()).toEqual([
      "snapshot",
      "snapshots",
      "volume",
    ]);
    expect(namesOf("fsx:DeleteBackup", { BackupId: "backup-0123456789abcdef0" })).toEqual(["backup"]);
    expect(namesOf("fsx:DeleteFileCache", { FileCacheId: "fc-0123456789abcdef0" })).toEqual(["fileCache"]);
    expect(namesOf("storagegateway:DeleteTape", { TapeARN: tape, GatewayARN: GATEWAY })).toEqual(["tape"]);
  });

  it("refuses a member of the wrong type", async () => {
    await expect(store({ "a.json": { Volumes: [{ VolumeId: 7 }] } })).rejects.toThrow("must be a string");
  });
});
