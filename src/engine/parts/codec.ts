import { Unknown } from "../../documents/document.ts";
import type { Hole } from "../../documents/partial.ts";
import { OpenList, OpenObject, PartialText } from "../../documents/partial.ts";

/** A value as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Marks an object that stands for a value that JSON doesn't have. */
const MARK = "$";

/** Encodes a value of a payload or of its context as JSON: also what isn't known of it, and what JSON has no numbers for. */
export function encodeValue(value: unknown): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [MARK]: "number", text: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { [MARK]: "bigint", text: String(value) };
    case "object":
      return value === null ? null : encodeObject(value);
    default:
      return { [MARK]: "undefined" };
  }
}

function encodeObject(value: object): Json {
  if (Array.isArray(value)) return value.map(encodeValue);
  if (value instanceof Date) return { [MARK]: "date", time: value.getTime() };
  if (value instanceof Unknown) return encodeUnknown(value);
  const entries = Object.entries(value).map(([name, member]): [string, Json] => [name, encodeValue(member)]);
  return Object.hasOwn(value, MARK) ? { [MARK]: "object", entries } : Object.fromEntries(entries);
}

function encodeUnknown(value: Unknown): Json {
  const { source } = value;
  if (value instanceof PartialText)
    return { [MARK]: "text", source, parts: value.parts as unknown as readonly Json[] as Json[] };
  if (value instanceof OpenList) return { [MARK]: "list", source, items: value.items.map(encodeValue) };
  if (!(value instanceof OpenObject)) return { [MARK]: "unknown", source };
  const { members, optional, mayHaveMore } = value;
  return { [MARK]: "open", source, members: encodeValue(members), optional: [...optional], mayHaveMore };
}

/** The value that was encoded. */
export function decodeValue(json: Json): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(decodeValue);
  if (Object.hasOwn(json, MARK)) return DECODERS[json[MARK] as keyof typeof DECODERS](json as never);
  return decodeEntries(Object.entries(json));
}

// `Object.fromEntries` also makes a member of the name `__proto__`.
const decodeEntries = (entries: readonly (readonly [string, Json])[]): Record<string, unknown> =>
  Object.fromEntries(entries.map(([name, member]) => [name, decodeValue(member)]));

const DECODERS = {
  number: ({ text }: { text: string }) => Number(text),
  bigint: ({ text }: { text: string }) => BigInt(text),
  undefined: () => undefined,
  date: ({ time }: { time: number }) => new Date(time),
  object: ({ entries }: { entries: [string, Json][] }) => decodeEntries(entries),
  unknown: ({ source }: { source: string }) => new Unknown(source),
  text: ({ source, parts }: { source: string; parts: (string | Hole)[] }) => new PartialText(source, parts),
  list: ({ source, items }: { source: string; items: Json[] }) =>
    new OpenList(source, items.map(decodeValue)),
  open: ({ source, members, optional, mayHaveMore }: EncodedOpenObject) =>
    new OpenObject(source, decodeValue(members) as Record<string, unknown>, {
      optional: new Set(optional),
      mayHaveMore,
    }),
};

interface EncodedOpenObject {
  source: string;
  members: Json;
  optional: string[];
  mayHaveMore: boolean;
}
