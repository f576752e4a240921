/** `partition:region:account` of an ARN, or undefined if it lacks one of the three. */
export function accountFromArn(arn: unknown): string | undefined {
  if (typeof arn !== "string") return undefined;
  const [prefix, partition, , region, account, resource] = arn.split(":", 6);
  return prefix === "arn" && partition && region && account && resource !== undefined
    ? `${partition}:${region}:${account}`
    : undefined;
}

/**
 * The name of the bucket in an S3 ARN. ARNs of access points, which have a Region and an account, have none.
 */
export function bucketFromArn(arn: unknown): string | undefined {
  return typeof arn === "string" ? /^arn:[\w-]+:s3:::([^/:]+)(?:\/|$)/.exec(arn)?.[1] : undefined;
}

/** The name of the bucket in `s3://bucket/prefix`. */
export const bucketFromUri = (uri: string): string | undefined => /^s3:\/\/([^/]+)/.exec(uri)?.[1];
