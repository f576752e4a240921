// Interprets the traits of a model's shapes: kinds, enums, limits.

import type { ScalarKind, Stated } from "../ir.ts";
import { jsPattern } from "../prose/java-pattern.ts";
import type { Json } from "./file.ts";
import type { ModelShape, Reference, ShapeType } from "./model.ts";

type ErrorAt = (key: string, message: string) => Error;

const SCALARS: Partial<Record<ShapeType, ScalarKind>> = {
  string: "string",
  character: "string",
  integer: "integer",
  long: "integer",
  float: "number",
  double: "number",
  boolean: "boolean",
  timestamp: "timestamp",
  blob: "blob",
};

/** The traits of a use override those of the shape. */
export function traitsOf(shape: ModelShape, reference: Reference): Json {
  return { ...shape.traits, ...reference.traits };
}

/** `structure`, `list`, `map`, or the kind of a value without parts. */
export function kindOf(type: ShapeType, traits: Json): ScalarKind | "structure" | "list" | "map" {
  if (type === "structure") {
    if (traits.eventstream === true) return "event-stream";
    return traits.document === true ? "document" : "structure";
  }
  if (type === "list" || type === "map") return type;
  // In a header, the SDK encodes any JSON value; elsewhere, the member is JSON text.
  if (type === "string" && traits.jsonvalue === true && traits.location === "header") return "document";
  return SCALARS[type]!;
}

export const isJsonText = (traits: Json): boolean => traits.jsonvalue === true;

export function valuesOf(traits: Json, error: ErrorAt): string[] | undefined {
  const { enum: values } = traits;
  if (values === undefined) return undefined;
  if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
    throw error("enum", "expected a list of texts here");
  }
  return values.length > 0 ? values : undefined;
}

// Blobs and timestamps are left out: a blob's min and max count bytes, of which its base64 text has more, and
// a timestamp's are points in time. Neither is the length of a string.
const BOUNDS: Partial<Record<ShapeType, [low: keyof Stated, high: keyof Stated]>> = {
  string: ["minLength", "maxLength"],
  character: ["minLength", "maxLength"],
  list: ["minItems", "maxItems"],
  map: ["minProperties", "maxProperties"],
  integer: ["minimum", "maximum"],
  long: ["minimum", "maximum"],
  float: ["minimum", "maximum"],
  double: ["minimum", "maximum"],
};

/** The limits of a value. If there is an enum, lengths and a pattern add nothing. */
export function limitsOf(type: ShapeType, traits: Json, error: ErrorAt): Stated {
  if (traits.enum !== undefined) return {};
  const keys = BOUNDS[type];
  if (!keys) return {};
  const counts = !keys[0].endsWith("imum");
  const limits: Stated = {};
  for (const [i, name] of (["min", "max"] as const).entries()) {
    const value = number(traits[name], counts, () =>
      error(name, `expected ${counts ? "a count" : "a number"} here`),
    );
    // The bounds of 64-bit integers can't be represented exactly, and no real value reaches them.
    if (value !== undefined && Math.abs(value) <= Number.MAX_SAFE_INTEGER) limits[keys[i]!] = value as never;
  }
  const { [keys[0]]: low, [keys[1]]: high } = limits as Record<string, number>;
  if (low !== undefined && high !== undefined && low > high)
    throw error("min", "this is above `max`: no value is allowed");
  return type === "string" ? { ...limits, ...patternOf(traits, error) } : limits;
}

function number(value: unknown, count: boolean, error: () => Error): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || (count && !(Number.isInteger(value) && value >= 0))) throw error();
  return value;
}

/** A pattern that JavaScript can't express is kept under a keyword of its own, so that it is not lost. */
function patternOf(traits: Json, error: ErrorAt): Pick<Stated, "pattern" | "x-java-pattern"> {
  if (traits.pattern === undefined) return {};
  if (typeof traits.pattern !== "string") throw error("pattern", "expected a text here");
  const pattern = jsPattern(traits.pattern);
  return pattern === undefined ? { "x-java-pattern": traits.pattern } : { pattern };
}

export function documentationOf(traits: Json): string {
  return typeof traits.documentation === "string" ? traits.documentation : "";
}
