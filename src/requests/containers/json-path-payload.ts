import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { getKnownMembers, mapChildren, omitMembers } from "../../documents/parts.ts";
import type { Payload } from "../payload.ts";
import { isPlaceholder } from "../placeholders.ts";
import type { DocumentPart } from "../templates/part.ts";
import { readFormatCall } from "./states-format.ts";

/** A payload of a template, and the paths of keys that end in `.$` beside a key of the same name without it. */
export interface TemplatePayload {
  payload: Payload;
  repeated: Path[];
  /** The paths of keys that end in `.$` whose value is no path and no function. */
  misplaced: Path[];
}

/**
 * Reads a payload in which `"Name.$": "$.path"` is a member `Name` whose value is only known at run time
 * (Amazon States Language, "Payload Template").
 */
export function payloadFromTemplate({ document, path }: DocumentPart, source: unknown): TemplatePayload {
  const found = { repeated: [], misplaced: [] };
  const value = replacePaths(source, path, found);
  const payload: Payload = {
    value,
    document: { value, span: (inner, at) => document.span([...path, ...toTemplatePath(source, inner)], at) },
    path: [],
  };
  return { payload, ...found };
}

function replacePaths(value: unknown, path: Path, found: Omit<TemplatePayload, "payload">): unknown {
  const members = getKnownMembers(value) ?? {};
  const twice = Object.keys(members).filter((key) => Object.hasOwn(members, `${key}.$`));
  found.repeated.push(...twice.map((key) => [...path, `${key}.$`]));
  for (const [key, member] of Object.entries(members))
    if (isPathKey(key) && !isExpression(member)) found.misplaced.push([...path, key]);
  return mapChildren(
    // Which of the two counts is not documented, so that the value is unknown.
    twice.length > 0 ? omitMembers(value, new Set(twice)) : value,
    (child, key) =>
      isPathKey(key) ? readExpression(toSourceText(child)) : replacePaths(child, [...path, key], found),
    (name) => (isPathKey(name) ? name.slice(0, -2) : name),
  );
}

const readExpression = (source: string): unknown => readFormatCall(source) ?? new Unknown(source);

/** Whether a value may be a path of the input or of the context, or an intrinsic function. */
const isExpression = (value: unknown): boolean =>
  value instanceof Unknown ||
  (typeof value === "string" && (/^\s*(?:\$|States\.\w+\s*\()/.test(value) || isPlaceholder(value)));

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
