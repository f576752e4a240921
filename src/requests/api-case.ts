import type { Path } from "../diagnostics/pointer.ts";
import type { Payload } from "./payload.ts";
import { isObject } from "./request.ts";

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
  if (Array.isArray(value)) {
    const items = value.map((item, index) => restoreMemberCase(item, [...path, index], membersAt));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const members = membersAt(path) ?? [];
  let differs = false;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => {
    const name = toApiName(key, members);
    const known = restoreMemberCase(member, [...path, name], membersAt);
    differs ||= name !== key || known !== member;
    return [name, known];
  });
  return differs ? Object.fromEntries(entries) : value;
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
    const isOwn = typeof part === "number" || !isObject(value) || Object.hasOwn(value, part);
    const key = isOwn ? part : part.charAt(0).toUpperCase() + part.slice(1);
    way.push(key);
    value = Object(value)[key];
  }
  return way;
}
