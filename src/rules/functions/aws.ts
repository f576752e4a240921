/** Parsers of AWS identifiers. */

export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  resource: string;
  /** Set only for ARNs of buckets and objects: the bucket's name, its ARN, and the object's key. */
  bucket: string;
  bucketArn: string;
  key: string;
}

const NO_ARN: Arn = {
  partition: "",
  service: "",
  region: "",
  account: "",
  resource: "",
  bucket: "",
  bucketArn: "",
  key: "",
};

/** A partition and a service, perhaps a Region and an account, and a resource. */
const ARN = /^arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:./s;

/** The parts of an ARN; all are empty if the text is not an ARN. */
export function arn(text: string): Arn {
  if (!ARN.test(text)) return { ...NO_ARN };
  const second = text.indexOf(":", FIRST);
  const third = text.indexOf(":", second + 1);
  const fourth = text.indexOf(":", third + 1);
  const fifth = text.indexOf(":", fourth + 1);
  const partition = text.slice(FIRST, second);
  const service = text.slice(second + 1, third);
  const region = text.slice(third + 1, fourth);
  const account = text.slice(fourth + 1, fifth);
  const resource = text.slice(fifth + 1);
  // ARNs of access points have a Region or an account; ARNs of buckets have neither.
  if (service !== "s3" || region !== "" || account !== "")
    return { partition, service, region, account, resource, bucket: "", bucketArn: "", key: "" };
  const slash = resource.indexOf("/");
  const bucket = slash < 0 ? resource : resource.slice(0, slash);
  const key = slash < 0 ? "" : resource.slice(slash + 1);
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  return { partition, service, region, account, resource, bucket, bucketArn, key };
}

const FIRST = "arn:".length;

/**
 * The parts of `s3://bucket/key`, with the scheme in lower case as AWS writes it; both are empty otherwise.
 */
export function s3uri(text: string): { bucket: string; key: string } {
  const parts = /^s3:\/\/([^/\s]+)(?:\/(.*))?$/s.exec(text);
  return { bucket: parts?.[1] ?? "", key: parts?.[2] ?? "" };
}

/** Every string in a value, at any depth, that is an ARN. */
export function arnsIn(value: unknown): string[] {
  const found: string[] = [];
  collectArns(value, found);
  return found;
}

function collectArns(value: unknown, found: string[]): void {
  if (typeof value === "string") {
    if (ARN.test(value)) found.push(value);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) collectArns(part, found);
  }
}

/** The partitions of the ARNs in a value, each once, without those in its members named `except`. */
export function partitionsIn(value: unknown, except: readonly string[]): string[] {
  const found: string[] = [];
  if (typeof value !== "object" || value === null) collectPartitions(value, found);
  else
    for (const name of Object.keys(value))
      if (!except.includes(name)) collectPartitions((value as Record<string, unknown>)[name], found);
  return found;
}

function collectPartitions(value: unknown, found: string[]): void {
  if (typeof value === "string") {
    if (!value.startsWith("arn:") || !ARN.test(value)) return;
    const partition = value.slice(FIRST, value.indexOf(":", FIRST));
    if (!found.includes(partition)) found.push(partition);
  } else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) collectPartitions(part, found);
}

/** The first Region code among the labels of a DNS name; empty if there is none. */
export function regionIn(name: string): string {
  const labels = name.toLowerCase().split(/[./]/);
  return labels.find((label) => /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(label)) ?? "";
}
