import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { findPackageRoot } from "../../schema/package-root.ts";
import type { ContextName } from "../context.ts";

/** Which part of which schema that ships says what a record holds. */
export interface SchemaPart {
  file: string;
  path: readonly string[];
}

/** A part of an operation's response: the items of a list in it, one member of it, or all of it. */
export const responsePart = (service: string, operation: string, ...path: string[]): SchemaPart => ({
  file: `${service}/${operation}.response.json`,
  path,
});

/** A part of the schema of what is written by hand; `*` stands for whatever the key is. */
export const handWrittenPart = (...path: string[]): SchemaPart => ({
  file: "countersign/context.json",
  path,
});

/** By which a part is known among the compiled ones. */
export const schemaPartKey = ({ file, path }: SchemaPart): string => [file, ...path].join("/");

/** What the IAM stage needs to find its way; the policies themselves it reads with its own eyes. */
export const iamPart = (name: string): SchemaPart => ({ file: "iam", path: [name] });

const text = { type: "string" };
const listOfObjects = { type: "array", items: { type: "object" } };
const createEntitySchema = (own: Record<string, JsonSchema>): JsonSchema => ({
  type: "object",
  required: ["Arn"],
  properties: { Arn: text, AttachedManagedPolicies: listOfObjects, Tags: listOfObjects, ...own },
});

/** From the API reference of GetAccountAuthorizationDetails. Policy documents come decoded from the AWS CLI. */
const IAM: JsonSchema = {
  properties: {
    user: createEntitySchema({
      UserName: text,
      UserPolicyList: listOfObjects,
      GroupList: { type: "array", items: text },
    }),
    group: createEntitySchema({ GroupName: text, GroupPolicyList: listOfObjects }),
    role: createEntitySchema({
      RoleName: text,
      RolePolicyList: listOfObjects,
      AssumeRolePolicyDocument: { type: ["object", "string"] },
    }),
    policy: {
      type: "object",
      required: ["Arn", "PolicyVersionList"],
      properties: { Arn: text, PolicyName: text, PolicyVersionList: listOfObjects },
    },
  },
};

const files = new Map<string, JsonSchema>([["iam", IAM]]);

function readSchemaSource(file: string): JsonSchema {
  const known = files.get(file);
  if (known) return known;
  const read = JSON.parse(readFileSync(join(findPackageRoot(), "schemas", file), "utf8")) as JsonSchema;
  files.set(file, read);
  return read;
}

/** The schema of a part, able to stand alone, or at another place of a schema that it is put into. */
export function resolveSchemaPart({ file, path }: SchemaPart, place = "#"): JsonSchema {
  let part: JsonSchema | undefined = readSchemaSource(file);
  let pointer = "#";
  for (const name of path) {
    const [next, steps] = stepInto(part, name);
    part = next;
    pointer += steps;
  }
  if (!part) throw new Error(`there is no ${path.join("/")} in ${file}`);
  return pointer === place ? part : (rebaseRefs(part, pointer, place) as JsonSchema);
}

/** `[]` is the items of a list, `*` what stands under any key. */
function stepInto(schema: JsonSchema | undefined, name: string): [JsonSchema | undefined, string] {
  if (name === "[]") return [schema?.items, "/items"];
  const any = schema?.additionalProperties;
  if (name === "*") return [typeof any === "object" ? any : undefined, "/additionalProperties"];
  return [schema?.properties?.[name], `/properties/${name}`];
}

/** The generator says recursion by a `$ref` into the response itself: it moves along with the part. */
function rebaseRefs(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rebaseRefs(item, from, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [
      key,
      key === "$ref" && typeof inside === "string" && `${inside}/`.startsWith(`${from}/`)
        ? to + inside.slice(from.length)
        : rebaseRefs(inside, from, to),
    ]),
  );
}

const resolveStorageGatewayPart = (operation: string, ...path: string[]): JsonSchema =>
  resolveSchemaPart(responsePart("storagegateway", operation, ...path));

