import type { Diagnostic } from "../../src/index.ts";
import { createValidator } from "../../src/index.ts";
import { directory } from "../cli/run.ts";

export const ACCOUNT = "123456789012";
export const OTHER = "210987654321";
export const SHARE = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/share-1A2B3C4D`;
export const GATEWAY = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/sgw-12A3456B`;
export const WRITER = `arn:aws:iam::${ACCOUNT}:role/CacheReportWriter`;
export const OPERATOR = `arn:aws:iam::${ACCOUNT}:role/StorageOperator`;
export const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;
export const BUCKET = "arn:aws:s3:::cache-reports";
export const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1a2b3c4d-0000-0000-0000-1a2b3c4d5e6f`;
export const FILE_SYSTEM = `arn:aws:fsx:eu-west-1:${ACCOUNT}:file-system/fs-0123456789abcdef0`;
export const TASKS = `arn:aws:fsx:eu-west-1:${ACCOUNT}:task/*`;
export const SERVICE = "storagegateway.amazonaws.com";

// biome-ignore lint/suspicious/noExplicitAny: tests build and mutate arbitrary policies and records.
type Json = any;

export const policy = (...Statement: Json[]): Json => ({ Version: "2012-10-17", Statement });
export const allow = (Action: Json, Resource: Json, more: Json = {}): Json => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
export const deny = (Action: Json, Resource: Json, more: Json = {}): Json => ({
  Effect: "Deny",
  Action,
  Resource,
  ...more,
});

const role = (arn: string, trust: Json, statements: Json[]): Json => ({
  Arn: arn,
  RoleName: arn.split("/").at(-1),
  Path: "/",
  AssumeRolePolicyDocument: trust,
  RolePolicyList: [{ PolicyName: "Own", PolicyDocument: policy(...statements) }],
  AttachedManagedPolicies: [],
});

/** The inputs of a permission check. Initially, everything that a request needs is allowed. */
export interface World {
  operator: Json;
  writer: Json;
  alice: Json;
  iam: Json;
  bucket: Json;
  handWritten: Json;
  share: Json;
  fileSystem: Json;
  request: Json;
  /** The context of the request itself. */
  context: Json;
  caller: string | undefined;
}

export const sourceGuard = (SourceArn: string): Json => ({
  ArnLike: { "aws:SourceArn": SourceArn },
  StringEquals: { "aws:SourceAccount": ACCOUNT },
});

const trusting = (Condition?: Json): Json =>
  policy({
    Effect: "Allow",
    Principal: { Service: SERVICE },
    Action: "sts:AssumeRole",
    ...(Condition && { Condition }),
  });

const PAYLOADS: Record<string, Json> = {
  StartCacheReport: {
    FileShareARN: SHARE,
    Role: WRITER,
    LocationARN: BUCKET,
    BucketRegion: "eu-west-1",
    ClientToken: "inc-4242",
    InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
  },
  EvictFilesFailingUpload: { FileShareARN: SHARE },
  CreateDataRepositoryTask: {
    Type: "IMPORT_METADATA_FROM_REPOSITORY",
    FileSystemId: "fs-0123456789abcdef0",
    Report: { Enabled: false },
  },
};

export const OWN = [
  allow(["storagegateway:StartCacheReport", "storagegateway:EvictFilesFailingUpload"], SHARE),
  allow("iam:PassRole", WRITER),
  allow("fsx:CreateDataRepositoryTask", [FILE_SYSTEM, TASKS]),
  allow("fsx:TagResource", TASKS),
];

export function world(operation: string): World {
  const operator = role(OPERATOR, trusting(), OWN);
  const writer = role(WRITER, trusting(sourceGuard(GATEWAY)), [
    allow(["s3:PutObject", "s3:AbortMultipartUpload"], `${BUCKET}/*`),
  ]);
  const alice = {
    Arn: ALICE,
    UserName: "alice",
    UserPolicyList: [{ PolicyName: "Own", PolicyDocument: policy(...OWN) }],
    GroupList: [],
    AttachedManagedPolicies: [],
  };
  const bucket = { region: "eu-west-1", account: ACCOUNT };
  // Cloned, so that statements shared by two holders become independent.
  const all: World = {
    operator,
    writer,
    alice,
    iam: { GroupDetailList: [], Policies: [] },
    bucket,
    handWritten: {},
    share: { FileShareARN: SHARE, GatewayARN: GATEWAY, LocationARN: "arn:aws:s3:::media-share" },
    fileSystem: { FileSystemId: "fs-0123456789abcdef0", ResourceARN: FILE_SYSTEM, OwnerId: ACCOUNT },
    request: PAYLOADS[operation],
    context: undefined,
    caller: OPERATOR,
  };
  return JSON.parse(JSON.stringify(all));
}

