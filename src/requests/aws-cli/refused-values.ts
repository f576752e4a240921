import { quoted } from "../../diagnostics/text.ts";
import { isPlaceholder } from "../placeholders.ts";
import type { RequestFault } from "../request.ts";
import { getArgumentText, isUnknownText } from "./argument.ts";
import type { GivenOption } from "./arguments.ts";
import type { LocatedValue } from "./located-value.ts";
import { findValueSpan } from "./located-value.ts";

/** The forms that botocore accepts before it sends anything (`validate_region_name`, `validate_bucket_name`). */
const REGION = /^(?!\d+$)(?!-)[a-zA-Z0-9-]{0,63}$/;
const BUCKET = /^[a-zA-Z0-9.\-_]{1,255}$/;
/** Access points, also of Object Lambda and on Outposts. */
const BUCKET_ARN =
  /^arn:aws[^:]*:s3(?:-object-lambda|-outposts)?:[a-z\-0-9]*:\d{12}:(?:accesspoint|outpost)[/:]/;

const isKnown = (text: unknown): text is string =>
  typeof text === "string" && !isUnknownText(text) && !isPlaceholder(text);

/** A value of `--region` that the CLI refuses itself. */
export function findRefusedRegion(given: readonly GivenOption[]): RequestFault[] {
  const [value] = given.findLast(({ option }) => option.name === "region")?.values ?? [];
  const text = value && getArgumentText(value);
  if (!value || !isKnown(text) || (REGION.test(text) && !text.endsWith("-"))) return [];
  const message = `${quoted(text)} is no name of a region: the AWS CLI refuses it`;
  return [
    { code: "document/syntax", span: value.span, message, help: "a region is named as in `eu-west-1`" },
  ];
}

/** A name of a bucket that the CLI refuses itself. */
export function findRefusedBucket(operation: string, payload: LocatedValue): RequestFault[] {
  const { Bucket: bucket } = Object(payload.value) as { Bucket?: unknown };
  if (!operation.startsWith("s3:") || !isKnown(bucket) || BUCKET.test(bucket) || BUCKET_ARN.test(bucket))
    return [];
  const span = findValueSpan(payload, ["Bucket"], "value");
  const message = `${quoted(bucket)} is no name of a bucket: the AWS CLI refuses it`;
  const help = /^s3:\/\//.test(bucket)
    ? "leave `s3://` and what follows the name out"
    : "give the bucket's name, or the ARN of an access point";
  return [{ code: "document/syntax", span, message, help }];
}