const resolveRecord = (service: string, operation: string, key: string): JsonSchema =>
  resolveSchemaPart(responsePart(service, operation, key, "[]"));

const createListSchema = (service: string, operation: string, key: string): JsonSchema => ({
  type: "array",
  items: resolveSchemaPart(responsePart(service, operation, key, "[]"), "#/items"),
});

const TYPES: Readonly<Record<ContextName, () => JsonSchema>> = {
  fileShare: () =>
    mergeRecordSchemas(
      resolveStorageGatewayPart("DescribeNFSFileShares", "NFSFileShareInfoList", "[]"),
      resolveStorageGatewayPart("DescribeSMBFileShares", "SMBFileShareInfoList", "[]"),
    ),
  gateway: () =>
    mergeRecordSchemas(
      resolveStorageGatewayPart("DescribeGatewayInformation"),
      resolveSchemaPart(handWrittenPart("gateways", "*")),
    ),
  cacheReports: () => createListSchema("storagegateway", "ListCacheReports", "CacheReportList"),
  fileSystem: () => resolveSchemaPart(responsePart("fsx", "DescribeFileSystems", "FileSystems", "[]")),
  dataRepositoryAssociations: () =>
    createListSchema("fsx", "DescribeDataRepositoryAssociations", "Associations"),
  dataRepositoryTasks: () => createListSchema("fsx", "DescribeDataRepositoryTasks", "DataRepositoryTasks"),
  dataRepositoryAssociation: () => resolveRecord("fsx", "DescribeDataRepositoryAssociations", "Associations"),
  dataRepositoryTask: () => resolveRecord("fsx", "DescribeDataRepositoryTasks", "DataRepositoryTasks"),
  cacheReport: () => resolveRecord("storagegateway", "ListCacheReports", "CacheReportList"),
  fileSystemAssociation: () =>
    resolveRecord("storagegateway", "DescribeFileSystemAssociations", "FileSystemAssociationInfoList"),
  volume: () => resolveRecord("fsx", "DescribeVolumes", "Volumes"),
  snapshots: () => createListSchema("fsx", "DescribeSnapshots", "Snapshots"),
  snapshot: () => resolveRecord("fsx", "DescribeSnapshots", "Snapshots"),
  backup: () => resolveRecord("fsx", "DescribeBackups", "Backups"),
  fileCache: () => resolveRecord("fsx", "DescribeFileCaches", "FileCaches"),
  tape: () =>
    mergeRecordSchemas(
      resolveRecord("storagegateway", "DescribeTapes", "Tapes"),
      resolveRecord("storagegateway", "DescribeTapeArchives", "TapeArchives"),
    ),
  tapePool: () => resolveRecord("storagegateway", "ListTapePools", "PoolInfos"),
  metrics: () => resolveSchemaPart(handWrittenPart("metrics", "*")),
  mountPoint: () => resolveSchemaPart(handWrittenPart("mountPoints", "*")),
  bucket: () => resolveSchemaPart(handWrittenPart("buckets", "*")),
  conditionKeys: () => resolveSchemaPart(handWrittenPart("conditionKeys")),
};

/** What few requests need is loaded when it is there: the key of a part, or a name of context. */
export const isDeferredContext = (key: string): boolean => DEFERRED_FILES.test(key);

const DEFERRED_FILES =
  /^(?:fileSystemAssociation|volume|snapshots?|backup|fileCache|tape)$|\/Describe(?:FileSystemAssociations|Volumes|Snapshots|Backups|FileCaches|Tapes|TapeArchives|Cache)\.response\.json|^cloudwatch\//;

/** What stands under a name of context, as a JSON Schema. */
export const getContextType = (name: ContextName): JsonSchema => TYPES[name]();

/** Records that have the members of either: NFS and SMB file shares share most, and rules see both alike. */
const mergeRecordSchemas = (a: JsonSchema, b: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  properties: { ...b.properties, ...a.properties },
});
