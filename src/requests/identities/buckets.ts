import { Unknown } from "../../documents/document.ts";
import type { TextPart } from "../../documents/parts.ts";
import { getReferenceParts, textFromParts } from "../../documents/parts.ts";
import { ACCOUNT_ID, REGION } from "../reference-domains.ts";
import { isObject } from "../request.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import type { TemplateDocument, TemplateResourcePolicy } from "./identity.ts";
import { findReferredIdentity, findReferredResource } from "./reference.ts";

/** A bucket that a template defines, with its policy and that of the key that encrypts it. */
export interface TemplateBucket {
  reference: string;
  /** Its name, if the template gives one. */
  name?: string;
  /** The form of the name, where AWS or Terraform makes it. */
  pattern?: string;
  /** The ARN of its KMS key, as far as it is known; absent if it has none, or one that AWS manages. */
  key?: string | Unknown;
  /** How the template refers to that key. */
  keyReference?: string;
  policy?: TemplateDocument;
  keyPolicy?: TemplateDocument;
}

/**
 * By type, the property that names a bucket, and the form of names that are made: by CloudFormation of stack, logical ID
 * and 12 characters, by Terraform with 26 digits at the end. Neither is ever the alias of an access point.
 */
const BUCKETS: Readonly<Record<string, { property: string; pattern: string }>> = {
  "AWS::S3::Bucket": { property: "BucketName", pattern: "[a-z0-9][a-z0-9-]*-[a-z0-9]{12,13}" },
  aws_s3_bucket: { property: "bucket", pattern: "[a-z0-9][a-z0-9.-]*[0-9]{26}" },
};

/** The buckets that resources define; undefined keys of encryption are those of AWS. */
export function findBuckets(
  resources: readonly TemplateResource[],
  policies: readonly TemplateResourcePolicy[],
): TemplateBucket[] {
  const isRepeated = (name: string) => resources.filter((one) => one.name === name).length > 1;
  return resources.flatMap((resource): TemplateBucket[] => {
    const row = Object.hasOwn(BUCKETS, resource.type) ? BUCKETS[resource.type] : undefined;
    // Of several alternatives, which one it will be isn't known.
    if (!row || isRepeated(resource.name)) return [];
    const values = valuesOf(resource);
    const named = values[row.property];
    const name = typeof named === "string" ? { name: named } : {};
    const isMade = named === undefined || named === null || isComputed(resource, row.property);
    const about = { reference: resource.name, ...name, ...(isMade && { pattern: row.pattern }) };
    const encryption = findEncryption(values) ?? findEncryptionOf(about, resources);
    const key = readKey(encryption);
    const keyReference = key instanceof Unknown ? findReferredIn(encryption!) : undefined;
    const policy = policies.find(({ kind, of }) => kind === "bucket" && isBucket(about, of));
    const keyPolicy = policies.find(({ kind, of }) => kind === "key" && of === keyReference);
    return [
      {
        ...about,
        ...(key !== undefined && { key }),
        ...(keyReference !== undefined && { keyReference }),
        ...(policy && { policy: policy.document }),
        ...(keyPolicy && { keyPolicy: keyPolicy.document }),
      },
    ];
  });
}

/** In a plan, a value that the configuration doesn't give. */
function isComputed({ properties, describe }: TemplateResource, key: string): boolean {
  const part = properties.member(key);
  return part?.value instanceof Unknown && describe("", part).isComputed === true;
}

/** Whether a reference, or `name:NAME`, is that of the bucket. */
const isBucket = ({ reference, name }: Pick<TemplateBucket, "reference" | "name">, by: string): boolean =>
  by === reference || (name !== undefined && by === `name:${name}`);

function valuesOf({ properties }: TemplateResource): Readonly<Record<string, unknown>> {
  const values = resolveIntrinsics(properties);
  return isObject(values) ? values : {};
}

/** Members that lead to the algorithm and the key, in CloudFormation and in Terraform. */
const ENCRYPTION = [
  ["BucketEncryption", "ServerSideEncryptionConfiguration", "ServerSideEncryptionByDefault"],
  ["server_side_encryption_configuration", "rule", "apply_server_side_encryption_by_default"],
  ["rule", "apply_server_side_encryption_by_default"],
] as const;

