import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { getKnownMembers, mapChildren } from "../../documents/parts.ts";
import type { Payload } from "../payload.ts";
import type { DocumentPart } from "../templates/part.ts";
import { readFormatCall } from "./states-format.ts";

/**
 * Reads a payload in which `"Name.$": "$.path"` is a member `Name` whose value is only known at run time
 * (Amazon States Language, "Payload Template").
 */
export function payloadFromTemplate({ document, path }: DocumentPart, source: unknown): Payload {
  const value = replacePaths(source);
  return {
    value,
    document: { value, span: (inner, at) => document.span([...path, ...toTemplatePath(source, inner)], at) },
    path: [],
  };
}

function replacePaths(value: unknown): unknown {
  return mapChildren(
    value,
    (child, key) => (isPathKey(key) ? readExpression(toSourceText(child)) : replacePaths(child)),
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
