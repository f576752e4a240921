import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatCount, formatList, quoteShellWord } from "../diagnostics/text.ts";
import type { Needs } from "./needs.ts";
import type { Reading, ReadingGroup } from "./reading.ts";
import { listPermissions, mergeSameFiles } from "./readings.ts";

/** What no command prints, in the words of docs/context.md. */
const BY_HAND: Readonly<Record<string, string>> = {
  mountPoint: "mountPoints: { FILE_SYSTEM_ID: /mnt/fsx }",
  bucket: "buckets: { NAME: { region: REGION, account: ACCOUNT } }",
  conditionKeys: "conditionKeys: { aws:SourceIp: ADDRESS }",
};

/**
 * Joins pages. The AWS CLI prints a query of two values with an indent of four spaces: the list's own brackets are the
 * only ones at that depth, and the last line but one is the token.
 */
const PAGES = `
# Prints all pages of a list that the AWS CLI doesn't join by itself as one.
pages() { # KEY COMMAND...
  key=$1 token='' comma=''
  shift
  printf '{"%s": [\\n' "$key"
  while :; do
    page=$("$@" \${token:+--next-token "$token"} --query "[$key, NextToken]") || return 1
    items=$(printf '%s\\n' "$page" | sed -n '/^    \\[$/,/^    \\],$/p' | sed '1d;$d')
    if [ -n "$items" ]; then printf '%s%s\\n' "$comma" "$items"; comma=','; fi
    token=$(printf '%s\\n' "$page" | sed -n '$!{h;d;};x;s/^    "\\(.*\\)"$/\\1/p')
    [ -n "$token" ] || break
  done
  printf ']}\\n'
}
`;

/**
 * Writes a shell script of read-only AWS CLI commands that print what the undecided findings lack. Nothing of a payload
 * is in it but names of the forms that `collectNeeds` lets through.
 */
export function formatPlan(groups: readonly ReadingGroup[], needs: Needs): string {
  const merged = mergeSameFiles(groups);
  const isPaged = merged.some(({ readings }) => readings.some(({ pagedKey }) => pagedKey !== undefined));
  const iam = [...needs.principals.values()];
  const permissions = [
    ...listPermissions(merged),
    ...(iam.length > 0 ? ["iam:GetAccountAuthorizationDetails"] : []),
  ];
  return [
    "#!/bin/sh",
    "# Gathers context for `countersign check --context context`. Every command only reads.",
    `# Permissions: ${formatList(permissions, "and", 100).replaceAll("`", "")}`,
    "umask 077",
    "mkdir -p context",
    "export AWS_PAGER= AWS_DEFAULT_OUTPUT=json",
    ...(isPaged ? [PAGES.trimEnd()] : []),
    ...merged.flatMap(formatGroup),
    ...(iam.length > 0 ? formatDetails(iam) : []),
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
