import type { JsonSchema } from "./json-schema.ts";

/**
 * A schema as the validator runs it: annotations taken off, and what plain JSON Schema would do badly said
 * in another way. Sources stay as they are; this happens when a schema is compiled.
 */
export function prepared(schema: JsonSchema): JsonSchema {
  const lean: JsonSchema = {};
  for (const [key, value] of Object.entries(schema) as [keyof JsonSchema, never][]) {
    if (KEPT.has(key)) lean[key] = value;
  }
  if (schema.properties) lean.properties = mapped(schema.properties);
  if (schema.patternProperties) lean.patternProperties = mapped(schema.patternProperties);
  if (schema.definitions) lean.definitions = mapped(schema.definitions);
  if (schema.items) lean.items = prepared(schema.items);
  if (typeof schema.additionalProperties === "object")
    lean.additionalProperties = prepared(schema.additionalProperties);
  return { ...lean, ...guardedPattern(schema), ...documentedValues(schema) };
}

const KEPT = new Set<keyof JsonSchema>([
  "$ref",
  "type",
  "required",
  "additionalProperties",
  "enum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minimum",
  "maximum",
]);

const mapped = (schemas: Record<string, JsonSchema>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, prepared(schema)]));

/**
 * A pattern is tried only on text of allowed length: some documented patterns backtrack badly on long text,
 * and text of the wrong length is one mistake, not two.
 */
function guardedPattern(schema: JsonSchema): JsonSchema {
  const pattern = patternOf(schema);
  if (pattern === undefined) return {};
  const { minLength, maxLength } = schema;
  if (minLength === undefined && maxLength === undefined) return { pattern };
  const lengths = {
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
  return { if: lengths, then: { pattern } };
}

/** ISO 8601 to the second or the day, or seconds since 1970: what SDKs and the CLI take for a timestamp. */
const TIMESTAMP =
  "^(\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([Zz]|[+-]\\d{2}:?\\d{2})?)?|-?\\d+(\\.\\d+)?)$";

function patternOf(schema: JsonSchema): string | undefined {
  if (schema["x-aws-type"] === "timestamp") return TIMESTAMP;
  if (schema.pattern === undefined || !schema["x-whole-match"]) return schema.pattern;
  return `^(?:${schema.pattern})$`;
}

/** As an `allOf`, which generated schemas don't use otherwise: so its errors are known for what they are. */
const documentedValues = (schema: JsonSchema): JsonSchema =>
  schema["x-documented-values"] ? { allOf: [{ enum: schema["x-documented-values"] }] } : {};
