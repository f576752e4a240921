import type { Path } from "../diagnostics/pointer.ts";
import { getKnownMembers, mapChildren } from "../documents/parts.ts";
import type { Payload } from "./payload.ts";

/** The member names at a path into a request; undefined if its schema doesn't define them. */
export type MemberLookup = (path: Path) => readonly string[] | undefined;

/**
 * Step Functions and EventBridge Scheduler capitalize all members of a request, even those that the API
 * itself writes in lower case (Step Functions developer guide, "Learning to use AWS SDK service
 * integrations"). This restores the API's spelling, and maps paths back to the document's.
 */
export function restoreApiCase({ value, document, path }: Payload, membersAt: MemberLookup): Payload {
  const respelt = restoreMemberCase(value, [], membersAt);
  if (respelt === value) return { value, document, path };
  return {
    value: respelt,
    document: {
      value: respelt,
      span: (inner, at) => document.span([...path, ...toDocumentPath(value, inner)], at),
    },
    path: [],
  };
}

function restoreMemberCase(value: unknown, path: Path, membersAt: MemberLookup): unknown {
  const members = getKnownMembers(value) ? (membersAt(path) ?? []) : [];
  return mapChildren(
    value,
    (child, key) => {
      const name = typeof key === "number" ? key : toApiName(key, members);
      return restoreMemberCase(child, [...path, name], membersAt);
    },
    (name) => toApiName(name, members),
  );
}

function toApiName(key: string, members: readonly string[]): string {
  const small = key.charAt(0).toLowerCase() + key.slice(1);
  return !members.includes(key) && members.includes(small) ? small : key;
}

/** Converts a path in the payload to the document's spelling. */
function toDocumentPath(source: unknown, path: Path): Path {
  const way: (string | number)[] = [];
  let value = source;
  for (const part of path) {
    const members = getKnownMembers(value);
    const isOwn = typeof part === "number" || !members || Object.hasOwn(members, part);
    const key = isOwn ? part : part.charAt(0).toUpperCase() + part.slice(1);
    way.push(key);
    value = (members ?? Object(value))[key];
  }
  return way;
}
