/**
 * API operations that are authorized by actions with other names. Source: Amazon S3 user guide, "Required
 * permissions for Amazon S3 API operations".
 */
const OPERATION_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  "s3:completemultipartupload": ["s3:PutObject"],
  "s3:copyobject": ["s3:GetObject", "s3:PutObject"],
  "s3:createmultipartupload": ["s3:PutObject"],
  "s3:deleteobjects": ["s3:DeleteObject"],
  "s3:headbucket": ["s3:ListBucket"],
  "s3:headobject": ["s3:GetObject"],
  "s3:listbuckets": ["s3:ListAllMyBuckets"],
  "s3:listmultipartuploads": ["s3:ListBucketMultipartUploads"],
  "s3:listobjects": ["s3:ListBucket"],
  "s3:listobjectsv2": ["s3:ListBucket"],
  "s3:listobjectversions": ["s3:ListBucketVersions"],
  "s3:listparts": ["s3:ListMultipartUploadParts"],
  "s3:uploadpart": ["s3:PutObject"],
  "s3:uploadpartcopy": ["s3:GetObject", "s3:PutObject"],
};

/** The actions that an operation needs; undefined when that is the action of the same name. */
export function findOperationActions(service: string, operation: string): readonly string[] | undefined {
  const name = `${service}:${operation}`.toLowerCase();
  return Object.hasOwn(OPERATION_ACTIONS, name) ? OPERATION_ACTIONS[name] : undefined;
}
