import { harmless } from "../diagnostics/text.ts";
import type { ContextName } from "./context.ts";
import type { Subjects } from "./lookups.ts";

/** How to provide each record: a command to run, or what to write by hand. */
const WAYS: Readonly<Record<ContextName, (subjects: Subjects) => string>> = {
  fileShare: ({ fileShare }) =>
    printed("storagegateway describe-nfs-file-shares", "--file-share-arn-list", fileShare, "share") +
    ", or the same with `describe-smb-file-shares`",
  gateway: ({ gateway }) =>
    printed("storagegateway describe-gateway-information", "--gateway-arn", gateway ?? "ARN", "gateway"),
  cacheReports: () => printed("storagegateway list-cache-reports", "", "", "reports"),
  fileSystem: ({ fileSystem }) =>
    printed("fsx describe-file-systems", "--file-system-ids", fileSystem, "file-system"),
  dataRepositoryAssociations: ({ fileSystem }) =>
    printed("fsx describe-data-repository-associations", FILTER, fileSystem, "associations"),
  dataRepositoryTasks: ({ fileSystem }) =>
    printed("fsx describe-data-repository-tasks", FILTER, fileSystem, "tasks"),
  mountPoint: ({ fileSystem }) => written(`mountPoints: {${fileSystem ?? "fs-…"}: /mnt/fsx}`),
  bucket: ({ bucket }) => written(`buckets: {${bucket ?? "NAME"}: {region: …, account: …}}`),
  conditionKeys: () => written("conditionKeys: {aws:SourceIp: 10.1.2.3}"),
};

const FILTER = "--filters Name=file-system-id,Values=";

/** A one-line hint at how to provide a missing record of a request. */
export const howToGive = (name: ContextName, subjects: Subjects): string => WAYS[name](subjects);

/** Only values without shell metacharacters go into a command, because users paste it into a shell. */
const SAFE = /^[\w:/.,-]{1,300}$/;

function printed(command: string, option: string, value: string | undefined, file: string): string {
  const plain = value !== undefined && SAFE.test(value) ? value : "…";
  const space = option === "" || option.endsWith("=") ? "" : " ";
  const words = option === "" ? command : `${command} ${option}${space}${plain}`;
  return `give it with \`--context\`: \`aws ${words} > context/${file}.json\``;
}

const written = (text: string): string =>
  `write it into a context file: \`${harmless(text).replaceAll("`", "'")}\``;
