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

/** One record, and where it stands. */
export interface Entry {
  id: string;
  /** The file share or file system that it belongs to. */
  owner?: string;
  value: unknown;
  source: Source;
  path: Path;
}

/** What one command printed of one form, or what was written by hand under one key. */
export interface Output {
  form: Form;
  entries: Entry[];
  source: Source;
  /** Where the text says that there is more than it holds. */
  continued?: Path;
}

export const placeOf = (
  { source, path }: Pick<Entry, "source" | "path">,
  at: "key" | "value" = "value",
): Place => source.lines.place(source.document.span(path, at));

/** How a message names the place of another record. */
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

/** A record before it is known whose it is. */
export interface Part {
  path: Path;
  value: unknown;
  /** The key of a mapping. */
  name?: string;
}

/** The records of a form in a document's value; undefined where its key holds nothing of the kind. */
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

/** An object's members but some. `__proto__` is a member like any other. */
const without = (value: Members, keys: ReadonlySet<string>): Members =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));

/** The part as a record; undefined where nothing says which record it is. */
export function entryOf({ kind }: Form, { path, value, name }: Part, source: Source): Entry | undefined {
  const { id: identified, owner: owned } = KINDS[kind];
  const id = name ?? textOf(value, identified);
  const owner = owned && textOf(value, owned);
  if (id === undefined || (owned && owner === undefined)) return undefined;
  return { id, ...(owner !== undefined && { owner }), value, source, path };
}

/** Which member says that the output goes on; a null token or `IsTruncated: false` says that it doesn't. */
export const continuedAt = (value: Members): string | undefined =>
  CONTINUED.find(
    (key) => Object.hasOwn(value, key) && ![null, false, "", "false"].includes(value[key] as null),
  );
