import { parseTime } from "../documents/times.ts";
import { readMember, readTextMember } from "./context.ts";

export type RecordKindName =
  | "fileShare"
  | "gateway"
  | "cacheReport"
  | "fileSystem"
  | "association"
  | "task"
  | "fileSystemAssociation"
  | "volume"
  | "snapshot"
  | "backup"
  | "fileCache"
  | "tape"
  | "tapePool"
  | "cache"
  | "metric"
  | "metrics"
  | "gatewayDisk"
  | "mountPoint"
  | "bucket"
  | "policies"
  | "conditionKey"
  | "iamUser"
  | "iamGroup"
  | "iamRole"
  | "iamPolicy";

/** A kind of record: how its records are identified, and what they belong to. */
export interface RecordKind {
  noun: string;
  /** Members that identify a record; the first one present counts. Empty if a mapping's key identifies it. */
  id: readonly string[];
  /** Members that name the resource that a record belongs to; the first one present counts. */
  owner?: readonly string[];
  /**
   * Numbers that never decrease during a resource's lifetime. Of two records of one resource, the one with
   * the larger numbers (compared lexicographically) is the newer.
   */
  progress?: (record: unknown) => readonly number[];
}

const SHARE = ["FileShareARN"];
const ARN = ["Arn"];
/** Associations and tasks of an Amazon File Cache have `FileCacheId` instead of `FileSystemId`. */
const FILE_SYSTEM = ["FileSystemId", "FileCacheId"];

export const RECORD_KINDS: Readonly<Record<RecordKindName, RecordKind>> = {
  fileShare: { noun: "file share", id: SHARE },
  gateway: { noun: "gateway", id: ["GatewayARN"] },
  cacheReport: { noun: "cache report", id: ["CacheReportARN"], owner: SHARE, progress: getReportProgress },
  fileSystem: { noun: "file system", id: ["FileSystemId"] },
  association: { noun: "data repository association", id: ["AssociationId"], owner: FILE_SYSTEM },
  task: { noun: "data repository task", id: ["TaskId"], owner: FILE_SYSTEM, progress: getTaskProgress },
  fileSystemAssociation: { noun: "file system association", id: ["FileSystemAssociationARN"] },
  volume: { noun: "volume", id: ["VolumeId"] },
  snapshot: { noun: "snapshot", id: ["SnapshotId"], owner: ["VolumeId"] },
  backup: { noun: "backup", id: ["BackupId"] },
  fileCache: { noun: "file cache", id: ["FileCacheId"] },
  tape: { noun: "tape", id: ["TapeARN"] },
  tapePool: { noun: "tape pool", id: ["PoolARN"] },
  cache: { noun: "cache of the gateway", id: ["GatewayARN"] },
  metric: { noun: "metric", id: ["Label"] },
  metrics: { noun: "metrics", id: [] },
  gatewayDisk: { noun: "gateway", id: [] },
  mountPoint: { noun: "mount point", id: [] },
  bucket: { noun: "bucket", id: [] },
  policies: { noun: "organization's list", id: [] },
  conditionKey: { noun: "condition key", id: [] },
  iamUser: { noun: "user", id: ARN },
  iamGroup: { noun: "group", id: ARN },
  iamRole: { noun: "role", id: ARN },
  iamPolicy: { noun: "policy", id: ARN },
};

/** The completion percentage only rises, and an ended report never restarts. */
function getReportProgress(record: unknown): number[] {
  const ended = readTextMember(record, ["CacheReportStatus"]) === "IN_PROGRESS" ? 0 : 1;
  return [ended, toNumber(readMember(record, "ReportCompletionPercent"))];
}

/** The stages of a task's lifecycle in order, from the API reference of DescribeDataRepositoryTasks. */
const LIFECYCLE: ReadonlyMap<string, number> = new Map([
  ["PENDING", 0],
  ["EXECUTING", 1],
  ["CANCELING", 2],
  ["FAILED", 3],
  ["SUCCEEDED", 3],
  ["CANCELED", 3],
]);

function getTaskProgress(record: unknown): number[] {
  const stage = LIFECYCLE.get(readTextMember(record, ["Lifecycle"]) ?? "") ?? 0;
  return [stage, parseTime(readMember(readMember(record, "Status"), "LastUpdatedTime")) ?? 0];
}

const toNumber = (value: unknown): number => (typeof value === "number" ? value : 0);
