import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { getKnownMembers, mapChildren, omitMembers } from "../../documents/parts.ts";
import type { Payload } from "../payload.ts";
import type { DocumentPart } from "../templates/part.ts";
import { readFormatCall } from "./states-format.ts";

/** A payload of a template, and the paths of keys that end in `.$` beside a key of the same name without it. */
export interface TemplatePayload {
  payload: Payload;
  repeated: Path[];
}

/**
 * Reads a payload in which `"Name.$": "$.path"` is a member `Name` whose value is only known at run time
 * (Amazon States Language, "Payload Template").
 */
export function payloadFromTemplate({ document, path }: DocumentPart, source: unknown): TemplatePayload {
  const repeated: Path[] = [];
  const value = replacePaths(source, path, repeated);
  const payload: Payload = {
    value,
    document: { value, span: (inner, at) => document.span([...path, ...toTemplatePath(source, inner)], at) },
    path: [],
  };
  return { payload, repeated };
}

function replacePaths(value: unknown, path: Path, repeated: Path[]): unknown {
  const members = getKnownMembers(value) ?? {};
  const twice = Object.keys(members).filter((key) => Object.hasOwn(members, `${key}.$`));
  repeated.push(...twice.map((key) => [...path, `${key}.$`]));
  return mapChildren(
    // Which of the two counts is not documented, so that the value is unknown.
    twice.length > 0 ? omitMembers(value, new Set(twice)) : value,
    (child, key) =>
      isPathKey(key) ? readExpression(toSourceText(child)) : replacePaths(child, [...path, key], repeated),
    (name) => (isPathKey(name) ? name.slice(0, -2) : name),
  );
}

const readExpression = (source: string): unknown => readFormatCall(source) ?? new Unknown(source);

const isPathKey = (key: string | number): boolean => String(key).endsWith(".$");

const toSourceText = (value: unknown): string => {
  if (typeof value === "string") return value;
  return value instanceof Unknown ? value.source : (JSON.stringify(value, stringifyBigInt) ?? "");
};

const stringifyBigInt = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;

/** Converts a path in the payload to a path in the document, where some keys end in `.$`. */
function toTemplatePath(source: unknown, path: Path): Path {
  const way: (string | number)[] = [];
  let value = source;
  for (const part of path) {
    const members = getKnownMembers(value) ?? Object(value);
    const key = Object.hasOwn(members, `${part}.$`) ? `${part}.$` : part;
    way.push(key);
    value = members[key];
  }
  return way;
}
