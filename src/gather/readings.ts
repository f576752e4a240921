import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Need, Needs } from "./needs.ts";
import { isGatewayArn } from "./needs.ts";
import type { Reading, ReadingGroup } from "./reading.ts";
import { planThing } from "./things.ts";

const NONE: ReadonlySet<Diagnostic> = new Set();

/** What to read, in the order in which one answer leads to the next. */
export const planReadings = (needs: Needs): ReadingGroup[] => [
  ...[...needs.shares.values()].map(planShare),
  ...[...needs.gateways.values()].map(({ subject, records }) => ({
    subject,
    readings: [
      createGatewayReading(subject, records.get("gateway") ?? NONE),
      ...(records.has("metrics") ? [createCacheReading(subject, records.get("metrics")!)] : []),
    ],
  })),
  ...[...needs.fileSystems.values()].map(planFileSystem),
  ...[...needs.things.values()].map((thing) => planThing(thing, isGatewayArn)),
];

function planShare({ subject, records }: Need): ReadingGroup {
  const { id, region, account } = parseArn(subject);
  const where = ["--region", region];
  const share = ["--file-share-arn-list", subject];
  const gateway = records.get("gateway");
  const reports = records.get("cacheReports");
  const metrics = records.get("metrics");
  return {
    subject,
    readings: [
      {
        record: "fileShare",
        ways: [
          ["storagegateway", "describe-nfs-file-shares", ...where, ...share],
          ["storagegateway", "describe-smb-file-shares", ...where, ...share],
        ],
        file: `file-share-${id}.json`,
        of: subject,
        account,
        decides: records.get("fileShare") ?? NONE,
      },
      ...(reports
        ? [
            {
              record: "cacheReports" as const,
              ways: [["storagegateway", "list-cache-reports", ...where]],
              // One list holds the reports of all shares of the account in the Region.
              file: `cache-reports-${account}-${region}.json`,
              of: subject,
              account,
              decides: reports,
            },
          ]
        : []),
      ...(metrics ? [createMetricReading(subject, metrics)] : []),
    ],
    ...((gateway || metrics) && { gateway: gateway ?? NONE }),
    ...(metrics && { cache: metrics }),
  };
}

/** The reading of a gateway, whose ARN its share names. */
export function createGatewayReading(arn: string, decides: ReadonlySet<Diagnostic>): Reading {
  const { id, region, account } = parseArn(arn);
  return {
    record: "gateway",
    ways: [["storagegateway", "describe-gateway-information", "--region", region, "--gateway-arn", arn]],
    file: `gateway-${id}.json`,
    of: arn,
    account,
    decides,
  };
}

/** The reading of how full a gateway's cache is, and how much of it is not in AWS yet. */
export function createCacheReading(arn: string, decides: ReadonlySet<Diagnostic>): Reading {
  const { id, region, account } = parseArn(arn);
  return {
    record: "metrics",
    ways: [["storagegateway", "describe-cache", "--region", region, "--gateway-arn", arn]],
    file: `cache-${id}.json`,
    of: arn,
    account,
    decides,
  };
}

const HOUR = 3_600_000;

/**
 * The reading of a share's metric of the last hour. It ends later than now, so that a script that is run within some
 * hours reads what was measured last.
 */
function createMetricReading(arn: string, decides: ReadonlySet<Diagnostic>): Reading {
  const { id, region, account } = parseArn(arn);
  const toTime = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();
  const window = ["--start-time", toTime(-1), "--end-time", toTime(6), "--period", "300"];
  const metric = ["--namespace", "AWS/StorageGateway", "--metric-name", "FilesFailingUpload"];
  const dimension = ["--dimensions", `Name=ShareId,Value=${id}`, "--statistics", "Maximum"];
  const words = ["cloudwatch", "get-metric-statistics", "--region", region];
  return {
    record: "metrics",
    ways: [[...words, ...metric, ...dimension, ...window]],
    file: `files-failing-upload-${id}.json`,
    of: arn,
    isUnnamed: true,
    account,
    decides,
  };
}

function planFileSystem({ subject, records }: Need): ReadingGroup {
  const filter = ["--filters", `Name=file-system-id,Values=${subject}`];
  const lists = [
    ["dataRepositoryAssociations", "describe-data-repository-associations", "Associations", "associations"],
    ["dataRepositoryTasks", "describe-data-repository-tasks", "DataRepositoryTasks", "tasks"],
  ] as const;
  return {
    subject,
    readings: [
      {
        record: "fileSystem",
        ways: [["fsx", "describe-file-systems", "--file-system-ids", subject]],
        file: `file-system-${subject}.json`,
        of: subject,
        decides: records.get("fileSystem") ?? NONE,
      },
      ...lists.flatMap(([record, operation, pagedKey, name]): Reading[] => {
        const decides = records.get(record);
        if (!decides) return [];
        const ways = [["fsx", operation, ...filter]];
        return [{ record, ways, pagedKey, file: `${name}-${subject}.json`, of: subject, decides }];
      }),
    ],
  };
}

function parseArn(arn: string): { region: string; account: string; id: string } {
  const [, , , region = "", account = "", resource = ""] = arn.split(":");
  return { region, account, id: resource.split("/").at(-1) ?? "" };
}

/** The permission that a command needs, as policies name it. */
export function listPermissions(groups: readonly ReadingGroup[]): string[] {
  const names = groups.flatMap(({ readings, gateway, cache }) => [
    ...readings.flatMap(({ ways }) => ways.map(toAction)),
    ...(gateway ? ["storagegateway:ListFileShares", "storagegateway:DescribeGatewayInformation"] : []),
    ...(cache ? ["storagegateway:DescribeCache"] : []),
  ]);
  return [...new Set(names)].sort();
}

const SPELLINGS: Readonly<Record<string, string>> = { nfs: "NFS", smb: "SMB" };

const toAction = ([service, operation = ""]: readonly string[]): string =>
  `${service}:${operation
    .split("-")
    .map((word) => SPELLINGS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join("")}`;

/** The same groups, with one reading for each file: a list of an account is read once for all its shares. */
export function mergeSameFiles(groups: readonly ReadingGroup[]): ReadingGroup[] {
  const decided = new Map<string, Set<Diagnostic>>();
  for (const { file, decides } of groups.flatMap(({ readings }) => readings))
    decided.set(file, new Set([...(decided.get(file) ?? []), ...decides]));
  const seen = new Set<string>();
  const keepFirst = ({ file }: Reading): boolean => !seen.has(file) && seen.add(file) !== undefined;
  return groups.map((group) => ({
    ...group,
    readings: group.readings
      .filter(keepFirst)
      .map((reading) => ({ ...reading, decides: decided.get(reading.file) ?? NONE })),
  }));
}
