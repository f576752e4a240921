import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import type { Payload } from "../payload.ts";
import { isObject } from "../request.ts";
import type { DocumentPart } from "../templates/part.ts";

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
  if (Array.isArray(value)) return value.map(replacePaths);
  if (!isObject(value)) return value;
  const payload: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const isPath = key.endsWith(".$");
    Object.defineProperty(payload, isPath ? key.slice(0, -2) : key, {
      value: isPath ? new Unknown(toSourceText(member)) : replacePaths(member),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return payload;
}

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
    const key = isObject(value) && Object.hasOwn(value, `${part}.$`) ? `${part}.$` : part;
    way.push(key);
    value = (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {})[key];
  }
  return way;
}
