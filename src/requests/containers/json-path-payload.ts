import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import type { Payload } from "../payload.ts";
import { isObject } from "../request.ts";
import type { Part } from "../templates/part.ts";

/**
 * Reads a payload in which `"Name.$": "$.path"` is a member `Name` whose value is only known at run time
 * (Amazon States Language, "Payload Template").
 */
export function jsonPathPayload({ document, path }: Part, source: unknown): Payload {
  const value = withPaths(source);
  return {
    value,
    document: { value, span: (inner, at) => document.span([...path, ...written(source, inner)], at) },
    path: [],
  };
}

function withPaths(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPaths);
  if (!isObject(value)) return value;
  const payload: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const isPath = key.endsWith(".$");
    Object.defineProperty(payload, isPath ? key.slice(0, -2) : key, {
      value: isPath ? new Unknown(sourceOf(member)) : withPaths(member),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return payload;
}

const sourceOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  return value instanceof Unknown ? value.source : (JSON.stringify(value, plainNumbers) ?? "");
};

const plainNumbers = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;

/** Converts a path in the payload to a path in the document, where some keys end in `.$`. */
function written(source: unknown, path: Path): Path {
  const way: (string | number)[] = [];
  let value = source;
  for (const part of path) {
    const key = isObject(value) && Object.hasOwn(value, `${part}.$`) ? `${part}.$` : part;
    way.push(key);
    value = (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {})[key];
  }
  return way;
}
