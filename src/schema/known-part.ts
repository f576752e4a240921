import type { Path } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { OpenList, OpenObject, PartialText } from "../documents/partial.ts";

/** A value of a payload that isn't known, or only in part. */
export interface Located<T extends Unknown> {
  path: Path;
  unknown: T;
}

/** A payload as far as it is known, and where it isn't. */
export interface KnownPart {
  /** The payload with texts with holes as their source, and with the known members and items of what is open. */
  view: unknown;
  /** Without those that are known in part. */
  unknowns: Located<Unknown>[];
  texts: Located<PartialText>[];
  objects: Located<OpenObject>[];
  lists: Located<OpenList>[];
}

export function findKnownPart(payload: unknown): KnownPart {
  const found: KnownPart = { view: payload, unknowns: [], texts: [], objects: [], lists: [] };
  found.view = visit(payload, [], found);
  return found;
}

/** Returns the view of a value; the value itself where nothing in it is known only in part. */
function visit(value: unknown, path: Path, found: KnownPart): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Unknown) return visitUnknown(value, path, found);
  if (Array.isArray(value)) return visitItems(value, path, found);
  return visitMembers(value as Record<string, unknown>, path, found);
}

function visitUnknown(unknown: Unknown, path: Path, found: KnownPart): unknown {
  if (unknown instanceof PartialText) {
    found.texts.push({ path, unknown });
    return unknown.source;
  }
  if (unknown instanceof OpenObject) {
    found.objects.push({ path, unknown });
    return visitMembers(unknown.members, path, found);
  }
  if (unknown instanceof OpenList) {
    found.lists.push({ path, unknown });
    return visitItems(unknown.items, path, found);
  }
  found.unknowns.push({ path, unknown });
  return unknown;
}

function visitItems(items: readonly unknown[], path: Path, found: KnownPart): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    if (typeof item !== "object" || item === null) continue;
    const view = visit(item, [...path, index], found);
    if (view === item) continue;
    copy ??= [...items];
    copy[index] = view;
  }
  return copy ?? items;
}

function visitMembers(members: Readonly<Record<string, unknown>>, path: Path, found: KnownPart): object {
  let copy: Record<string, unknown> | undefined;
  for (const key in members) {
    const member = members[key];
    if (typeof member !== "object" || member === null) continue;
    const view = visit(member, [...path, key], found);
    if (view === member) continue;
    copy ??= { ...members };
    Object.defineProperty(copy, key, { value: view, enumerable: true, configurable: true, writable: true });
  }
  return copy ?? members;
}
