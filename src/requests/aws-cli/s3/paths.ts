import type { Span } from "../../../diagnostics/lines.ts";
import type { TextPart } from "../../../documents/parts.ts";
import { getTextParts, textFromParts } from "../../../documents/parts.ts";
import type { Argument } from "../argument.ts";
import { createTextValue } from "../located-value.ts";

/** A path that a command of `aws s3` is given. */
export interface S3Path {
  /** Where it leads; undefined if only the run knows. */
  kind: "s3" | "local" | undefined;
  span: Span;
  bucket: readonly TextPart[];
  /** The key, or what keys begin with. */
  key: readonly TextPart[];
}

const SCHEME = "s3://";

/** Access points, also on Outposts, whose ARNs hold slashes (`find_bucket_key` of the AWS CLI). */
const ACCESS_POINT =
  /^(arn:aws[^:]*:s3:[a-z\-0-9]*:\d{12}:accesspoint[:/][^/]+|arn:aws[^:]*:s3-outposts:[a-z\-0-9]+:\d{12}:outpost[/:][a-zA-Z0-9-]{1,63}[/:](?:bucket|accesspoint)[/:][a-zA-Z0-9-]{1,63})[/:]?(.*)$/s;

/** Reads a path as the AWS CLI does: without `s3://` it is one of the machine. */
export function readS3Path({ inside, span }: Argument, file: string): S3Path {
  const parts = getTextParts(createTextValue(inside.text, inside, span, file).value) ?? [];
  const [first = "", ...others] = parts;
  const start = typeof first === "string" ? first : "";
  if (start.startsWith(SCHEME))
    return { kind: "s3", span, ...splitBucket([start.slice(SCHEME.length), ...others]) };
  const mayLeadToS3 = parts.length > 1 || typeof first !== "string" ? SCHEME.startsWith(start) : false;
  return { kind: mayLeadToS3 ? undefined : "local", span, bucket: parts, key: parts };
}

/** A hole before the first slash may hold that slash: then only what stands before it, or behind it, is known. */
function splitBucket(parts: readonly TextPart[]): Pick<S3Path, "bucket" | "key"> {
  const [first = "", ...others] = parts;
  const start = typeof first === "string" ? first : "";
  if (start.startsWith("arn:")) {
    const [, bucket, key] = (others.length === 0 && ACCESS_POINT.exec(start)) || [];
    return bucket === undefined ? { bucket: parts, key: parts } : { bucket: [bucket], key: [key!] };
  }
  const slash = start.indexOf("/");
  if (slash >= 0) return { bucket: [start.slice(0, slash)], key: [start.slice(slash + 1), ...others] };
  const at = parts.findIndex((part) => typeof part !== "string");
  if (at < 0) return { bucket: parts, key: [] };
  return { bucket: parts.slice(0, at + 1), key: [parts[at]!, ...dropToSlash(parts.slice(at + 1))] };
}

/** Of what follows the hole, the key has what follows the first slash for certain. */
function dropToSlash(parts: readonly TextPart[]): readonly TextPart[] {
  const at = parts.findIndex((part) => typeof part === "string" && part.includes("/"));
  if (at < 0) return [];
  const text = parts[at] as string;
  return [text.slice(text.indexOf("/") + 1), ...parts.slice(at + 1)];
}

/** What the keys of a directory begin with: without a slash at its end, one is added. */
export function toPrefix(key: readonly TextPart[]): readonly TextPart[] {
  const last = textFromParts(key);
  if (last === "") return [];
  const end = key.findLast((part) => part !== "");
  return typeof end === "string" && end.endsWith("/") ? key : [...key, "/"];
}

/** The last segment of a path. */
export function toBaseName(parts: readonly TextPart[]): readonly TextPart[] {
  const at = parts.findLastIndex((part) => typeof part !== "string" || part.includes("/"));
  const part = parts[at];
  if (part === undefined) return parts;
  const rest = parts.slice(at + 1);
  return typeof part === "string" ? [part.slice(part.lastIndexOf("/") + 1), ...rest] : [part, ...rest];
}
