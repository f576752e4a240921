import type { ContextName } from "../context/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Need, Needs } from "./needs.ts";

/** One record that a command of the AWS CLI prints. */
export interface Reading {
  record: ContextName;
  /** The words after `aws`; of several ways, the first that AWS answers counts. */
  ways: readonly (readonly string[])[];
  /** The key of a list whose pages the AWS CLI doesn't join. */
  pagedKey?: string;
  /** The name of the file in the directory of context. */
  file: string;
  /** The thing that the output is about, for lists that may be empty. */
  of: string;
  /** The account that owns it, where its ARN says so. */
  account?: string;
  decides: ReadonlySet<Diagnostic>;
}

/** The readings about one thing. The first one shows that the thing is where AWS is asked; the others need that. */
export interface ReadingGroup {
  subject: string;
  readings: readonly Reading[];
  /** Of a file share whose gateway is to be read, too: what that decides. */
  gateway?: ReadonlySet<Diagnostic>;
}

const NONE: ReadonlySet<Diagnostic> = new Set();

/** What to read, in the order in which one answer leads to the next. */
export const planReadings = (needs: Needs): ReadingGroup[] => [
  ...[...needs.shares.values()].map(planShare),
  ...[...needs.gateways.values()].map(({ subject, records }) => ({
    subject,
    readings: [createGatewayReading(subject, records.get("gateway") ?? NONE)],
  })),
  ...[...needs.fileSystems.values()].map(planFileSystem),
];

function planShare({ subject, records }: Need): ReadingGroup {
  const { id, region, account } = parseArn(subject);
  const where = ["--region", region];
  const share = ["--file-share-arn-list", subject];
  const gateway = records.get("gateway");
  const reports = records.get("cacheReports");
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
    ],
    ...(gateway && { gateway }),
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
  const names = groups.flatMap(({ readings, gateway }) => [
    ...readings.flatMap(({ ways }) => ways.map(toAction)),
    ...(gateway ? ["storagegateway:ListFileShares", "storagegateway:DescribeGatewayInformation"] : []),
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
