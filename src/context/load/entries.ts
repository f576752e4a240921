import type { Place } from "../../diagnostics/diagnostic.ts";
import type { LineIndex } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { ContextFault, RecordMembers } from "../context.ts";
import { readMember, readTextMember } from "../context.ts";
import { RECORD_KINDS } from "../kinds.ts";
import type { ContextForm } from "./forms.ts";
import { ACCOMPANYING_KEYS, CONTINUATION_KEYS } from "./forms.ts";

/** One document of a context file. */
export interface ContextDocument {
  file: string;
  document: Document;
  lines: LineIndex;
}

/** One record and its position. */
export interface ContextRecord {
  id: string;
  /** The file share or file system that it belongs to. */
  owner?: string;
  value: unknown;
  source: ContextDocument;
  path: Path;
}

/** The records under one form's key: printed by one command, or written by hand. */
export interface ContextOutput {
  form: ContextForm;
  entries: ContextRecord[];
  source: ContextDocument;
  /** The path of the pagination token, if the output is truncated. */
  continued?: Path;
}

export const getRecordPlace = (
  { source, path }: Pick<ContextRecord, "source" | "path">,
  at: "key" | "value" = "value",
): Place => source.lines.place(source.document.span(path, at));

/** The position of another record, for messages: `file:line`. */
export const formatRecordPlace = (entry: Pick<ContextRecord, "source" | "path">): string =>
  `${entry.source.file}:${getRecordPlace(entry).line}`;

export const createContextFault = (
  at: Pick<ContextRecord, "source" | "path">,
  message: string,
  help?: string,
  point: "key" | "value" = "value",
): ContextFault => ({
  file: at.source.file,
  message,
  ...(help !== undefined && { help }),
  place: getRecordPlace(at, point),
});

/** A record whose id and owner haven't been determined yet. */
export interface UnassignedRecord {
  path: Path;
  value: unknown;
  /** Its key, if the form is a mapping. */
  name?: string;
}

/** The records of a form in a document's value; undefined if the key holds a value of the wrong kind. */
export function splitRecords(
  { key, holds }: ContextForm,
  value: RecordMembers,
  forms: readonly ContextForm[],
): UnassignedRecord[] | undefined {
  const held = value[key];
  if (holds === "whole") {
    const others = forms.map((form) => form.key).filter((other) => other !== key);
    return [{ path: [], value: omitMembers(value, new Set([...others, ...ACCOMPANYING_KEYS])) }];
  }
  if (holds === "record") return [{ path: [key], value: held }];
  if (holds === "list")
    return Array.isArray(held) ? held.map((item, index) => ({ path: [key, index], value: item })) : undefined;
  if (!isRecordObject(held)) return undefined;
  return Object.keys(held).map((name) => ({ path: [key, name], value: held[name], name }));
}

export const isRecordObject = (value: unknown): value is RecordMembers => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Copies an object without some members. Keeps a member named `__proto__`. */
const omitMembers = (value: RecordMembers, keys: ReadonlySet<string>): RecordMembers =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));

/** Determines a record's id and owner; undefined if either is missing. */
export function toContextRecord(
  { kind }: ContextForm,
  { path, value, name }: UnassignedRecord,
  source: ContextDocument,
): ContextRecord | undefined {
  if (kind === "metric") return toMetricRecord(path, value, source);
  const { id: identified, owner: owned } = RECORD_KINDS[kind];
  const id = name ?? readTextMember(value, identified);
  const owner = owned && readTextMember(value, owned);
  if (id === undefined || (owned && owner === undefined)) return undefined;
  return { id, ...(owner !== undefined && { owner }), value, source, path };
}

/** CloudWatch doesn't repeat whose metric it was asked for; `countersign context pull` notes it. */
function toMetricRecord(path: Path, value: unknown, source: ContextDocument): ContextRecord | undefined {
  const label = readTextMember(value, ["Label"]);
  if (label === undefined) return undefined;
  const owner = readTextMember(readMember(source.document.value, "pulled"), ["of"]);
  return {
    id: `${label} ${owner ?? ""}`.trim(),
    ...(owner !== undefined && { owner }),
    value,
    source,
    path,
  };
}

/**
 * The member that marks truncated output, if any; a null token or `IsTruncated: false` marks complete output.
 */
export const findContinuation = (value: RecordMembers): string | undefined =>
  CONTINUATION_KEYS.find(
    (key) => Object.hasOwn(value, key) && ![null, false, "", "false"].includes(value[key] as null),
  );
