import type { HoleDomain } from "../../documents/partial.ts";
import { ACCOUNT_ID, PARTITION, REGION } from "../reference-domains.ts";

const [PARTITIONS, REGIONS, ACCOUNTS] = [PARTITION.values!.join("|"), REGION.pattern!, ACCOUNT_ID.pattern!];

const arnPattern = (service: string, resource: string, place = `(?:${REGIONS}):${ACCOUNTS}`): string =>
  `arn:(?:${PARTITIONS}):${service}:${place}:${resource}`;

const BUCKET = "[a-z0-9][a-z0-9.-]+[a-z0-9]";
const IAM_NAME = "[A-Za-z0-9_+=,.@-]+";

/** ARNs of IAM have no Region, and a path of up to 512 characters before the name, without what JSON escapes. */
const iamArn = (resource: string): string => arnPattern("iam", `${resource}/[!#-\\[\\]-~]+`, `:${ACCOUNTS}`);

/**
 * The forms of what resources of a template return, by type and attribute (CloudFormation's resource reference, "Return
 * values"; the forms of ARNs are those of the service authorization reference).
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "AWS::FSx::FileSystem": {
    Ref: "fs-[0-9a-f]{8}(?:[0-9a-f]{9})?",
    ResourceARN: arnPattern("fsx", "file-system/fs-[0-9a-f]{8}(?:[0-9a-f]{9})?"),
  },
  "AWS::IAM::ManagedPolicy": { Ref: iamArn("policy"), PolicyArn: iamArn("policy") },
  "AWS::IAM::Role": { Ref: IAM_NAME, Arn: iamArn("role") },
  "AWS::IAM::User": { Ref: IAM_NAME, Arn: iamArn("user") },
  "AWS::KMS::Key": {
    Ref: "(?:mrk-)?[0-9a-f-]+",
    Arn: arnPattern("kms", "key/(?:mrk-)?[0-9a-f-]+"),
    KeyId: "(?:mrk-)?[0-9a-f-]+",
  },
  "AWS::Lambda::Function": { Arn: arnPattern("lambda", "function:[A-Za-z0-9_-]+") },
  "AWS::Logs::LogGroup": { Arn: arnPattern("logs", "log-group:[A-Za-z0-9_./#-]+:[*]") },
  "AWS::S3::AccessPoint": { Arn: arnPattern("s3", "accesspoint/[a-z0-9-]+") },
  "AWS::S3::Bucket": { Ref: BUCKET, Arn: arnPattern("s3", BUCKET, ":") },
  "AWS::SNS::Topic": {
    Ref: arnPattern("sns", "[A-Za-z0-9_-]+(?:[.]fifo)?"),
    TopicArn: arnPattern("sns", "[A-Za-z0-9_-]+(?:[.]fifo)?"),
  },
  "AWS::SQS::Queue": { Arn: arnPattern("sqs", "[A-Za-z0-9_-]+(?:[.]fifo)?") },
};

/** Of an ARN, the longest of which are those of roles: 576 characters behind `role/`. */
const MAX_LENGTH = 640;

/** The form of what `Ref` or `Fn::GetAtt` gives; undefined where the type doesn't fix that. */
export function findAttributeDomain(type: string, attribute: string): HoleDomain | undefined {
  const attributes = Object.hasOwn(ATTRIBUTES, type) ? ATTRIBUTES[type]! : {};
  const pattern = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  return pattern === undefined ? undefined : { pattern, maxLength: MAX_LENGTH };
}
