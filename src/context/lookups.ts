import { bucketOf } from "./arns.ts";
import { member } from "./context.ts";

/** What a request is about: the names of things, by kind. */
export interface Subjects {
  fileShare?: string;
  gateway?: string;
  fileSystem?: string;
  bucket?: string;
}

interface Lookup {
  /** An operation, or a service for all of its operations. */
  of: string;
  /** The member of the payload that names the thing. */
  member: string;
  subject: keyof Subjects;
  /** How the name is got out of the member's value; as it is, where absent. */
  name?: (value: string) => string | undefined;
}

/**
 * Which member of a payload names what. A service names its things alike in all operations, so a new
 * operation mostly needs no row. Of two rows that find the same kind of thing, the first one counts.
 */
const LOOKUPS: readonly Lookup[] = [
  { of: "storagegateway", member: "FileShareARN", subject: "fileShare" },
  { of: "storagegateway", member: "GatewayARN", subject: "gateway" },
  { of: "storagegateway", member: "LocationARN", subject: "bucket", name: bucketOf },
  { of: "fsx", member: "FileSystemId", subject: "fileSystem" },
  { of: "s3", member: "Bucket", subject: "bucket" },
];

/** What a request is about, as far as its payload says. */
export function subjectsOf(operation: string, request: unknown): Subjects {
  const subjects: Subjects = {};
  const service = operation.split(":", 1)[0];
  for (const { of, member: key, subject, name } of LOOKUPS) {
    if ((of !== service && of !== operation) || subjects[subject] !== undefined) continue;
    const value = member(request, key);
    const found = typeof value === "string" ? (name ? name(value) : value) : undefined;
    if (found !== undefined) subjects[subject] = found;
  }
  return subjects;
}
