import type { Place } from "../../diagnostics/diagnostic.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { ContextFault, Members } from "../context.ts";
import { textOf } from "../context.ts";
import { KINDS } from "../kinds.ts";
import type { Form } from "./formats.ts";
import { BESIDE, CONTINUED } from "./formats.ts";

/** One document of a context file. */
export interface Source {
  file: string;
  document: Document;
  lines: LineIndex;
}

/** One record and its position. */
export interface Entry {
  id: string;
  /** The file share or file system that it belongs to. */
  owner?: string;
  value: unknown;
  source: Source;
  path: Path;
}

/** The records under one form's key: printed by one command, or written by hand. */
export interface Output {
  form: Form;
  entries: Entry[];
  source: Source;
  /** The path of the pagination token, if the output is truncated. */
  continued?: Path;
}

export const placeOf = (
  { source, path }: Pick<Entry, "source" | "path">,
  at: "key" | "value" = "value",
): Place => source.lines.place(source.document.span(path, at));

/** The position of another record, for messages: `file:line`. */
export const whereIs = (entry: Pick<Entry, "source" | "path">): string =>
  `${entry.source.file}:${placeOf(entry).line}`;

export const faultAt = (
  at: Pick<Entry, "source" | "path">,
  message: string,
  help?: string,
  point: "key" | "value" = "value",
): ContextFault => ({
  file: at.source.file,
  message,
  ...(help !== undefined && { help }),
  place: placeOf(at, point),
});

/** A record whose id and owner haven't been determined yet. */
export interface Part {
  path: Path;
  value: unknown;
  /** Its key, if the form is a mapping. */
  name?: string;
}

/** The records of a form in a document's value; undefined if the key holds a value of the wrong kind. */
export function partsOf({ key, holds }: Form, value: Members, forms: readonly Form[]): Part[] | undefined {
  const held = value[key];
  if (holds === "whole") {
    const others = forms.map((form) => form.key).filter((other) => other !== key);
    return [{ path: [], value: without(value, new Set([...others, ...BESIDE])) }];
  }
  if (holds === "record") return [{ path: [key], value: held }];
  if (holds === "list")
    return Array.isArray(held) ? held.map((item, index) => ({ path: [key, index], value: item })) : undefined;
  if (!isMembers(held)) return undefined;
  return Object.keys(held).map((name) => ({ path: [key, name], value: held[name], name }));
}

export const isMembers = (value: unknown): value is Members => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Copies an object without some members. Keeps a member named `__proto__`. */
const without = (value: Members, keys: ReadonlySet<string>): Members =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));

/** Determines a record's id and owner; undefined if either is missing. */
export function entryOf({ kind }: Form, { path, value, name }: Part, source: Source): Entry | undefined {
  const { id: identified, owner: owned } = KINDS[kind];
  const id = name ?? textOf(value, identified);
  const owner = owned && textOf(value, owned);
  if (id === undefined || (owned && owner === undefined)) return undefined;
  return { id, ...(owner !== undefined && { owner }), value, source, path };
}

/**
 * The member that marks truncated output, if any; a null token or `IsTruncated: false` marks complete output.
 */
export const continuedAt = (value: Members): string | undefined =>
  CONTINUED.find(
    (key) => Object.hasOwn(value, key) && ![null, false, "", "false"].includes(value[key] as null),
  );
