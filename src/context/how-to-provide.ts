import { escapeHarmful } from "../diagnostics/text.ts";
import type { ContextName } from "./context.ts";
import type { RequestSubjects } from "./lookups.ts";

/** How to provide each record: a command to run, or what to write by hand. */
const HINTS: Readonly<Record<ContextName, (subjects: RequestSubjects) => string>> = {
  fileShare: ({ fileShare }) =>
    [
      formatCommandHint(
        "storagegateway describe-nfs-file-shares",
        "--file-share-arn-list",
        fileShare,
        "share",
      ),
      "or the same with `describe-smb-file-shares`",
    ].join(", "),
  gateway: ({ gateway }) =>
    formatCommandHint(
      "storagegateway describe-gateway-information",
      "--gateway-arn",
      gateway ?? "ARN",
      "gateway",
    ),
  cacheReports: () => formatCommandHint("storagegateway list-cache-reports", "", "", "reports"),
  fileSystem: ({ fileSystem }) =>
    formatCommandHint("fsx describe-file-systems", "--file-system-ids", fileSystem, "file-system"),
  dataRepositoryAssociations: ({ fileSystem }) =>
    formatCommandHint("fsx describe-data-repository-associations", FILTER, fileSystem, "associations"),
  dataRepositoryTasks: ({ fileSystem }) =>
    formatCommandHint("fsx describe-data-repository-tasks", FILTER, fileSystem, "tasks"),
  dataRepositoryAssociation: ({ association }) =>
    formatCommandHint(
      "fsx describe-data-repository-associations",
      "--association-ids",
      association,
      "association",
      asPart("Associations"),
    ),
  dataRepositoryTask: ({ task }) =>
    formatCommandHint(
      "fsx describe-data-repository-tasks",
      "--task-ids",
      task,
      "task",
      asPart("DataRepositoryTasks"),
    ),
  cacheReport: ({ cacheReport }) =>
    formatCommandHint("storagegateway describe-cache-report", "--cache-report-arn", cacheReport, "report"),
  fileSystemAssociation: ({ fileSystemAssociation }) =>
    formatCommandHint(
      "storagegateway describe-file-system-associations",
      "--file-system-association-arn-list",
      fileSystemAssociation,
      "fs-association",
    ),
  volume: ({ volume }) => formatCommandHint("fsx describe-volumes", "--volume-ids", volume, "volume"),
  snapshots: ({ volume }) =>
    formatCommandHint("fsx describe-snapshots", "--filters Name=volume-id,Values=", volume, "snapshots"),
  snapshot: ({ snapshot }) =>
    formatCommandHint("fsx describe-snapshots", "--snapshot-ids", snapshot, "snapshot", asPart("Snapshots")),
  backup: ({ backup }) => formatCommandHint("fsx describe-backups", "--backup-ids", backup, "backup"),
  fileCache: ({ fileCache }) =>
    formatCommandHint("fsx describe-file-caches", "--file-cache-ids", fileCache, "file-cache"),
  tape: ({ tape, gateway }) =>
    [
      formatCommandHint(
        `storagegateway describe-tapes --gateway-arn ${toArgument(gateway)}`,
        "--tape-arns",
        tape,
        "tape",
      ),
      "or the same with `describe-tape-archives`, without a gateway",
    ].join(", "),
  tapePool: () => formatCommandHint("storagegateway list-tape-pools", "", "", "tape-pools"),
  metrics: ({ gateway }) =>
    [
      formatCommandHint("storagegateway describe-cache", "--gateway-arn", gateway, "cache"),
      `and \`aws cloudwatch get-metric-statistics ${METRIC} > context/files-failing-upload.json\` for the share`,
    ].join(", "),
  mountPoint: ({ fileSystem }) => formatFileHint(`mountPoints: {${fileSystem ?? "fs-…"}: /mnt/fsx}`),
  bucket: ({ bucket }) => formatFileHint(`buckets: {${bucket ?? "NAME"}: {region: …, account: …}}`),
  conditionKeys: () => formatFileHint("conditionKeys: {aws:SourceIp: 10.1.2.3}"),
};

const METRIC =
  "--namespace AWS/StorageGateway --metric-name FilesFailingUpload --dimensions Name=ShareId,Value=… --statistics Maximum --period 300 --start-time … --end-time …";

/** The output for one ID looks like the whole list of its file system, which it would then be taken for. */
const asPart = (key: string): string => ` --query '{${key}: ${key}, IsTruncated: ${key} == ${key}}'`;

const FILTER = "--filters Name=file-system-id,Values=";

/** A one-line hint at how to provide a missing record of a request. */
export const provideHint = (name: ContextName, subjects: RequestSubjects): string => HINTS[name](subjects);

/** Only values without shell metacharacters go into a command, because users paste it into a shell. */
const SAFE_ARGUMENT = /^[\w:/.,-]{1,300}$/;

const toArgument = (value: string | undefined): string =>
  value !== undefined && SAFE_ARGUMENT.test(value) ? value : "…";

function formatCommandHint(
  command: string,
  option: string,
  value: string | undefined,
  file: string,
  rest = "",
): string {
  const space = option === "" || option.endsWith("=") ? "" : " ";
  const words = option === "" ? command : `${command} ${option}${space}${toArgument(value)}`;
  return `give it with \`--context\`: \`aws ${words}${rest} > context/${file}.json\``;
}

const formatFileHint = (text: string): string =>
  `write it into a context file: \`${escapeHarmful(text).replaceAll("`", "'")}\``;
