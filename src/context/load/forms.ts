import type { RecordKindName } from "../kinds.ts";
import type { SchemaPart } from "./parts.ts";
import { handWrittenPart, iamPart, resolveSchemaPart, responsePart } from "./parts.ts";

/**
 * How a form holds its records: a `list`, one `record` or a `map` by name under its key, or the `whole`
 * document, which the key merely identifies.
 */
type FormLayout = "list" | "record" | "map" | "whole";

/** One form of context, identified by a top-level key. */
export interface ContextForm {
  key: string;
  kind: RecordKindName;
  holds: FormLayout;
  /** The schema of one record. */
  schema: SchemaPart;
  /** The command that prints it; absent for hand-written forms. */
  command?: string;
  /** Keys of the same output that would be another form by themselves. */
  beside?: readonly string[];
}

const GATEWAY = "storagegateway";

/** The keys of AWS output are those of the response syntax in the documentation of each operation. */
export const CONTEXT_FORMS: readonly ContextForm[] = [
  {
    key: "NFSFileShareInfoList",
    kind: "fileShare",
    holds: "list",
    schema: responsePart(GATEWAY, "DescribeNFSFileShares", "NFSFileShareInfoList", "[]"),
    command: "aws storagegateway describe-nfs-file-shares",
  },
  {
    key: "SMBFileShareInfoList",
    kind: "fileShare",
    holds: "list",
    schema: responsePart(GATEWAY, "DescribeSMBFileShares", "SMBFileShareInfoList", "[]"),
    command: "aws storagegateway describe-smb-file-shares",
  },
  {
    key: "GatewayARN",
    kind: "gateway",
    holds: "whole",
    schema: responsePart(GATEWAY, "DescribeGatewayInformation"),
    command: "aws storagegateway describe-gateway-information",
  },
  {
    key: "CacheReportList",
    kind: "cacheReport",
    holds: "list",
    schema: responsePart(GATEWAY, "ListCacheReports", "CacheReportList", "[]"),
    command: "aws storagegateway list-cache-reports",
  },
  {
    key: "CacheReportInfo",
    kind: "cacheReport",
    holds: "record",
    schema: responsePart(GATEWAY, "DescribeCacheReport", "CacheReportInfo"),
    command: "aws storagegateway describe-cache-report",
  },
  {
    key: "FileSystems",
    kind: "fileSystem",
    holds: "list",
    schema: responsePart("fsx", "DescribeFileSystems", "FileSystems", "[]"),
    command: "aws fsx describe-file-systems",
  },
  {
    key: "Associations",
    kind: "association",
    holds: "list",
    schema: responsePart("fsx", "DescribeDataRepositoryAssociations", "Associations", "[]"),
    command: "aws fsx describe-data-repository-associations",
  },
  {
    key: "DataRepositoryTasks",
    kind: "task",
    holds: "list",
    schema: responsePart("fsx", "DescribeDataRepositoryTasks", "DataRepositoryTasks", "[]"),
    command: "aws fsx describe-data-repository-tasks",
  },
  {
    key: "FileSystemAssociationInfoList",
    kind: "fileSystemAssociation",
    holds: "list",
    schema: responsePart(GATEWAY, "DescribeFileSystemAssociations", "FileSystemAssociationInfoList", "[]"),
    command: "aws storagegateway describe-file-system-associations",
  },
  {
    key: "Tapes",
    kind: "tape",
    holds: "list",
    schema: responsePart(GATEWAY, "DescribeTapes", "Tapes", "[]"),
    command: "aws storagegateway describe-tapes",
  },
  {
    key: "TapeArchives",
    kind: "tape",
    holds: "list",
    schema: responsePart(GATEWAY, "DescribeTapeArchives", "TapeArchives", "[]"),
    command: "aws storagegateway describe-tape-archives",
  },
  {
    key: "PoolInfos",
    kind: "tapePool",
    holds: "list",
    schema: responsePart(GATEWAY, "ListTapePools", "PoolInfos", "[]"),
    command: "aws storagegateway list-tape-pools",
  },
  {
    key: "CacheDirtyPercentage",
    kind: "cache",
    holds: "whole",
    schema: responsePart(GATEWAY, "DescribeCache"),
    command: "aws storagegateway describe-cache",
    beside: ["GatewayARN"],
  },
  {
    key: "Volumes",
    kind: "volume",
    holds: "list",
    schema: responsePart("fsx", "DescribeVolumes", "Volumes", "[]"),
    command: "aws fsx describe-volumes",
  },
  {
    key: "Snapshots",
    kind: "snapshot",
    holds: "list",
    schema: responsePart("fsx", "DescribeSnapshots", "Snapshots", "[]"),
    command: "aws fsx describe-snapshots",
  },
  {
    key: "Backups",
    kind: "backup",
    holds: "list",
    schema: responsePart("fsx", "DescribeBackups", "Backups", "[]"),
    command: "aws fsx describe-backups",
  },
  {
    key: "FileCaches",
    kind: "fileCache",
    holds: "list",
    schema: responsePart("fsx", "DescribeFileCaches", "FileCaches", "[]"),
    command: "aws fsx describe-file-caches",
  },
  {
    key: "Datapoints",
    kind: "metric",
    holds: "whole",
    schema: responsePart("cloudwatch", "GetMetricStatistics"),
    command: "aws cloudwatch get-metric-statistics",
  },
  ...(
    [
      ["UserDetailList", "iamUser", "user"],
      ["GroupDetailList", "iamGroup", "group"],
      ["RoleDetailList", "iamRole", "role"],
      ["Policies", "iamPolicy", "policy"],
    ] as const
  ).map(
    ([key, kind, detail]): ContextForm => ({
      key,
      kind,
      holds: "list",
      schema: iamPart(detail),
      command: "aws iam get-account-authorization-details",
    }),
  ),
  { key: "mountPoints", kind: "mountPoint", holds: "map", schema: handWrittenPart("mountPoints", "*") },
  { key: "buckets", kind: "bucket", holds: "map", schema: handWrittenPart("buckets", "*") },
  { key: "metrics", kind: "metrics", holds: "map", schema: handWrittenPart("metrics", "*") },
  { key: "gateways", kind: "gatewayDisk", holds: "map", schema: handWrittenPart("gateways", "*") },
  { key: "organization", kind: "policies", holds: "map", schema: handWrittenPart("organization") },
  { key: "conditionKeys", kind: "conditionKey", holds: "map", schema: handWrittenPart("conditionKeys", "*") },
];

