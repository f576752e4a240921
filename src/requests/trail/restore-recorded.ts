import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import { objectFromEntries } from "../../documents/parts.ts";
import type { OperationNames } from "../operations.ts";
import { isObject } from "../request.ts";

/** Texts that CloudTrail writes in place of a value. */
const HIDDEN = /^(?:HIDDEN_DUE_TO_SECURITY_REASONS|\*{3,}|<sensitiveDataRemoved>)$/;

/** Is this text one that stands for a hidden value? */
export const isHidden = (text: string): boolean => HIDDEN.test(text);

/** Times as records of some services spell them, such as `Mar 24, 2014 9:11:59 PM`: the request had another form. */
const PROSE_TIME = /^[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d\s[AP]M$/;

/** Is this what CloudTrail leaves of a field that is too large? */
export const isOmitted = (value: unknown): boolean => isObject(value) && value.omitted === true;

/**
 * Restores the API's names of recorded members, which begin with a small letter. No structure of the API has two members
 * that differ only in case. Where a member isn't the schema's, others may be missing too: the object is open.
 */
export function restoreRecorded(value: unknown, membersAt: MemberIndexLookup, path: Path = []): unknown {
  if (typeof value === "string")
    return HIDDEN.test(value) || PROSE_TIME.test(value) ? new Unknown(value) : value;
  if (Array.isArray(value))
    return value.map((item, index) => restoreRecorded(item, membersAt, [...path, index]));
  if (!isObject(value)) return value;
  if (isOmitted(value)) return new Unknown("omitted");
  const names = membersAt(path);
  if (!names)
    return objectFromEntries(
      Object.entries(value).map(([key, member]) => [key, restoreRecorded(member, membersAt, [...path, key])]),
    );
  return restoreMembers(value, names, (member, name) => restoreRecorded(member, membersAt, [...path, name]));
}

function restoreMembers(
  value: Record<string, unknown>,
  names: MemberIndex,
  restore: (member: unknown, name: string) => unknown,
): unknown {
  const object: Record<string, unknown> = {};
  let strange: string | undefined;
  for (const key in value) {
    const name = names.get(key.toLowerCase());
    if (name === undefined) strange ??= key;
    else object[name] = restore(value[key], name);
  }
  return strange === undefined ? object : new OpenObject(strange, object);
}

/** The names of members at a path by their small letters; undefined for a map, which keeps its keys. */
type MemberIndexLookup = (path: Path) => MemberIndex | undefined;
type MemberIndex = ReadonlyMap<string, string>;

const indexesOf = new WeakMap<OperationNames, Map<string, MemberIndex | undefined>>();
const MAX_INDEXES = 10_000;

/** Looks up the members of an operation, which are indexed once: a trail holds millions of records. */
export function createMemberLookup(operations: OperationNames, operation: string): MemberIndexLookup {
  const indexes = indexesOf.get(operations) ?? new Map<string, MemberIndex | undefined>();
  indexesOf.set(operations, indexes);
  return (path) => {
    const key = `${operation}/${path.map((part) => (typeof part === "number" ? "*" : part)).join("/")}`;
    if (indexes.has(key)) return indexes.get(key);
    const index = indexMembers(operations.members(operation, path));
    if (indexes.size < MAX_INDEXES) indexes.set(key, index);
    return index;
  };
}

function indexMembers(members: readonly string[] | undefined): MemberIndex | undefined {
  if (!members || members.length === 0) return undefined;
  return new Map(members.map((name) => [name.toLowerCase(), name]));
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
