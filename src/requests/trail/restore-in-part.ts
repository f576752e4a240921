import { Unknown } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import { isObject } from "../request.ts";
import type { RecordedMember, RecordedShape } from "./recorded-shape.ts";
import { isHidden, isOmitted } from "./restore-recorded.ts";

/** How a service with a form of its own writes parameters. What isn't told for sure is unknown, and other members may be there. */
interface RecordedForm {
  find(key: string, value: unknown, shape: RecordedShape): RecordedMember | undefined;
  /** The members of a request that stand deeper in its record. */
  expand(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  unwrap(value: unknown): unknown;
}

/** EC2 writes lists as `{"items": […]}`, and those of ids as lists of objects. An empty object stands for what wasn't given. */
const EC2: RecordedForm = {
  find(key, value, shape) {
    const names = [key, key.replace(/Set$/, ""), key.replace(/Set$/, "s"), ...listItemNames(value)];
    return findFirst(names, shape);
  },
  // RunInstances has its image and its numbers in a list of one item.
  expand({ instancesSet, ...others }) {
    const [only, ...more] = listItems(instancesSet) ?? [];
    const isOfRun = isObject(only) && "imageId" in only && more.length === 0;
    return isOfRun
      ? { ...only, ...others }
      : { ...others, ...(instancesSet !== undefined && { instancesSet }) };
  },
  unwrap: (value) => listItems(value) ?? value,
};

/** S3 writes queries, headers and bodies as HTTP has them. A blank value is the query that names the operation. */
const S3: RecordedForm = {
  find(key, _value, shape) {
    const plain = key.replace(/^x-amz-/i, "").replaceAll("-", "");
    return findFirst(key === "bucketName" ? ["Bucket"] : [key, plain], shape);
  },
  expand: (value) => value,
  unwrap: (value) => value,
};

const FORMS: ReadonlyMap<string, RecordedForm> = new Map([
  ["ec2", EC2],
  ["s3", S3],
  ["s3control", S3],
]);

/** The form of the records of an operation, given as `service:Operation`; undefined if it is that of most services. */
export const getRecordedForm = (operation: string): RecordedForm | undefined =>
  FORMS.get(operation.slice(0, operation.indexOf(":")));

/** Restores what can be told of parameters in a form of their own. */
export function restoreInPart(
  value: Readonly<Record<string, unknown>>,
  shape: RecordedShape,
  form: RecordedForm,
): OpenObject {
  const members: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(form.expand(value))) {
    if (isBlank(member)) continue;
    const found = form.find(key, member, shape);
    if (found) members[found.name] = restoreMember(form.unwrap(member), found.shape, form);
  }
  return new OpenObject("requestParameters", members);
}

function restoreMember(value: unknown, shape: RecordedShape, form: RecordedForm): unknown {
  if (isObject(value) && shape.isStructure && !isOmitted(value)) return restoreInPart(value, shape, form);
  if (Array.isArray(value) && shape.kind === "list")
    return value.map((item) => restoreMember(unwrapId(item, shape.element), shape.element, form));
  // Headers may be lists of one value.
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isSureScalar(only, shape) ? only : new Unknown("a record has another form of it");
}

/** A list of ids has objects with one member for each. */
function unwrapId(item: unknown, { isStructure }: RecordedShape): unknown {
  if (isStructure || !isObject(item)) return item;
  const [only, ...others] = Object.values(item);
  return others.length === 0 ? only : item;
}

/** Whether a value has the type that the request has, so that it is certainly what was sent. */
function isSureScalar(value: unknown, { kind }: RecordedShape): boolean {
  if (typeof value === "string") return kind === "text" && !isHidden(value);
  if (typeof value === "boolean") return kind === "boolean";
  return typeof value === "number" && (kind === "integer" || kind === "float");
}

const listItems = (value: unknown): readonly unknown[] | undefined =>
  isObject(value) && Array.isArray(value.items) && Object.keys(value).length === 1 ? value.items : undefined;

/** The name of a list of ids, by the member that its items have. */
function listItemNames(value: unknown): string[] {
  const [first] = listItems(value) ?? [];
  const keys = isObject(first) ? Object.keys(first) : [];
  return keys.length === 1 ? [`${keys[0]}s`] : [];
}

const findFirst = (names: readonly string[], shape: RecordedShape): RecordedMember | undefined =>
  names.map((name) => shape.find(name)).find((found) => found !== undefined);

function isBlank(value: unknown): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.every(isBlank);
  return isObject(value) && Object.keys(value).length === 0;
}
