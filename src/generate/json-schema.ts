// Writes a shape as JSON Schema, draft-07. Keys come in the order of this file, so that a schema is the same
// text on every run.

import type { LimitValues } from "./limits.ts";
import { description } from "./plain-text.ts";
import { proseFacts } from "./prose-facts.ts";
import type { Shape, Structure } from "./shape.ts";

export type Schema = { [key: string]: unknown };

export type Source = { page: string; sha256: string; url: string; limits?: { source: string } };

export type WriteOptions = {
  title: string;
  source: Source;
  /** Whether the page's own prose describes the members. */
  pageDescriptions: boolean;
  /** Limits by JSON pointer (`*` for an item or a map's value). */
  limits: ReadonlyMap<string, LimitValues>;
};

/** A list, structure or map around the shape that is being written. */
type Ancestor = { is: "structure" | "list"; ref: string; about: string; name: string };

export function writeRoot(shape: Structure, options: WriteOptions): Schema {
  const { title, source } = options;
  const root = new Writer(options).schema(shape, "", "#", []);
  return { $schema: "http://json-schema.org/draft-07/schema#", title, "x-source": source, ...root };
}

class Writer {
  readonly options: WriteOptions;

  constructor(options: WriteOptions) {
    this.options = options;
  }

  /** `pointer` is where the value stands in a payload, `ref` where its schema stands in the file. */
  schema(shape: Shape, pointer: string, ref: string, around: Ancestor[]): Schema {
    if (shape.kind === "recursive") return this.recursive(shape, nameOf(pointer), around);
    const schema: Schema = { ...kindOf(shape), ...this.annotations(shape, pointer) };
    switch (shape.kind) {
      case "structure":
        return {
          ...schema,
          ...this.structure(shape, pointer, ref, [...around, ancestor(shape, pointer, ref)]),
        };
      case "list": {
        const inside = [...around, ancestor(shape, pointer, ref)];
        return { ...schema, items: this.schema(shape.item, `${pointer}/*`, `${ref}/items`, inside) };
      }
      case "map": {
        const inside = [...around, ancestor(shape, pointer, ref)];
        const value = this.schema(shape.value, `${pointer}/*`, `${ref}/additionalProperties`, inside);
        return { ...schema, additionalProperties: value };
      }
      default:
        return schema;
    }
  }

  structure(shape: Structure, pointer: string, ref: string, inside: Ancestor[]): Schema {
    const members = [...shape.members];
    const required = members.filter(([, member]) => member.required).map(([name]) => name);
    const properties = members.map(([name, member]) => {
      const schema = this.schema(
        member,
        `${pointer}/${pointerPart(name)}`,
        `${ref}/properties/${uriPart(name)}`,
        inside,
      );
      return [name, schema] as const;
    });
    return {
      ...(shape.union ? { minProperties: 1, maxProperties: 1 } : {}),
      ...(required.length > 0 ? { required } : {}),
      properties: Object.fromEntries(properties),
      ...this.unlisted(shape),
      additionalProperties: false,
    };
  }

  // Members that boto3 fills in stand in the parameter list, but not in the syntax. A request may hold them;
  // as patterns they are allowed without being proposed.
  unlisted(shape: Structure): Schema {
    if (shape.unlisted.size === 0) return {};
    const patterns = [...shape.unlisted].map(([name, member]) => {
      return [
        `^${name.replace(/[^\w]/g, "\\$&")}$`,
        this.schema(member, `/${pointerPart(name)}`, "#", []),
      ] as const;
    });
    return { patternProperties: Object.fromEntries(patterns) };
  }

  // A page says only that some shape around the member comes again. Where one alone can be meant, or one alone
  // is described in the same words or is a member of the same name, the schema goes on there.
  recursive(shape: Extract<Shape, { kind: "recursive" }>, name: string, around: Ancestor[]): Schema {
    const candidates = around.slice(1).filter((ancestor) => ancestor.is === shape.of);
    const about = aboutOf(shape);
    const target =
      theOnly(candidates) ??
      theOnly(candidates.filter((ancestor) => about !== "" && ancestor.about === about)) ??
      theOnly(candidates.filter((ancestor) => name !== "*" && ancestor.name === name));
    if (target) return { $ref: target.ref };
    return { "x-aws-type": "recursive", ...this.describe(shape, undefined) };
  }

  annotations(shape: Shape, pointer: string): Schema {
    const limits = this.options.limits.get(pointer) ?? {};
    const { default: fallback, documentedValues, reservedPrefixes, document, ...bounds } = proseFacts(shape);
    const { description: _, form, examples, wholeMatch, ...values } = limits;
    return {
      ...(document ? { "x-aws-type": "document" } : {}),
      ...this.describe(shape, limits.description),
      ...("values" in shape && shape.values ? { enum: [...new Set(shape.values)] } : {}),
      ...(documentedValues ? { "x-documented-values": documentedValues } : {}),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(form ? { "x-form": form } : {}),
      ...(examples ? { examples } : {}),
      ...inOrder({ ...bounds, ...values }),
      ...(wholeMatch ? { "x-whole-match": true } : {}),
      ...(reservedPrefixes ? { "x-reserved-prefixes": reservedPrefixes } : {}),
      ...(shape.autopopulated ? { "x-autopopulated": true } : {}),
    };
  }

  describe(shape: Shape, own: string | undefined): Schema {
    const text = this.options.pageDescriptions ? description(shape.prose) : own;
    return text === undefined ? {} : { description: text };
  }
}

const KINDS: Record<Exclude<Shape["kind"], "recursive">, Schema> = {
  string: { type: "string" },
  integer: { type: "integer" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  timestamp: { type: ["string", "number"], "x-aws-type": "timestamp" },
  blob: { type: "string", "x-aws-type": "blob" },
  document: { "x-aws-type": "document" },
  "event-stream": { "x-aws-type": "event-stream" },
  structure: { type: "object" },
  list: { type: "array" },
  map: { type: "object" },
};

function kindOf(shape: Exclude<Shape, { kind: "recursive" }>): Schema {
  return KINDS[shape.kind];
}

const LIMIT_ORDER = ["minLength", "maxLength", "pattern", "minItems", "maxItems", "minimum", "maximum"];

function inOrder(values: Schema): Schema {
  return Object.fromEntries(LIMIT_ORDER.filter((key) => key in values).map((key) => [key, values[key]]));
}

function ancestor(shape: Shape, pointer: string, ref: string): Ancestor {
  const is = shape.kind === "list" ? "list" : "structure";
  return { is, ref, about: aboutOf(shape), name: nameOf(pointer) };
}

const aboutOf = (shape: Shape) => shape.prose.join("\n").trim();
const nameOf = (pointer: string) => pointer.slice(pointer.lastIndexOf("/") + 1);
const theOnly = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/** A name as a part of a JSON pointer. */
export function pointerPart(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

const uriPart = (name: string) => encodeURIComponent(pointerPart(name));
