import { createReadProblem, ReadProblem, toReadProblem } from "./problem.ts";
import type { FactReader } from "./reading.ts";

/** What the context says of a bucket, in the form that people write by hand. */
export interface BucketFacts {
  region?: string;
  account?: string;
  policy: string | null;
  kmsKeyArn: string | null;
  kmsKeyPolicy?: string;
}

export interface BucketReading {
  facts: BucketFacts;
  /** Why the policy of its key could not be read, which is then unknown. */
  keyProblem?: ReadProblem;
}

/** The permissions that reading buckets takes. */
export const BUCKET_PERMISSIONS = [
  "s3:ListBucket",
  "s3:GetBucketLocation",
  "s3:GetBucketPolicy",
  "s3:GetEncryptionConfiguration",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
];

const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
const KEY_ARN = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
const KEY_NAME =
  /^(?:alias\/[\w/-]+|[\da-f]{8}(?:-[\da-f]+){4}|mrk-[\da-f]+|arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[\w/-]+)$/;

/**
 * Reads a bucket. A policy or an encryption that may not be read is a problem, since a record without them says that
 * there is none. Throws a `ReadProblem`.
 */
export async function readBucket(
  aws: FactReader,
  bucket: string,
  account: string | undefined,
): Promise<BucketReading> {
  const { region, isOwn } = await readHead(aws, bucket, account);
  const where = [...(region === undefined ? [] : ["--region", region])];
  const read = (operation: string) => aws.read(["s3api", operation, ...where, "--bucket", bucket]);
  const policy = await orNone(read("get-bucket-policy"), "NoSuchBucketPolicy");
  const encryption = await orNone(
    read("get-bucket-encryption"),
    "ServerSideEncryptionConfigurationNotFoundError",
  );
  if (policy && typeof policy.Policy !== "string")
    throw createReadProblem("other", "AWS's answer has no policy");
  const key = encryption && findKey(encryption);
  const kmsKeyArn = key === undefined ? null : await readKeyArn(aws, key, where);
  const facts = {
    ...(region !== undefined && { region }),
    ...(isOwn && account !== undefined && { account }),
    policy: (policy?.Policy as string | undefined) ?? null,
    kmsKeyArn,
  };
  if (kmsKeyArn === null) return { facts };
  const kmsKeyPolicy = await readKeyPolicy(aws, kmsKeyArn).catch(toReadProblem);
  return kmsKeyPolicy instanceof ReadProblem
    ? { facts, keyProblem: kmsKeyPolicy }
    : { facts: { ...facts, kmsKeyPolicy } };
}

interface Head {
  region: string | undefined;
  /** Whether the bucket is of the account of the credentials, which only AWS can tell. */
  isOwn: boolean;
}

async function readHead(aws: FactReader, bucket: string, account: string | undefined): Promise<Head> {
  const head = ["s3api", "head-bucket", "--bucket", bucket];
  const own =
    account === undefined
      ? undefined
      : await aws.read([...head, "--expected-bucket-owner", account]).catch(keepDenied);
  const isOwn = own !== undefined && !(own instanceof ReadProblem);
  const { BucketRegion: region } = isOwn ? own : await aws.read(head);
  if (typeof region === "string" && REGION.test(region)) return { region, isOwn };
  return { region: await readLocation(aws, bucket), isOwn };
}

/** Older versions of the AWS CLI print no Region of a bucket. */
async function readLocation(aws: FactReader, bucket: string): Promise<string | undefined> {
  const answer = await aws.read(["s3api", "get-bucket-location", "--bucket", bucket]);
  const { LocationConstraint: place } = answer;
  const region = place === null || place === undefined ? "us-east-1" : place === "EU" ? "eu-west-1" : place;
  return typeof region === "string" && REGION.test(region) ? region : undefined;
}

/** The key of the default encryption with SSE-KMS; the key that AWS manages has no name there. */
function findKey(answer: Record<string, unknown>): string | undefined {
  const configuration = Object(answer.ServerSideEncryptionConfiguration);
  const rules = Array.isArray(configuration.Rules) ? configuration.Rules : [];
  const defaults = Object(Object(rules[0]).ApplyServerSideEncryptionByDefault);
  if (!String(defaults.SSEAlgorithm).startsWith("aws:kms")) return undefined;
  const { KMSMasterKeyID: key = "alias/aws/s3" } = defaults;
  if (typeof key === "string" && KEY_NAME.test(key)) return key;
  throw createReadProblem("other", "AWS names no key of the bucket's encryption");
}

async function readKeyArn(aws: FactReader, key: string, where: readonly string[]): Promise<string> {
  if (KEY_ARN.test(key)) return key;
  const region = key.startsWith("arn:") ? ["--region", key.split(":")[3]!] : where;
  const { KeyMetadata: metadata } = await aws.read(["kms", "describe-key", ...region, "--key-id", key]);
  const { Arn: arn } = Object(metadata);
  if (typeof arn === "string" && KEY_ARN.test(arn)) return arn;
  throw createReadProblem("other", "AWS's answer has no ARN of the key");
}

async function readKeyPolicy(aws: FactReader, arn: string): Promise<string> {
  const words = ["--region", arn.split(":")[3]!, "--key-id", arn, "--policy-name", "default"];
  const { Policy: policy } = await aws.read(["kms", "get-key-policy", ...words]);
  if (typeof policy === "string") return policy;
  throw createReadProblem("other", "AWS's answer has no policy of the key");
}

/** What AWS answers with this code isn't there, which is a fact, too. */
const orNone = <T>(answer: Promise<T>, code: string): Promise<T | undefined> =>
  answer.catch((problem: unknown) => {
    if (problem instanceof ReadProblem && problem.code === code) return undefined;
    throw problem;
  });

/** Asked for the owner, AWS denies a bucket of another account. */
function keepDenied(problem: unknown): ReadProblem {
  if (problem instanceof ReadProblem && problem.kind === "denied") return problem;
  throw problem;
}
