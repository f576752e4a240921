/** The part of JSON Schema draft-07 that generated schemas use, and what they add to it. */
export interface JsonSchema {
  $schema?: string;
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  /** Members that a request may hold but that are not proposed. */
  patternProperties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  /** What the keys of a map must be. */
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  examples?: unknown[];
  definitions?: Record<string, JsonSchema>;
  if?: JsonSchema;
  then?: JsonSchema;
  allOf?: JsonSchema[];
  /** The kind that JSON has no type for: timestamp, blob, document, recursive, event-stream. */
  "x-aws-type"?: string;
  "x-autopopulated"?: boolean;
  /** Values that only prose names: others are worth a warning. */
  "x-documented-values"?: unknown[];
  /** The form of a value in plain words. */
  "x-form"?: string;
  /** A pattern that only Java reads. */
  "x-java-pattern"?: string;
  /** The rule that checks the range instead of the schema. */
  "x-checked-by"?: string;
  /** The pattern is meant for the whole text, though it is written without both anchors. */
  "x-whole-match"?: boolean;
  "x-source"?: { page?: string; sha256?: string; url?: string };
}

/** The schema that holds for the part of a value at `path`, or undefined where the schema doesn't say. */
export function schemaAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema | undefined {
  let schema = resolve(root, root);
  for (const part of path) {
    const next = schema?.properties?.[part] ?? unlisted(schema, part) ?? schema?.items ?? mapValue(schema);
    if (!next) return undefined;
    schema = resolve(next, root);
  }
  return schema;
}

/** The generator writes such a member's pattern as its exact name. */
function unlisted(schema: JsonSchema | undefined, part: string | number): JsonSchema | undefined {
  const found = Object.entries(schema?.patternProperties ?? {}).find(([pattern]) =>
    new RegExp(pattern).test(String(part)),
  );
  return found?.[1];
}

const mapValue = (schema: JsonSchema | undefined): JsonSchema | undefined =>
  typeof schema?.additionalProperties === "object" ? schema.additionalProperties : undefined;

/** What a chain of `$ref`s in one file leads to. */
function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  let found: JsonSchema | undefined = schema;
  for (let hops = 0; found?.$ref !== undefined && hops < 20; hops++) found = lookUp(found.$ref, root);
  return found;
}

function lookUp(ref: string, root: JsonSchema): JsonSchema | undefined {
  let found: unknown = root;
  for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    found = (found as Record<string, unknown> | undefined)?.[
      part.replaceAll("~1", "/").replaceAll("~0", "~")
    ];
  }
  return found as JsonSchema | undefined;
}
