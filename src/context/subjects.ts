import type { ContextName, ContextRequest } from "./context.ts";
import { readMember, readTextMember } from "./context.ts";
import type { RecordKindName } from "./kinds.ts";
import type { RequestSubjects } from "./lookups.ts";
import { findRequestSubjects } from "./lookups.ts";
import type { ContextRecords } from "./records.ts";

/** The records that are single objects, each with the resource it describes. */
export const SINGLE_RECORDS = [
  { name: "fileShare", kind: "fileShare", of: "fileShare" },
  { name: "cacheReport", kind: "cacheReport", of: "cacheReport" },
  { name: "fileSystemAssociation", kind: "fileSystemAssociation", of: "fileSystemAssociation" },
  { name: "tape", kind: "tape", of: "tape" },
  { name: "tapePool", kind: "tapePool", of: "tapePool" },
  { name: "fileSystem", kind: "fileSystem", of: "fileSystem" },
  { name: "volume", kind: "volume", of: "volume" },
  { name: "snapshot", kind: "snapshot", of: "snapshot" },
  { name: "backup", kind: "backup", of: "backup" },
  { name: "fileCache", kind: "fileCache", of: "fileCache" },
  { name: "dataRepositoryAssociation", kind: "association", of: "association" },
  { name: "dataRepositoryTask", kind: "task", of: "task" },
  { name: "mountPoint", kind: "mountPoint", of: "fileSystem" },
  { name: "bucket", kind: "bucket", of: "bucket" },
] as const satisfies readonly { name: ContextName; kind: RecordKindName; of: keyof RequestSubjects }[];

/** The records that exist for each kind of resource. */
export const RECORDS_BY_SUBJECT: Readonly<Record<keyof RequestSubjects, readonly ContextName[]>> = {
  fileShare: ["fileShare", "gateway", "cacheReports", "metrics"],
  gateway: ["gateway", "metrics"],
  cacheReport: ["cacheReport"],
  tape: ["tape", "tapePool"],
  tapePool: ["tapePool"],
  fileSystemAssociation: ["fileSystemAssociation", "gateway", "metrics"],
  fileSystem: ["fileSystem", "dataRepositoryAssociations", "dataRepositoryTasks", "mountPoint"],
  volume: ["volume", "snapshots", "fileSystem"],
  snapshot: ["snapshot"],
  backup: ["backup"],
  fileCache: ["fileCache", "dataRepositoryTasks"],
  association: ["dataRepositoryAssociation", "dataRepositoryTasks", "fileSystem"],
  task: ["dataRepositoryTask"],
  bucket: ["bucket"],
};

/** The records that name what the request itself doesn't: the owner of its association, volume or task. */
const NAMING = [
  { name: "dataRepositoryAssociation", kind: "association", of: "association" },
  { name: "volume", kind: "volume", of: "volume" },
  { name: "dataRepositoryTask", kind: "task", of: "task" },
] as const;

/** The resources that a request refers to, by its payload and by the records of these. */
export function resolveSubjects(input: ContextRequest, records: ContextRecords): RequestSubjects {
  const subjects = withPoolOfTape(findRequestSubjects(input.operation, input.request), input, records);
  if (subjects.fileSystem !== undefined || subjects.fileCache !== undefined) return subjects;
  for (const { name, kind, of } of NAMING) {
    const record = readMember(input.context, name) ?? records.find(kind, subjects[of])?.value;
    const fileSystem = readTextMember(record, ["FileSystemId"]);
    const fileCache = readTextMember(record, ["FileCacheId"]);
    if (fileSystem !== undefined) return { ...subjects, fileSystem };
    if (fileCache !== undefined) return { ...subjects, fileCache };
  }
  return subjects;
}

/** The record of a tape has the ID of its pool; the record of a pool, its ARN. */
function withPoolOfTape(
  subjects: RequestSubjects,
  { context }: ContextRequest,
  records: ContextRecords,
): RequestSubjects {
  const { tape } = subjects;
  const record = readMember(context, "tape") ?? records.find("tape", tape)?.value;
  const pool = readTextMember(record, ["PoolId"]);
  if (tape === undefined || pool === undefined) return subjects;
  const [owner] = tape.split(":tape/", 1);
  return { ...subjects, tapePool: `${owner}:tapepool/${pool}` };
}

/** Associations and tasks belong to a file system, or to an Amazon File Cache. */
export const findOwner = (subjects: RequestSubjects, of: keyof RequestSubjects): string | undefined =>
  subjects[of] ?? (of === "fileSystem" ? subjects.fileCache : undefined);
