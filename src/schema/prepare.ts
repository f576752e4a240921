import { formatList } from "../diagnostics/text.ts";
import type { JsonSchema } from "./json-schema.ts";

/**
 * Prepares a schema for compilation: drops annotations, and rewrites our extensions into plain JSON Schema.
 * Throws for unsupported keywords. The source schema is not modified.
 */
export function prepareSchema(schema: JsonSchema): JsonSchema {
  refuseUnknown(schema);
  const lean: JsonSchema = {};
  for (const [key, value] of Object.entries(schema) as [keyof JsonSchema, never][]) {
    if (KEPT_KEYWORDS.has(key) && !isCheckedByRule(key, schema) && !isWider(key, schema)) lean[key] = value;
  }
  if (schema.properties) lean.properties = prepareSchemas(schema.properties);
  if (schema.patternProperties) lean.patternProperties = prepareSchemas(schema.patternProperties);
  if (schema.propertyNames) lean.propertyNames = prepareSchema(schema.propertyNames);
  if (schema.definitions) lean.definitions = prepareSchemas(schema.definitions);
  if (schema.items) lean.items = prepareSchema(schema.items);
  if (typeof schema.additionalProperties === "object")
    lean.additionalProperties = prepareSchema(schema.additionalProperties);
  return { ...lean, ...toGuardedPattern(schema), ...toDocumentedValues(schema) };
}

/** Whether a rule checks the limit instead, with a better message: one mistake gives one diagnostic. */
const isCheckedByRule = (key: keyof JsonSchema, schema: JsonSchema): boolean =>
  schema["x-checked-by"] !== undefined && (key === "minimum" || key === "maximum");

/** AWS takes more for a timestamp than a format does: `patternOf` has it. */
const isWider = (key: keyof JsonSchema, schema: JsonSchema): boolean =>
  key === "format" && schema["x-aws-type"] === "timestamp";

const KEPT_KEYWORDS = new Set<keyof JsonSchema>([
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
  "format",
]);

/** Keywords without effect on validation, and those that `prepared` rewrites. */
const REMOVED_KEYWORDS = new Set([
  "$schema",
  "$id",
  "$comment",
  "title",
  "description",
  "default",
  "examples",
  "pattern",
  "properties",
  "patternProperties",
  "definitions",
  "propertyNames",
  "items",
]);

/** Ignoring an unsupported keyword would accept payloads that it forbids. */
function refuseUnknown(schema: JsonSchema): void {
  const unknown = Object.keys(schema).filter(
    (key) =>
      !KEPT_KEYWORDS.has(key as keyof JsonSchema) && !REMOVED_KEYWORDS.has(key) && !key.startsWith("x-"),
  );
  if (unknown.length > 0)
    throw new Error(`the keyword ${formatList(unknown, "and")} is not one that is checked here`);
}

const prepareSchemas = (schemas: Record<string, JsonSchema>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, prepareSchema(schema)]));

/**
 * Applies a pattern only to text of allowed length: some documented patterns backtrack badly on long text,
 * and text of the wrong length is one mistake, not two.
 */
function toGuardedPattern(schema: JsonSchema): JsonSchema {
  const pattern = resolvePattern(schema);
  if (pattern === undefined) return {};
  const { minLength, maxLength } = schema;
  if (minLength === undefined && maxLength === undefined) return { pattern };
  const lengths = {
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  };
  return { if: lengths, then: { pattern } };
}

/** Timestamps as SDKs and the AWS CLI accept them: an ISO 8601 date or date-time, or seconds since 1970. */
const DATE = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])";
const TIME = "([01]\\d|2[0-3]):[0-5]\\d(:([0-5]\\d|60)(\\.\\d+)?)?([Zz]|[+-]\\d{2}:?\\d{2})?";
const TIMESTAMP = `^(${DATE}([Tt ]${TIME})?|-?\\d+(\\.\\d+)?)$`;

/** The pattern that applies to the texts of a schema, with anchors where the whole text must match. */
export function resolvePattern(schema: JsonSchema): string | undefined {
  if (schema["x-aws-type"] === "timestamp") return TIMESTAMP;
  const pattern = schema.pattern ?? schema["x-java-pattern"];
  return pattern !== undefined && schema["x-whole-match"] ? `^(?:${pattern})$` : pattern;
}

/**
 * Written as an `allOf`, which generated schemas don't use otherwise, so that its errors can be recognized.
 */
const toDocumentedValues = (schema: JsonSchema): JsonSchema =>
  schema["x-documented-values"] ? { allOf: [{ enum: schema["x-documented-values"] }] } : {};
