import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatCount, formatList, quoteShellWord } from "../diagnostics/text.ts";
import { BUCKET_PERMISSIONS } from "./bucket.ts";
import type { Need, Needs } from "./needs.ts";
import type { Reading, ReadingGroup } from "./reading.ts";
import { listPermissions, mergeSameFiles } from "./readings.ts";
import { BUCKET, PAGES } from "./shell-functions.ts";

/** What no command prints, in the words of docs/context.md. */
const BY_HAND: Readonly<Record<string, string>> = {
  mountPoint: "mountPoints: { FILE_SYSTEM_ID: /mnt/fsx }",
  conditionKeys: "conditionKeys: { aws:SourceIp: ADDRESS }",
};

/**
 * Writes a shell script of read-only AWS CLI commands that print what the undecided findings lack. Nothing of a payload
 * is in it but names of the forms that `collectNeeds` lets through.
 */
export function formatPlan(groups: readonly ReadingGroup[], needs: Needs): string {
  const merged = mergeSameFiles(groups);
  const isPaged = merged.some(({ readings }) => readings.some(({ pagedKey }) => pagedKey !== undefined));
  const iam = [...needs.principals.values()];
  const buckets = [...needs.buckets.values()];
  const permissions = [
    ...listPermissions(merged),
    ...(buckets.length > 0 ? BUCKET_PERMISSIONS : []),
    ...(iam.length > 0 ? ["iam:GetAccountAuthorizationDetails"] : []),
  ];
  const commands = [
    ...merged.flatMap(formatGroup),
    ...buckets.flatMap(formatBucket),
    ...(iam.length > 0 ? formatDetails(iam) : []),
  ];
  const files = [...commands.join("\n").matchAll(/> (context\/\S+)/g)].map(([, file]) => file);
  return [
    "#!/bin/sh",
    "# Gathers context for `countersign check --context context`. Every command only reads.",
    ...(commands.length > 0
      ? [
          `# Permissions: ${formatList(permissions, "and", 100).replaceAll("`", "")}`,
          "umask 077",
          "mkdir -p context",
        ]
      : ["# There is nothing to gather: no check waits for a fact that a command prints."]),
    ...(files.length > 0
      ? ["# Neither old facts stay, nor is anything written to what a link leads to."]
      : []),
    ...(files.length > 0 ? [`rm -f ${[...files, "context/.errors"].join(" \\\n  ")}`] : []),
    ...(commands.length > 0 ? ["export AWS_PAGER= AWS_DEFAULT_OUTPUT=json"] : []),
    ...(isPaged ? [PAGES] : []),
    ...(buckets.length > 0 ? [BUCKET] : []),
    ...commands,
    ...(buckets.length > 0 ? ["", "rm -f context/.errors"] : []),
    ...formatByHand(needs),
    "",
  ].join("\n");
}

function formatGroup({ readings, gateway, cache, subject }: ReadingGroup): string[] {
  const [first, ...others] = readings;
  const lines = first ? ["", describeDecided(first.decides), ...formatReading(first)] : [];
  for (const reading of others) lines.push(describeDecided(reading.decides), ...formatReading(reading));
  if (gateway) lines.push(describeDecided(gateway), ...formatGatewayOfShare(subject));
  if (cache) lines.push(describeDecided(cache), ...formatCacheOfShare(subject));
  return lines.filter((line, index) => line !== "" || index === 0);
}

function formatReading({ ways, pagedKey, file }: Reading): string[] {
  const commands = ways.map((words) => {
    const command = `aws ${words.map(quoteShellWord).join(" ")}`;
    return `${pagedKey === undefined ? command : `pages ${pagedKey} ${command}`} > context/${file}`;
  });
  return [`${[...commands, `rm -f context/${file}`].join(" ||\n  ")}`];
}

function formatGatewayOfShare(share: string): string[] {
  const region = share.split(":")[3] ?? "";
  const id = share.split("/").at(-1) ?? "";
  const query = `FileShareInfoList[?FileShareARN=='${share}'].GatewayARN`;
  const file = `context/gateway-of-${id}.json`;
  return [
    `gateway=$(aws storagegateway list-file-shares --region ${region} --output text --query "${query}")`,
    `aws storagegateway describe-gateway-information --region ${region} --gateway-arn "$gateway" > ${file} ||\n  rm -f ${file}`,
  ];
}

function formatBucket({ subject, records }: Need): string[] {
  const file = `context/bucket-${subject}.json`;
  const decides = new Set([...records.values()].flatMap((found) => [...found]));
  return ["", describeDecided(decides), `bucket ${subject} > ${file} ||\n  rm -f ${file}`];
}

/** After the commands that find the gateway. */
function formatCacheOfShare(share: string): string[] {
  const file = `context/cache-of-${share.split("/").at(-1) ?? ""}.json`;
  const region = share.split(":")[3] ?? "";
  return [
    `aws storagegateway describe-cache --region ${region} --gateway-arn "$gateway" > ${file} ||\n  rm -f ${file}`,
  ];
}

const formatDetails = (principals: readonly ReadonlySet<Diagnostic>[]): string[] => [
  "",
  describeDecided(new Set(principals.flatMap((found) => [...found]))),
  "# of the whole account; `countersign iam fetch ARN... --out context/iam.json` reads single roles and users",
  "aws iam get-account-authorization-details > context/iam.json ||\n  rm -f context/iam.json",
];

function formatByHand({ byHand, unnamed }: Needs): string[] {
  const lines = [...byHand].map(
    ([record, found]) =>
      `# by hand, in context/by-hand.yaml, ${describeChecks(found)}: ${BY_HAND[record] ?? record}`,
  );
  if (unnamed.size > 0)
    lines.push(
      `# ${describeChecks(unnamed)} ${unnamed.size === 1 ? "waits" : "wait"} for the names of things: give them with --values FILE first`,
    );
  return lines.length > 0 ? ["", ...lines] : [];
}

/** A comment on what a command decides; empty if it only leads to others. */
function describeDecided(decides: ReadonlySet<Diagnostic>): string {
  if (decides.size === 0) return "";
  const codes = [...new Set([...decides].map(({ code }) => code))].sort();
  return `# decides ${describeChecks(decides)}: ${codes.join(", ")}`;
}

function describeChecks(found: ReadonlySet<Diagnostic>): string {
  const requests = new Set([...found].map(({ file, operation, line }) => `${file}\n${operation}\n${line}`));
  return `${formatCount(found.size, "check")} at ${formatCount(requests.size, "place")}`;
}
