import { bucketFromArn, bucketFromUri } from "./arns.ts";
import { readMember } from "./context.ts";

/** The resources that a request refers to, by kind. */
export interface RequestSubjects {
  fileShare?: string;
  gateway?: string;
  fileSystem?: string;
  bucket?: string;
  /** Of Storage Gateway: a cache report, a tape, an association of a gateway with a file system. */
  cacheReport?: string;
  tape?: string;
  /** The pool that the record of the tape names. */
  tapePool?: string;
  fileSystemAssociation?: string;
  /** Of FSx. */
  volume?: string;
  snapshot?: string;
  backup?: string;
  fileCache?: string;
  association?: string;
  task?: string;
}

interface Lookup {
  /** An operation, or a service, which stands for all of its operations. */
  of: string;
  /** The member of the payload that names the resource. */
  member: string;
  subject: keyof RequestSubjects;
  /** Extracts the name from the member's value; if absent, the value is the name. */
  name?: (value: string) => string | undefined;
}

/**
 * The members of payloads that name resources. A service uses the same member names in all operations, so a
 * new operation rarely needs a row. Of several rows that match the same kind of resource, the first one
 * counts.
 */
const LOOKUPS: readonly Lookup[] = [
  { of: "storagegateway", member: "FileShareARN", subject: "fileShare" },
  { of: "storagegateway", member: "GatewayARN", subject: "gateway" },
  { of: "storagegateway", member: "LocationARN", subject: "bucket", name: bucketFromArn },
  { of: "storagegateway", member: "CacheReportARN", subject: "cacheReport" },
  { of: "storagegateway", member: "TapeARN", subject: "tape" },
  { of: "storagegateway", member: "FileSystemAssociationARN", subject: "fileSystemAssociation" },
  { of: "fsx", member: "FileSystemId", subject: "fileSystem" },
  { of: "fsx", member: "VolumeId", subject: "volume" },
  { of: "fsx", member: "SnapshotId", subject: "snapshot" },
  { of: "fsx", member: "BackupId", subject: "backup" },
  { of: "fsx", member: "FileCacheId", subject: "fileCache" },
  { of: "fsx", member: "AssociationId", subject: "association" },
  { of: "fsx", member: "TaskId", subject: "task" },
  { of: "fsx", member: "DataRepositoryPath", subject: "bucket", name: bucketFromUri },
  { of: "s3", member: "Bucket", subject: "bucket" },
];

/** The resources that a request's payload names. */
export function findRequestSubjects(operation: string, request: unknown): RequestSubjects {
  const subjects: RequestSubjects = {};
  const service = operation.split(":", 1)[0];
  for (const { of, member: key, subject, name } of LOOKUPS) {
    if ((of !== service && of !== operation) || subjects[subject] !== undefined) continue;
    const value = readMember(request, key);
    const found = typeof value === "string" ? (name ? name(value) : value) : undefined;
    if (found !== undefined) subjects[subject] = found;
  }
  return subjects;
}