/** Does each key of a mapping have a schema of its own? */
const hasOwnSchemas = ({ holds, schema }: ContextForm): boolean =>
  holds === "map" && schema.path.at(-1) !== "*";

const below = (schema: SchemaPart, name: string): SchemaPart => ({ ...schema, path: [...schema.path, name] });

/** By what a record is checked; `name` is its key in a mapping. */
export const recordPart = (form: ContextForm, name?: string): SchemaPart =>
  name !== undefined && hasOwnSchemas(form) ? below(form.schema, name) : form.schema;

/** Everything that records of a form may be checked by. */
export const recordParts = (form: ContextForm): SchemaPart[] =>
  hasOwnSchemas(form)
    ? Object.keys(resolveSchemaPart(form.schema).properties ?? {}).map((name) => below(form.schema, name))
    : [form.schema];

/** Keys that AWS tools print beside any of them, and the one that editors look for. */
export const ACCOMPANYING_KEYS = [
  "NextToken",
  "NextMarker",
  "Marker",
  "IsTruncated",
  "ResponseMetadata",
  "$schema",
  "pulled",
];

/** The ones whose value marks truncated output. */
export const CONTINUATION_KEYS = ["NextToken", "NextMarker", "Marker", "IsTruncated"];

/** Keys of outputs that are easily mistaken for a form, each with advice on what to provide instead. */
export const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  [
    "FileShareInfoList",
    "list-file-shares says too little: give `aws storagegateway describe-nfs-file-shares`",
  ],
  ["Gateways", "list-gateways says too little: give `aws storagegateway describe-gateway-information`"],
  ["Buckets", "list-buckets says too little: write `buckets: {NAME: {region: …, account: …}}` by hand"],
  ["DataRepositoryTask", "give `aws fsx describe-data-repository-tasks`, which prints every task"],
  ["Roles", "list-roles has no policies: give `aws iam get-account-authorization-details`"],
  ["Role", "get-role has no policies: give `aws iam get-account-authorization-details`"],
  ["requests", "this looks like a request document: give it to `countersign check`, not as context"],
  ["request", "this looks like a request document: give it to `countersign check`, not as context"],
]);
