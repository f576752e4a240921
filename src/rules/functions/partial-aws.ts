import { Unknown } from "../../documents/document.ts";
import { type Hole, knownPartOf, OpenList, OpenObject, PartialText } from "../../documents/partial.ts";
import { type TextPart, textFromParts } from "../../documents/parts.ts";
import { prefixOf } from "../../texts/compare.ts";
import { decidePattern } from "../../texts/decide.ts";
import { anyText, concatTexts, createText, cutText, toLowerText, toPattern } from "../../texts/transform.ts";
import { type Arn, arn, regionIn } from "./aws.ts";

type Text = string | PartialText;

const ARN = "^arn:[^:\\s]+:[^:\\s]+:[^:\\s]*:[^:\\s]*:[\\s\\S]+$";

/** The parts of an ARN with holes: those that end before a hole that may hold a colon. */
export function arnInPart(text: PartialText): Record<keyof Arn, Text> {
  const verdict = decidePattern(text, ARN);
  if (verdict === "never") return arn("");
  const [, partition, service, region, account, resource] = splitFields(text);
  const fields = { partition, service, region, account, resource } as Record<keyof Arn, Text>;
  const found = { ...fields, ...findBucket(fields, text.source) };
  return verdict === "always" ? found : orEmpty(found, text.source);
}

/** Whether each hole of an ARN is in a field of its own, or in the resource. */
export const hasKnownFields = (text: PartialText): boolean => cutFields(text).length === 6;

/** The six fields of an ARN; from a hole on that may hold a colon, they may be anything. */
function splitFields(text: PartialText): Text[] {
  const fields = cutFields(text);
  return [...fields, ...Array.from({ length: 6 - fields.length }, () => anyText(text.source))];
}

function cutFields(text: PartialText): Text[] {
  const fields: Text[] = [];
  let rest: Text | undefined = text;
  while (fields.length < 5 && rest !== undefined) {
    const cut: ReturnType<typeof cutText> =
      typeof rest === "string" ? cutString(rest, ":") : cutText(rest, ":");
    if ("open" in cut || cut.after === undefined) break;
    fields.push(cut.before);
    rest = cut.after;
  }
  return fields.length === 5 && rest !== undefined ? [...fields, rest] : fields;
}

function cutString(text: string, character: string): { before: string; after: string | undefined } {
  const at = text.indexOf(character);
  return at < 0
    ? { before: text, after: undefined }
    : { before: text.slice(0, at), after: text.slice(at + 1) };
}

type BucketParts = Pick<Record<keyof Arn, Text>, "bucket" | "bucketArn" | "key">;

const NO_BUCKET: BucketParts = { bucket: "", bucketArn: "", key: "" };

function findBucket(
  { partition, service, region, account, resource }: Record<keyof Arn, Text>,
  source: string,
): BucketParts {
  const wanted = [
    [service, "s3"],
    [region, ""],
    [account, ""],
  ] as const;
  if (wanted.some(([field, value]) => typeof field === "string" && field !== value)) return NO_BUCKET;
  if (wanted.some(([field]) => typeof field !== "string"))
    return { bucket: anyText(source), bucketArn: anyText(source), key: anyText(source) };
  const { name, key } = cutBucket(resource, "[^/]*");
  return {
    bucket: name,
    bucketArn: concatTexts(concatTexts(concatTexts("arn:", partition), ":s3:::"), name),
    key,
  };
}

/** The name of a bucket and the key behind it. `pattern` is what a hole may add to the name. */
function cutBucket(text: Text, pattern: string): { name: Text; key: Text } {
  if (typeof text === "string") {
    const { before, after = "" } = cutString(text, "/");
    return { name: before, key: after };
  }
  const cut = cutText(text, "/");
  if (!("open" in cut)) return { name: cut.before, key: cut.after ?? "" };
  const rest: Hole = { source: text.source, domain: { pattern } };
  return { name: createText(text.source, [...cut.before, rest]), key: anyText(text.source) };
}

/** Where some fillings make the text something else, each part is what it is, or empty. */
function orEmpty<T extends Record<string, Text>>(parts: T, source: string): T {
  const entries = Object.entries(parts).map(([name, part]): [string, Text] => {
    if (part === "") return [name, part];
    const domain = typeof part === "string" ? { values: [part, ""] } : { pattern: `(?:${toPattern(part)})?` };
    return [name, new PartialText(source, [{ source, domain }])];
  });
  return Object.fromEntries(entries) as T;
}

const S3_URI = "^s3://[^/\\s]+(?:/[\\s\\S]*)?$";
const SCHEME = "s3://";

