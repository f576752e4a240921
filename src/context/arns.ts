/** `partition:region:account` of an ARN that has all three, else undefined. */
export function accountOf(arn: unknown): string | undefined {
  if (typeof arn !== "string") return undefined;
  const [prefix, partition, , region, account, resource] = arn.split(":", 6);
  return prefix === "arn" && partition && region && account && resource !== undefined
    ? `${partition}:${region}:${account}`
    : undefined;
}

/**
 * The bucket that an S3 ARN is in. An access point's ARN names no bucket, and neither region nor account
 * stands in a bucket's.
 */
export function bucketOf(arn: unknown): string | undefined {
  return typeof arn === "string" ? /^arn:[\w-]+:s3:::([^/:]+)(?:\/|$)/.exec(arn)?.[1] : undefined;
}
