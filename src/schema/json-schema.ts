/** The subset of JSON Schema draft-07 that generated schemas use, and their extensions. */
export interface JsonSchema {
  $schema?: string;
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  /** Members that are accepted but never suggested. */
  patternProperties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  /** The schema of a map's keys. */
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** A form that has a name, such as `date` or `uri`. */
  format?: string;
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
  /** An AWS type without a JSON counterpart: timestamp, blob, document, recursive, event-stream. */
  "x-aws-type"?: string;
  "x-autopopulated"?: boolean;
  /** Values documented only in prose. Other values cause a warning. */
  "x-documented-values"?: unknown[];
  /** A description of the value's form, for messages. */
  "x-form"?: string;
  /** A pattern in Java syntax that ECMAScript can't compile. */
  "x-java-pattern"?: string;
  /** The id of the rule that checks the range instead of the schema. */
  "x-checked-by"?: string;
  /** Whether the pattern must match the whole text although it lacks anchors. */
  "x-whole-match"?: boolean;
  "x-source"?: { page?: string; sha256?: string; url?: string };
}

/** The subschema for the part of a value at `path`, or undefined if the schema doesn't describe it. */
export function findSchemaAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema | undefined {
  let schema = resolveRefs(root, root);
  for (const part of path) {
    const next =
      schema?.properties?.[part] ?? findPatternProperty(schema, part) ?? schema?.items ?? getMapValue(schema);
    if (!next) return undefined;
    schema = resolveRefs(next, root);
  }
  return schema;
}

/** The subschema of a member that is described by `patternProperties`. */
function findPatternProperty(schema: JsonSchema | undefined, part: string | number): JsonSchema | undefined {
  const found = Object.entries(schema?.patternProperties ?? {}).find(([pattern]) =>
    new RegExp(pattern).test(String(part)),
  );
  return found?.[1];
}

const getMapValue = (schema: JsonSchema | undefined): JsonSchema | undefined =>
  typeof schema?.additionalProperties === "object" ? schema.additionalProperties : undefined;

/** Follows a chain of `$ref`s within one file. The limit stops cycles. */
function resolveRefs(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  let found: JsonSchema | undefined = schema;
  for (let hops = 0; found?.$ref !== undefined && hops < 20; hops++) found = lookUpRef(found.$ref, root);
  return found;
}

function lookUpRef(ref: string, root: JsonSchema): JsonSchema | undefined {
  let found: unknown = root;
  for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    found = (found as Record<string, unknown> | undefined)?.[
      part.replaceAll("~1", "/").replaceAll("~0", "~")
    ];
  }
  return found as JsonSchema | undefined;
}
