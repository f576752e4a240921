import type { ContextName } from "../context/context.ts";
import type { RequestSubjects } from "../context/lookups.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Reading, ReadingGroup } from "./reading.ts";

/** A command about one thing; `ID` stands for its name, `GATEWAY` for the gateway that the request names. */
interface ThingCommand {
  words: readonly string[];
  pagedKey?: string;
  file: string;
  /** Whether its output doesn't name the thing. */
  isUnnamed?: boolean;
}

/** What AWS can be asked about besides shares, gateways and file systems. The form holds for all of its name. */
interface ThingKind {
  subject: keyof RequestSubjects;
  form: RegExp;
  /** By record, the commands that print it; the first record is the thing itself. */
  records: Partial<Record<ContextName, readonly ThingCommand[]>>;
}

const fsx = (operation: string, ...options: string[]): readonly string[] => ["fsx", operation, ...options];
const gateway = (operation: string, ...options: string[]): readonly string[] => [
  "storagegateway",
  operation,
  "--region",
  "REGION",
  ...options,
];

/** The output for one ID looks like the whole list of its file system, which it would then be taken for. */
const markAsPart = (key: string): readonly string[] => [
  "--query",
  `{${key}: ${key}, IsTruncated: ${key} == ${key}}`,
];

const ARN = "arn:aws[a-z-]{0,20}:storagegateway:[a-z0-9-]{5,30}:\\d{12}:";

/** Of two kinds that give the same record, the first counts. */
const KINDS: readonly ThingKind[] = [
  {
    subject: "association",
    form: /^dra-[0-9a-f]{8,40}$/,
    records: {
      dataRepositoryAssociation: [
        {
          words: fsx(
            "describe-data-repository-associations",
            "--association-ids",
            "ID",
            ...markAsPart("Associations"),
          ),
          file: "association",
        },
      ],
    },
  },
  {
    subject: "task",
    form: /^task-[0-9a-f]{17,40}$/,
    records: {
      dataRepositoryTask: [
        {
          words: fsx(
            "describe-data-repository-tasks",
            "--task-ids",
            "ID",
            ...markAsPart("DataRepositoryTasks"),
          ),
          file: "task",
        },
      ],
    },
  },
  {
    subject: "volume",
    form: /^fsvol-[0-9a-f]{17}$/,
    records: {
      volume: [{ words: fsx("describe-volumes", "--volume-ids", "ID"), file: "volume" }],
      snapshots: [
        {
          words: fsx("describe-snapshots", "--filters", "Name=volume-id,Values=ID"),
          pagedKey: "Snapshots",
          file: "snapshots",
        },
      ],
    },
  },
  {
    subject: "snapshot",
    form: /^fsvolsnap-[0-9a-f]{17}$/,
    records: {
      snapshot: [
        {
          words: fsx("describe-snapshots", "--snapshot-ids", "ID", ...markAsPart("Snapshots")),
          file: "snapshot",
        },
      ],
    },
  },
  {
    subject: "backup",
    form: /^backup-[0-9a-f]{8,40}$/,
    records: { backup: [{ words: fsx("describe-backups", "--backup-ids", "ID"), file: "backup" }] },
  },
  {
    subject: "fileCache",
    form: /^fc-[0-9a-f]{8,40}$/,
    records: {
      fileCache: [{ words: fsx("describe-file-caches", "--file-cache-ids", "ID"), file: "file-cache" }],
      dataRepositoryTasks: [
        {
          words: fsx("describe-data-repository-tasks", "--filters", "Name=file-cache-id,Values=ID"),
          pagedKey: "DataRepositoryTasks",
          file: "tasks",
        },
      ],
    },
  },
  {
    subject: "cacheReport",
    form: new RegExp(`^${ARN}share/share-[0-9A-F]{8}/cache-report/report-[0-9A-Za-z]{1,40}$`),
    records: {
      cacheReport: [
        { words: gateway("describe-cache-report", "--cache-report-arn", "ID"), file: "cache-report" },
      ],
    },
  },
  {
    subject: "fileSystemAssociation",
    form: new RegExp(`^${ARN}fs-association/fsa-[0-9A-F]{8,40}$`),
    records: {
      fileSystemAssociation: [
        {
          words: gateway("describe-file-system-associations", "--file-system-association-arn-list", "ID"),
          file: "fs-association",
        },
      ],
    },
  },
  {
    subject: "tape",
    form: new RegExp(`^${ARN}tape/[0-9A-Z]{5,16}$`),
    records: {
      tape: [
        { words: gateway("describe-tapes", "--gateway-arn", "GATEWAY", "--tape-arns", "ID"), file: "tape" },
        { words: gateway("describe-tape-archives", "--tape-arns", "ID"), file: "tape" },
      ],
      tapePool: [{ words: gateway("list-tape-pools"), file: "tape-pools", isUnnamed: true }],
    },
  },
];

/** One of these things, with the findings that wait for its records. */
export interface Thing {
  kind: ThingKind;
  id: string;
  gateway: string | undefined;
  records: Map<ContextName, Set<Diagnostic>>;
}

/** The thing that a request's record belongs to; undefined if its name is missing or not of its form. */
export function findThing(
  record: ContextName,
  subjects: RequestSubjects,
): Omit<Thing, "records"> | undefined {
  for (const kind of KINDS) {
    const id = subjects[kind.subject];
    if (id !== undefined && kind.records[record] && kind.form.test(id))
      return { kind, id, gateway: subjects.gateway };
  }
  return undefined;
}

const NONE: ReadonlySet<Diagnostic> = new Set();

export function planThing(thing: Thing, isGateway: (text: string) => boolean): ReadingGroup {
  const { kind, id, records } = thing;
  const [itself] = Object.keys(kind.records);
  const readings = Object.entries(kind.records).flatMap(([record, commands]): Reading[] => {
    const decides = records.get(record as ContextName);
    if (!decides && record !== itself) return [];
    const known = commands.filter(
      ({ words }) => !words.includes("GATEWAY") || (thing.gateway !== undefined && isGateway(thing.gateway)),
    );
    const [command] = known;
    if (!command) return [];
    return [
      {
        record: record as ContextName,
        ways: known.map(({ words }) => words.map((word) => fillIn(word, thing))),
        ...(command.pagedKey !== undefined && { pagedKey: command.pagedKey }),
        ...(command.isUnnamed && { isUnnamed: true }),
        file: `${command.file}-${id.split("/").at(-1)}.json`,
        of: id,
        ...(id.startsWith("arn:") && { account: id.split(":")[4]! }),
        decides: decides ?? NONE,
      },
    ];
  });
  return { subject: id, readings };
}

function fillIn(word: string, { id, gateway: arn = "" }: Thing): string {
  if (word === "REGION") return id.split(":")[3] ?? "";
  if (word === "GATEWAY") return arn;
  return word.replace(/(?:^|=)ID$/, (found) => found.replace("ID", id));
}
