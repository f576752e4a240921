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
  mountPoint: ({ fileSystem }) => formatFileHint(`mountPoints: {${fileSystem ?? "fs-…"}: /mnt/fsx}`),
  bucket: ({ bucket }) => formatFileHint(`buckets: {${bucket ?? "NAME"}: {region: …, account: …}}`),
  conditionKeys: () => formatFileHint("conditionKeys: {aws:SourceIp: 10.1.2.3}"),
};

const FILTER = "--filters Name=file-system-id,Values=";

/** A one-line hint at how to provide a missing record of a request. */
export const provideHint = (name: ContextName, subjects: RequestSubjects): string => HINTS[name](subjects);

/** Only values without shell metacharacters go into a command, because users paste it into a shell. */
const SAFE_ARGUMENT = /^[\w:/.,-]{1,300}$/;

function formatCommandHint(command: string, option: string, value: string | undefined, file: string): string {
  const plain = value !== undefined && SAFE_ARGUMENT.test(value) ? value : "…";
  const space = option === "" || option.endsWith("=") ? "" : " ";
  const words = option === "" ? command : `${command} ${option}${space}${plain}`;
  return `give it with \`--context\`: \`aws ${words} > context/${file}.json\``;
}

const formatFileHint = (text: string): string =>
  `write it into a context file: \`${escapeHarmful(text).replaceAll("`", "'")}\``;
