import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import { objectFromEntries } from "../../documents/parts.ts";
import { isObject } from "../request.ts";
import type { RecordedShape } from "./recorded-shape.ts";

/** Texts that CloudTrail writes in place of a value. */
const HIDDEN = /^(?:HIDDEN_DUE_TO_SECURITY_REASONS|\*{3,}|<sensitiveDataRemoved>)$/;

/** Is this text one that stands for a hidden value? */
export const isHidden = (text: string): boolean => HIDDEN.test(text);

/** Records of some services spell times such as `Mar 24, 2014 9:11:59 PM`: the request had another form. */
const ISO_TIME = /^\d{4}-\d\d-\d\d/;

/** Is this what CloudTrail leaves of a field that is too large? */
export const isOmitted = (value: unknown): boolean => isObject(value) && value.omitted === true;

/**
 * Restores the API's names of recorded members, which begin with a small letter. No structure of the API has two members
 * that differ only in case. Where a member isn't the schema's, others may be missing too: the object is open.
 */
export function restoreRecorded(value: unknown, shape: RecordedShape): unknown {
  if (typeof value === "string") return restoreText(value, shape);
  if (Array.isArray(value)) return value.map((item) => restoreRecorded(item, shape.element));
  if (!isObject(value)) return value;
  if (isOmitted(value)) return new Unknown("omitted");
  if (shape.isStructure) return restoreMembers(value, shape);
  if (!mayBeObject(shape)) return new Unknown("a record has another form of it");
  const { element } = shape;
  return objectFromEntries(
    Object.entries(value).map(([key, member]) => [key, restoreRecorded(member, element)]),
  );
}

/** A text as the request had it, or an unknown value where CloudTrail wrote something else in its place. */
export const restoreText = (text: string, { kind }: RecordedShape): unknown =>
  isHidden(text) || (kind === "timestamp" && !ISO_TIME.test(text)) ? new Unknown(text) : text;

/** Records write blobs, for example, as objects. */
const mayBeObject = ({ kind }: RecordedShape): boolean =>
  kind === undefined || kind === "structure" || kind === "map" || kind === "document" || kind === "any";

function restoreMembers(value: Record<string, unknown>, shape: RecordedShape): unknown {
  const object: Record<string, unknown> = {};
  let strange: string | undefined;
  for (const key in value) {
    // Members that a request doesn't have may be null in its record.
    if (value[key] === null) continue;
    const member = shape.find(key);
    if (member === undefined) strange ??= key;
    else object[member.name] = restoreRecorded(value[key], member.shape);
  }
  for (const name of shape.unrecorded)
    if (!Object.hasOwn(object, name)) object[name] = new Unknown("a record doesn't have it");
  return strange === undefined ? object : new OpenObject(strange, object);
}

/** The path in the record of a path in the API's names. */
export function toRecordedPath(value: unknown, path: Path): Path {
  const way: (string | number)[] = [];
  let current = value;
  for (const part of path) {
    const members = isObject(current) ? current : undefined;
    const wanted = String(part).toLowerCase();
    const key = members && Object.keys(members).find((name) => name.toLowerCase() === wanted);
    way.push(key ?? part);
    current = Object(current)[way.at(-1)!];
  }
  return way;
}