/** Blocks are lists in plans. */
function findEncryption(values: unknown): unknown {
  for (const path of ENCRYPTION) {
    const found = path.reduce<unknown>((value, name) => {
      const block = Array.isArray(value) ? value[0] : value;
      return block instanceof Unknown ? block : isObject(block) ? block[name] : undefined;
    }, values);
    const [block] = [found].flat();
    if (block !== undefined && block !== null) return block;
  }
  return undefined;
}

function findEncryptionOf(
  bucket: Pick<TemplateBucket, "reference" | "name">,
  resources: readonly TemplateResource[],
): unknown {
  for (const resource of resources) {
    if (resource.type !== "aws_s3_bucket_server_side_encryption_configuration") continue;
    const by = nameReferred(resource.properties.member("bucket"), resource);
    if (by !== undefined && isBucket(bucket, by)) return findEncryption(valuesOf(resource));
  }
  return undefined;
}

/** A name, or the resource that a property refers to. */
function nameReferred(
  part: TemplateResource["properties"] | undefined,
  { readText }: Pick<TemplateResource, "readText">,
): string | undefined {
  const value = part && resolveIntrinsics(part);
  if (typeof value === "string") return `name:${value}`;
  const [only, ...others] = (part && readText(part)) ?? [];
  return only && "source" in only && others.length === 0
    ? findReferredResource(only.label ?? only.source)
    : undefined;
}

function readKey(encryption: unknown): string | Unknown | undefined {
  if (!isObject(encryption)) return encryption instanceof Unknown ? encryption : undefined;
  const algorithm = encryption.SSEAlgorithm ?? encryption.sse_algorithm;
  if (algorithm instanceof Unknown) return algorithm;
  if (!String(algorithm).startsWith("aws:kms")) return undefined;
  const key = encryption.KMSMasterKeyID ?? encryption.kms_master_key_id;
  if (typeof key === "string") {
    if (key === "" || /(?:^|\/)aws\/s3$/.test(key)) return undefined;
    return key.startsWith("arn:") ? key : new Unknown(key);
  }
  const source = key instanceof Unknown ? key.source : undefined;
  return source === undefined ? undefined : textFromParts(arnOfKey(source), source);
}

const arnOfKey = (source: string): TextPart[] => [
  "arn:aws:kms:",
  { source: "${AWS::Region}", domain: REGION },
  ":",
  { source: "${AWS::AccountId}", domain: ACCOUNT_ID },
  ":key/",
  { source, domain: { pattern: "(?:mrk-)?[0-9a-f-]+" } },
];

function findReferredIn(encryption: unknown): string | undefined {
  const key = isObject(encryption) ? (encryption.KMSMasterKeyID ?? encryption.kms_master_key_id) : undefined;
  return findReferredIdentity(getReferenceParts(key));
}

/** The bucket of a `LocationARN`, with the text that its name is: known, or a hole. */
export function findBucketOf(
  location: unknown,
  buckets: readonly TemplateBucket[],
): { bucket: TemplateBucket; location: unknown } | undefined {
  const [first = "", second, ...rest] = getReferenceParts(location);
  if (typeof first === "object") {
    const bucket = buckets.find(({ reference }) => reference === findReferredResource(first.source));
    const after = second === undefined ? [] : [second, ...rest];
    return bucket && { bucket, location: textFromParts(["arn:aws:s3:::", nameOf(bucket), ...after]) };
  }
  const [, name, more] = /^arn:[\w-]+:s3:::([^/]*)(.*)$/s.exec(first) ?? [];
  if (name === undefined) return undefined;
  if (name === "" && typeof second === "object") {
    const bucket = buckets.find(({ reference }) => reference === findReferredResource(second.source));
    return bucket && { bucket, location: textFromParts([first, nameOf(bucket), ...rest]) };
  }
  const isWhole = second === undefined || more !== "";
  const bucket = isWhole ? buckets.find((one) => one.name === name) : undefined;
  return bucket && { bucket, location };
}

const nameOf = ({ name, reference, pattern = ANY_NAME }: TemplateBucket): TextPart =>
  name ?? { source: `\${${reference}}`, domain: { pattern, maxLength: 63 } };

const ANY_NAME = "[a-z0-9][a-z0-9.-]*[a-z0-9]";
