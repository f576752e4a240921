// Interprets the traits of a model's shapes: kinds, enums, limits.

import type { ScalarShapeKind, StatedLimits } from "../ir.ts";
import { toJsPattern } from "../prose/java-pattern.ts";
import type { JsonObject } from "./file.ts";
import type { ModelShape, ShapeReference, ShapeType } from "./model.ts";

type ErrorAt = (key: string, message: string) => Error;

const SCALAR_KINDS: Partial<Record<ShapeType, ScalarShapeKind>> = {
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
export function mergeTraits(shape: ModelShape, reference: ShapeReference): JsonObject {
  return { ...shape.traits, ...reference.traits };
}

/** `structure`, `list`, `map`, or the kind of a value without parts. */
export function shapeKindFromTraits(
  type: ShapeType,
  traits: JsonObject,
): ScalarShapeKind | "structure" | "list" | "map" {
  if (type === "structure") {
    if (traits.eventstream === true) return "event-stream";
    return traits.document === true ? "document" : "structure";
  }
  if (type === "list" || type === "map") return type;
  // In a header, the SDK encodes any JSON value; elsewhere, the member is JSON text.
  if (type === "string" && traits.jsonvalue === true && traits.location === "header") return "document";
  return SCALAR_KINDS[type]!;
}

export const isJsonText = (traits: JsonObject): boolean => traits.jsonvalue === true;

export function readEnumValues(traits: JsonObject, error: ErrorAt): string[] | undefined {
  const { enum: values } = traits;
  if (values === undefined) return undefined;
  if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
    throw error("enum", "expected a list of texts here");
  }
  return values.length > 0 ? values : undefined;
}

// Blobs and timestamps are left out: a blob's min and max count bytes, of which its base64 text has more, and
// a timestamp's are points in time. Neither is the length of a string.
const BOUND_KEYS: Partial<Record<ShapeType, [low: keyof StatedLimits, high: keyof StatedLimits]>> = {
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
export function readLimitTraits(type: ShapeType, traits: JsonObject, error: ErrorAt): StatedLimits {
  if (traits.enum !== undefined) return {};
  const keys = BOUND_KEYS[type];
  if (!keys) return {};
  const counts = !keys[0].endsWith("imum");
  const limits: StatedLimits = {};
  for (const [i, name] of (["min", "max"] as const).entries()) {
    const value = checkNumberTrait(traits[name], counts, () =>
      error(name, `expected ${counts ? "a count" : "a number"} here`),
    );
    // The bounds of 64-bit integers can't be represented exactly, and no real value reaches them.
    if (value !== undefined && Math.abs(value) <= Number.MAX_SAFE_INTEGER) limits[keys[i]!] = value as never;
  }
  const { [keys[0]]: low, [keys[1]]: high } = limits as Record<string, number>;
  if (low !== undefined && high !== undefined && low > high)
    throw error("min", "this is above `max`: no value is allowed");
  return type === "string" ? { ...limits, ...readPatternTrait(traits, error) } : limits;
}

function checkNumberTrait(value: unknown, count: boolean, error: () => Error): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || (count && !(Number.isInteger(value) && value >= 0))) throw error();
  return value;
}

/** A pattern that JavaScript can't express is kept under a keyword of its own, so that it is not lost. */
function readPatternTrait(
  traits: JsonObject,
  error: ErrorAt,
): Pick<StatedLimits, "pattern" | "x-java-pattern"> {
  if (traits.pattern === undefined) return {};
  if (typeof traits.pattern !== "string") throw error("pattern", "expected a text here");
  const pattern = toJsPattern(traits.pattern);
  return pattern === undefined ? { "x-java-pattern": traits.pattern } : { pattern };
}

export function readDocumentation(traits: JsonObject): string {
  return typeof traits.documentation === "string" ? traits.documentation : "";
}
