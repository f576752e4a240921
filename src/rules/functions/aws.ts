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

/** The parts of an ARN; all are empty if the text is not an ARN. */
export function arn(text: string): Arn {
  if (!text.startsWith("arn:")) return { ...NO_ARN };
  const parts = /^arn:([^:\s]+):([^:\s]+):([^:\s]*):([^:\s]*):(.+)$/s.exec(text);
  if (!parts) return { ...NO_ARN };
  const [, partition = "", service = "", region = "", account = "", resource = ""] = parts;
  const found: Arn = { partition, service, region, account, resource, bucket: "", bucketArn: "", key: "" };
  // ARNs of access points have a Region or an account; ARNs of buckets have neither.
  if (service !== "s3" || region !== "" || account !== "") return found;
  const slash = resource.indexOf("/");
  const bucket = slash < 0 ? resource : resource.slice(0, slash);
  const key = slash < 0 ? "" : resource.slice(slash + 1);
  return Object.assign(found, { bucket, bucketArn: `arn:${partition}:s3:::${bucket}`, key });
}

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
    if (value.startsWith("arn:") && arn(value).partition !== "") found.push(value);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) collectArns(part, found);
  }
}

/** The partitions of the ARNs in a value, each once, without those in its members named `except`. */
export function partitionsIn(value: unknown, except: readonly string[]): string[] {
  const found: string[] = [];
  if (typeof value !== "object" || value === null) collectPartitions(value, found);
  else
    for (const [name, part] of Object.entries(value))
      if (!except.includes(name)) collectPartitions(part, found);
  return found;
}

function collectPartitions(value: unknown, found: string[]): void {
  if (typeof value === "string") {
    const partition = value.startsWith("arn:") ? PARTITION.exec(value)?.[1] : undefined;
    if (partition !== undefined && !found.includes(partition)) found.push(partition);
  } else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) collectPartitions(part, found);
}

/** That of what `arn` takes for an ARN. */
const PARTITION = /^arn:([^:\s]+):[^:\s]+:[^:\s]*:[^:\s]*:./s;

/** The first Region code among the labels of a DNS name; empty if there is none. */
export function regionIn(name: string): string {
  const labels = name.toLowerCase().split(/[./]/);
  return labels.find((label) => /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(label)) ?? "";
}