/** The statements of the inline policy of a role or user. */
export const inlineStatementsOf = (holder: Json): Json[] =>
  (holder.RolePolicyList ?? holder.UserPolicyList)[0].PolicyDocument.Statement;

export const setTrustPolicy = (holder: Json, Condition?: Json): void => {
  holder.AssumeRolePolicyDocument = trusting(Condition);
};

export const attachManagedPolicy = (
  w: World,
  holder: Json,
  name: string,
  document: Json,
  arn = localPolicy(name),
): void => {
  holder.AttachedManagedPolicies.push({ PolicyName: name, PolicyArn: arn });
  addPolicy(w, arn, document);
};

export const localPolicy = (name: string): string => `arn:aws:iam::${ACCOUNT}:policy/${name}`;

export const addPolicy = (w: World, arn: string, document: Json): void => {
  const versions = [
    { VersionId: "v1", IsDefaultVersion: false, Document: policy(deny("*", "*")) },
    { VersionId: "v2", IsDefaultVersion: true, Document: document },
  ];
  w.iam.Policies.push({
    Arn: arn,
    PolicyName: arn.split("/").at(-1),
    DefaultVersionId: "v2",
    PolicyVersionList: versions,
  });
};

export const addBoundary = (w: World, holder: Json, document: Json): void => {
  const arn = localPolicy("Boundary");
  holder.PermissionsBoundary = { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn };
  addPolicy(w, arn, document);
};

export const FULL = policy(allow("*", "*"));

/** The context files of a world, by name. */
export function contextFilesOf({
  operator,
  writer,
  alice,
  iam,
  bucket,
  handWritten: byHand,
  share,
  fileSystem,
}: World): Record<string, string> {
  const details = {
    UserDetailList: alice ? [alice] : [],
    RoleDetailList: [operator, writer].filter(Boolean),
    ...iam,
  };
  const files: Record<string, Json> = {
    "iam.json": iam && details,
    "by-hand.json": { buckets: bucket ? { "cache-reports": bucket } : {}, ...byHand },
    "share.json": share && { NFSFileShareInfoList: [share] },
    "fs.json": fileSystem && { FileSystems: [fileSystem] },
  };
  const given = Object.entries(files).filter(([, value]) => value);
  return Object.fromEntries(given.map(([name, value]) => [name, JSON.stringify(value, null, 2)]));
}

/** The permission diagnostics of a request in a changed world. */
export function diagnose(operation: string, bend: (w: World) => void): Diagnostic[] {
  const w = world(operation);
  bend(w);
  const service = operation.startsWith("Create") ? "fsx" : "storagegateway";
  const validator = createValidator({ context: directory(contextFilesOf(w)) });
  const { diagnostics } = validator.validate({
    operation: `${service}:${operation}`,
    request: w.request,
    ...(w.caller !== undefined && { caller: w.caller }),
    ...(w.context && { context: w.context }),
  });
  return diagnostics.filter(({ code }) => code.startsWith("iam/"));
}

export const iamCodesOf = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code }) => code.replace("iam/", "")).sort();

export const scp = (...levels: unknown[][]) => ({ organization: { serviceControlPolicies: levels } });
export const rcp = (...levels: unknown[][]) => ({ organization: { resourceControlPolicies: levels } });
export const withEveryone = (statement: object) => ({ ...statement, Principal: "*" });
export const setPolicy = (w: World, ...statements: object[]) => {
  w.bucket.policy = policy(...statements);
};
export const encryptWithKey = (w: World, keyStatements?: object[], roleMay = true) => {
  w.bucket.kmsKeyArn = KEY;
  if (keyStatements) w.bucket.kmsKeyPolicy = policy(...keyStatements);
  if (roleMay) inlineStatementsOf(w.writer).push(allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY));
};
export const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
export const keyForAccount = allow("kms:*", "*", { Principal: ROOT });