export function s3uriInPart(text: PartialText): { bucket: Text; key: Text } | undefined {
  const verdict = decidePattern(text, S3_URI);
  if (verdict === "never") return { bucket: "", key: "" };
  const { source, parts } = text;
  const [first, ...others] = parts;
  if (typeof first !== "string" || !first.startsWith(SCHEME)) return undefined;
  const rest = createText(source, [first.slice(SCHEME.length), ...others]);
  const { name, key } = cutBucket(rest, "[^/\\s]*");
  const found = { bucket: name, key };
  return verdict === "always" ? found : orEmpty(found, source);
}

/** The ARNs in a value; there may be others in what isn't known. */
export function arnsInPart(value: unknown): readonly unknown[] | OpenList {
  const found: unknown[] = [];
  const open = collectArns(value, found);
  return open ? new OpenList(open.source, found) : found;
}

/** Returns a value that may hold further ARNs, if there is one. */
function collectArns(value: unknown, found: unknown[]): Unknown | undefined {
  if (typeof value === "string" || value instanceof PartialText) {
    const verdict = typeof value === "string" ? isArn(value) : decidePattern(value, ARN);
    if (verdict === "always") found.push(value);
    return verdict === "depends" ? (value as PartialText) : undefined;
  }
  const known = knownPartOf(value);
  const parts = typeof known === "object" && known !== null && !(known instanceof Unknown) ? known : [];
  const open = Object.values(parts).map((part) => collectArns(part, found));
  return value instanceof Unknown ? value : open.find((each) => each !== undefined);
}

const isArn = (text: string): "always" | "never" => (arn(text).partition === "" ? "never" : "always");

const REGION = "[A-Za-z\u212a]{2,4}(?:-[A-Za-z\u212a]+)+-[0-9]{1,2}";
const HAS_REGION = `(?:^|[./])${REGION}(?:[./]|$)`;

/** The first label that is a Region: any label of a hole that may hold one comes before those behind it. */
export function regionInPart(name: PartialText): Text {
  for (const label of cutLabels(name)) {
    if (typeof label === "string") {
      if (regionIn(label) !== "") return regionIn(label);
      continue;
    }
    if (decidePattern(label, HAS_REGION) === "never") continue;
    const isRegion =
      decidePattern(label, `^${REGION}$`) === "always" && decidePattern(label, "[./]") === "never";
    return isRegion ? toLowerText(label) : anyText(name.source, `(?:${REGION})?`);
  }
  return "";
}

/** What stands between dots and slashes; a hole may hold further ones. */
function cutLabels({ parts }: PartialText): Text[] {
  const labels: TextPart[][] = [[]];
  for (const part of parts) {
    const [end, ...others] = typeof part === "string" ? part.split(/[./]/) : [part];
    labels.at(-1)!.push(end!);
    for (const other of others) labels.push([other]);
  }
  return labels.map((label) => textFromParts(label));
}

/**
 * The partitions of the ARNs in a value. What isn't known at all holds no ARN that could disagree; a text that
 * begins as an ARN does may be one of a further partition.
 */
export function partitionsInPart(value: unknown, except: readonly string[]): readonly string[] | OpenList {
  const certain = new Set<string>();
  const possible = new Map<string, string>();
  collectPartitions(value, except, (partition, text) => {
    if (text === undefined) certain.add(partition);
    else possible.set(partition, text.source);
  });
  const all = new Set([...certain, ...possible.keys()]);
  if (certain.size > 1 || all.size === certain.size) return [...certain];
  // Two ARNs with the same hole in this place are of the same partition.
  return all.size === 1 ? [...all] : new OpenList([...possible.values()][0]!, [...certain]);
}

/** `text` is set if the partition or that it is an ARN at all depends on what is filled into it. */
type AddPartition = (partition: string, text?: PartialText) => void;

function collectPartitions(value: unknown, except: readonly string[], add: AddPartition): void {
  if (typeof value === "string") {
    const { partition } = arn(value);
    if (partition !== "") add(partition);
  } else if (value instanceof PartialText) addPartition(value, add);
  else if (value instanceof OpenObject) collectPartitions(value.members, except, add);
  else if (value instanceof OpenList) collectPartitions(value.items, except, add);
  else if (typeof value === "object" && value !== null && !(value instanceof Unknown)) {
    for (const [name, part] of Object.entries(value))
      if (!except.includes(name)) collectPartitions(part, [], add);
  }
}

function addPartition(text: PartialText, add: AddPartition): void {
  if (!prefixOf(text).startsWith("arn:")) return;
  const verdict = decidePattern(text, ARN);
  if (verdict === "never") return;
  const partition = splitFields(text)[1]!;
  if (typeof partition !== "string") add(partition.parts.map(nameOf).join(""), text);
  else if (verdict === "always") add(partition);
  else add(partition, text);
}

const nameOf = (part: string | Hole): string => (typeof part === "string" ? part : part.source);
