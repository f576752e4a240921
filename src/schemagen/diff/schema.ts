// Reads schemas for `schema diff`: kinds, references, members.

export type Schema = { [key: string]: unknown };

export type Kind =
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

const TYPES: Record<string, Kind> = {
  string: "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  array: "list",
};

const KINDS = new Set<unknown>(["timestamp", "blob", "document", "event-stream", "recursive"]);

const WORDS: Partial<Record<Kind, string>> = {
  structure: "a structure of named members",
  map: "a map with any keys",
  document: "any JSON value",
  recursive: "a recursive shape, left open",
  integer: "an integer",
  "event-stream": "an event stream",
  anything: "anything",
};

export const words = (kind: Kind): string => WORDS[kind] ?? `a ${kind}`;

export function kindOf(schema: Schema): Kind {
  const { type, "x-aws-type": own } = schema;
  // A document that is given as JSON text is still a string.
  if (KINDS.has(own) && !(own === "document" && type === "string")) return own as Kind;
  if (type === "object") return typeof schema.additionalProperties === "object" ? "map" : "structure";
  return (typeof type === "string" && Object.hasOwn(TYPES, type) && TYPES[type]) || "anything";
}

const MOST_HOPS = 20;
const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema file, in which `$ref`s are resolved. */
export class SchemaText {
  readonly root: Schema;

  constructor(root: Schema) {
    this.root = root;
  }

  resolve(schema: Schema): Schema {
    let found = schema;
    for (let hops = 0; typeof found.$ref === "string" && hops < MOST_HOPS; hops++)
      found = this.at(found.$ref);
    return found;
  }

  /** All members that a structure accepts, including those that are allowed only by `patternProperties`. */
  members(schema: Schema): Map<string, Schema> {
    const listed = isObject(schema.properties) ? Object.entries(schema.properties) : [];
    const unlisted = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
    const named = unlisted.map(([pattern, inner]) => {
      return [pattern.replace(/^\^|\$$/g, "").replace(/\\(.)/g, "$1"), inner] as const;
    });
    return new Map([...named, ...listed].filter((entry): entry is [string, Schema] => isObject(entry[1])));
  }

  private at(ref: string): Schema {
    let found: unknown = this.root;
    for (const part of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
      const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
      found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    }
    return isObject(found) ? found : {};
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
