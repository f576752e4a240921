import type { JsonSchema } from "../schema/json-schema.ts";

/** One context record: its type, and how users obtain it. */
export interface ContextDefinition {
  /** Its name in messages. */
  what: string;
  /** Response schemas, by `service/Operation`, and the path of the type in each; several form a union. */
  from: readonly { schema: string; path: readonly string[] }[];
  /** Members that AWS doesn't print and users write by hand, or the whole type if `from` is empty. */
  extra?: JsonSchema;
  /** The command that prints it; `{Name}` is replaced by that member of the request, if present. */
  command?: string;
  /** What to write by hand if no command prints it. */
  byHand?: string;
  /** How to obtain single members that the command doesn't print. */
  members?: Readonly<Record<string, string>>;
}

const STRING: JsonSchema = { type: "string" };

const LAST_VALUE: JsonSchema = {
  type: "object",
  properties: {
    Value: { type: "number" },
    Timestamp: { type: ["string", "number"], "x-aws-type": "timestamp" },
  },
  additionalProperties: false,
};

/** The records that rules can read under `context`. Adding one takes only a row here. */
export const CONTEXT_DEFINITIONS: Readonly<Record<string, ContextDefinition>> = {
  fileShare: {
    what: "the file share",
    from: [
      { schema: "storagegateway/DescribeNFSFileShares", path: ["NFSFileShareInfoList", "*"] },
      { schema: "storagegateway/DescribeSMBFileShares", path: ["SMBFileShareInfoList", "*"] },
    ],
    command:
      "aws storagegateway describe-nfs-file-shares --file-share-arn-list {FileShareARN} > context/share.json",
  },
  gateway: {
    what: "the gateway",
    from: [{ schema: "storagegateway/DescribeGatewayInformation", path: [] }],
    extra: { type: "object", properties: { rootDiskFreeGiB: { type: "number" } } },
    command:
      "aws storagegateway describe-gateway-information --gateway-arn GATEWAY_ARN > context/gateway.json",
  },
  cacheReports: {
    what: "the cache reports of the file share",
    from: [{ schema: "storagegateway/ListCacheReports", path: ["CacheReportList"] }],
    command: "aws storagegateway list-cache-reports > context/reports.json",
  },
  fileSystem: {
    what: "the file system",
    from: [{ schema: "fsx/DescribeFileSystems", path: ["FileSystems", "*"] }],
    command: "aws fsx describe-file-systems --file-system-ids {FileSystemId} > context/file-system.json",
  },
  dataRepositoryAssociations: {
    what: "the data repositories that the file system is linked to",
    from: [{ schema: "fsx/DescribeDataRepositoryAssociations", path: ["Associations"] }],
    command:
      "aws fsx describe-data-repository-associations --filters Name=file-system-id,Values={FileSystemId} > context/associations.json",
  },
  dataRepositoryTasks: {
    what: "the data repository tasks of the file system",
    from: [{ schema: "fsx/DescribeDataRepositoryTasks", path: ["DataRepositoryTasks"] }],
    command:
      "aws fsx describe-data-repository-tasks --filters Name=file-system-id,Values={FileSystemId} > context/tasks.json",
  },
  dataRepositoryAssociation: {
    what: "the data repository association",
    from: [{ schema: "fsx/DescribeDataRepositoryAssociations", path: ["Associations", "*"] }],
    command:
      "aws fsx describe-data-repository-associations --association-ids {AssociationId} --query '{Associations: Associations, IsTruncated: Associations == Associations}' > context/association.json",
  },
  dataRepositoryTask: {
    what: "the data repository task",
    from: [{ schema: "fsx/DescribeDataRepositoryTasks", path: ["DataRepositoryTasks", "*"] }],
    command:
      "aws fsx describe-data-repository-tasks --task-ids {TaskId} --query '{DataRepositoryTasks: DataRepositoryTasks, IsTruncated: DataRepositoryTasks == DataRepositoryTasks}' > context/task.json",
  },
  cacheReport: {
    what: "the cache report",
    from: [{ schema: "storagegateway/ListCacheReports", path: ["CacheReportList", "*"] }],
    command:
      "aws storagegateway describe-cache-report --cache-report-arn {CacheReportARN} > context/report.json",
  },
  fileSystemAssociation: {
    what: "the association of the gateway with the file system",
    from: [
      {
        schema: "storagegateway/DescribeFileSystemAssociations",
        path: ["FileSystemAssociationInfoList", "*"],
      },
    ],
    command:
      "aws storagegateway describe-file-system-associations --file-system-association-arn-list {FileSystemAssociationARN} > context/fs-association.json",
  },
  volume: {
    what: "the volume",
    from: [{ schema: "fsx/DescribeVolumes", path: ["Volumes", "*"] }],
    command: "aws fsx describe-volumes --volume-ids {VolumeId} > context/volume.json",
  },
  snapshots: {
    what: "the snapshots of the volume",
    from: [{ schema: "fsx/DescribeSnapshots", path: ["Snapshots"] }],
    command: "aws fsx describe-snapshots --filters Name=volume-id,Values={VolumeId} > context/snapshots.json",
  },
  snapshot: {
    what: "the snapshot",
    from: [{ schema: "fsx/DescribeSnapshots", path: ["Snapshots", "*"] }],
    command:
      "aws fsx describe-snapshots --snapshot-ids {SnapshotId} --query '{Snapshots: Snapshots, IsTruncated: Snapshots == Snapshots}' > context/snapshot.json",
  },
  backup: {
    what: "the backup",
    from: [{ schema: "fsx/DescribeBackups", path: ["Backups", "*"] }],
    command: "aws fsx describe-backups --backup-ids {BackupId} > context/backup.json",
  },
  fileCache: {
    what: "the file cache",
    from: [{ schema: "fsx/DescribeFileCaches", path: ["FileCaches", "*"] }],
    command: "aws fsx describe-file-caches --file-cache-ids {FileCacheId} > context/file-cache.json",
  },
  tape: {
    what: "the tape",
    from: [
      { schema: "storagegateway/DescribeTapes", path: ["Tapes", "*"] },
      { schema: "storagegateway/DescribeTapeArchives", path: ["TapeArchives", "*"] },
    ],
    command:
      "aws storagegateway describe-tapes --gateway-arn {GatewayARN} --tape-arns {TapeARN} > context/tape.json",
  },
  tapePool: {
    what: "the pool of the tape",
    from: [{ schema: "storagegateway/ListTapePools", path: ["PoolInfos", "*"] }],
    command: "aws storagegateway list-tape-pools > context/tape-pools.json",
  },
  metrics: {
    what: "the last values of the gateway's metrics",
    from: [],
    extra: {
      type: "object",
      properties: { CachePercentDirty: LAST_VALUE, FilesFailingUpload: LAST_VALUE },
    },
    command: "aws storagegateway describe-cache --gateway-arn {GatewayARN} > context/cache.json",
    members: {
      FilesFailingUpload:
        "give what `aws cloudwatch get-metric-statistics --namespace AWS/StorageGateway --metric-name FilesFailingUpload --dimensions Name=ShareId,Value=SHARE_ID --statistics Maximum --period 300 --start-time START --end-time END` prints",
    },
  },
  mountPoint: {
    what: "where the file system is mounted",
    from: [],
    extra: STRING,
    byHand: "mountPoints: { {FileSystemId}: /mnt/fsx }",
  },
  bucket: {
    what: "the bucket",
    from: [],
    extra: {
      type: "object",
      properties: {
        name: STRING,
        region: STRING,
        account: STRING,
        kmsKeyArn: STRING,
        policy: { type: ["object", "string"] as string[] },
        kmsKeyPolicy: { type: ["object", "string"] as string[] },
      },
      additionalProperties: false,
    },
    byHand: "buckets: { NAME: { region: eu-west-1, account: '123456789012' } }",
    members: {
      account: "write the ID of the account that owns the bucket as `account` of the bucket under `buckets`",
      kmsKeyPolicy:
        "write what `aws kms get-key-policy --key-id KEY_ARN --policy-name default` prints as `kmsKeyPolicy` of the bucket under `buckets`",
    },
  },
};

/**
 * The types of the context records, derived from response schemas, which `response` reads by name, for
 * example `fsx/DescribeFileSystems`. The alternatives of a union are merged into one object with the members
 * of all.
 */
export function buildContextTypes(response: (name: string) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(CONTEXT_DEFINITIONS).map(([name, { from, extra }]) => {
      const parts = from.map(({ schema, path }) => selectPart(response(schema), path));
      return [name, [...parts, ...(extra ? [extra] : [])].reduce(mergeObjectSchemas)];
    }),
  );
}

function selectPart(root: JsonSchema, path: readonly string[]): JsonSchema {
  let schema: JsonSchema = root;
  for (const part of path) schema = (part === "*" ? schema.items : schema.properties?.[part]) ?? {};
  return { ...schema, ...(root.definitions && { definitions: root.definitions }) };
}

const mergeObjectSchemas = (a: JsonSchema, b: JsonSchema): JsonSchema => ({
  ...a,
  properties: { ...b.properties, ...a.properties },
  definitions: { ...b.definitions, ...a.definitions },
  additionalProperties: a.additionalProperties ?? false,
});
