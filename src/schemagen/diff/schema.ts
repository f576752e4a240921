// Reads schemas for `schema diff`: kinds, references, members.

export type SchemaNode = { [key: string]: unknown };

export type SchemaKind =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "timestamp"
  | "blob"
  | "document"
  | "event-stream"
  | "recursive"
  | "structure"
  | "list"
  | "map"
  | "anything";

const KIND_BY_TYPE: Record<string, SchemaKind> = {
  string: "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  array: "list",
};

const AWS_TYPE_KINDS = new Set<unknown>(["timestamp", "blob", "document", "event-stream", "recursive"]);

const KIND_WORDS: Partial<Record<SchemaKind, string>> = {
  structure: "a structure of named members",
  map: "a map with any keys",
  document: "any JSON value",
  recursive: "a recursive shape, left open",
  integer: "an integer",
  "event-stream": "an event stream",
  anything: "anything",
};

export const describeKind = (kind: SchemaKind): string => KIND_WORDS[kind] ?? `a ${kind}`;

export function schemaKindOf(schema: SchemaNode): SchemaKind {
  const { type, "x-aws-type": own } = schema;
  // A document that is given as JSON text is still a string.
  if (AWS_TYPE_KINDS.has(own) && !(own === "document" && type === "string")) return own as SchemaKind;
  if (type === "object") return typeof schema.additionalProperties === "object" ? "map" : "structure";
  return (typeof type === "string" && Object.hasOwn(KIND_BY_TYPE, type) && KIND_BY_TYPE[type]) || "anything";
}

const MAX_REF_HOPS = 20;
const isObject = (value: unknown): value is SchemaNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema file, in which `$ref`s are resolved. */
export class SchemaResolver {
  readonly root: SchemaNode;

  constructor(root: SchemaNode) {
    this.root = root;
  }

  resolve(schema: SchemaNode): SchemaNode {
    let found = schema;
    for (let hops = 0; typeof found.$ref === "string" && hops < MAX_REF_HOPS; hops++)
      found = this.resolveRef(found.$ref);
    return found;
  }

  /** All members that a structure accepts, including those that are allowed only by `patternProperties`. */
  listMembers(schema: SchemaNode): Map<string, SchemaNode> {
    const listed = isObject(schema.properties) ? Object.entries(schema.properties) : [];
    const unlisted = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
    const named = unlisted.map(([pattern, inner]) => {
      return [pattern.replace(/^\^|\$$/g, "").replace(/\\(.)/g, "$1"), inner] as const;
    });
    return new Map(
      [...named, ...listed].filter((entry): entry is [string, SchemaNode] => isObject(entry[1])),
    );
  }

  private resolveRef(ref: string): SchemaNode {
    let found: unknown = this.root;
    for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
      const name = decodeUriPart(part).replaceAll("~1", "/").replaceAll("~0", "~");
      found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    }
    return isObject(found) ? found : {};
  }
}

function decodeUriPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
