// Writes a shape as JSON Schema, draft-07. Keys are written in a fixed order, so that the output is
// deterministic.

import type { Definitions, Origin, Shape, Structure } from "../ir.ts";
import type { LimitValues } from "../limits/read.ts";
import { factsOf } from "../prose/facts.ts";
import { sharedShapes } from "./shared-shapes.ts";

export type Schema = { [key: string]: unknown };

export type Source = Origin & { sha256: string; url: string; limits?: { source: string } };

export type WriteOptions = {
  title: string;
  source: Source;
  /**
   * Derives a member's description from its prose. If undefined, only the limits file provides descriptions.
   */
  describe: ((prose: string[]) => string | undefined) | undefined;
  /** Limits by JSON pointer (`*` for an item of a list or a value of a map). */
  limits: ReadonlyMap<string, LimitValues>;
  definitions: Definitions;
};

/** A shape whose schema is written in place. */
type Inline = Exclude<Shape, { kind: "recursive" | "reference" }>;

/** A list, structure or map that contains the shape being written. */
type Ancestor = { is: "structure" | "list"; ref: string; about: string; name: string };

/**
 * Definitions refer to definitions; without a bound, the pointers of a hostile model would exhaust memory.
 */
const LONGEST_POINTER = 2_000;
/** Stands for a pointer that is too long; no limits file contains it. */
const FAR = "far";

/** A schema, and the pointers whose limits it contains. */
export type Written = { schema: Schema; applied: ReadonlySet<string> };

export function writeRoot(shape: Structure, options: WriteOptions): Written {
  const { title, source } = options;
  const writer = new Writer(options, sharedShapes(shape, options.definitions));
  const root = writer.inline(shape, "", "#", []);
  const head = { $schema: "http://json-schema.org/draft-07/schema#", title, "x-source": source };
  return { schema: { ...head, ...root, ...writer.definitions() }, applied: writer.applied };
}

class Writer {
  readonly options: WriteOptions;
  readonly applied = new Set<string>();
  /** The definitions that are referred to, each with the pointer of its first use. */
  readonly wanted = new Map<string, string>();

  /** Names of the shapes that become definitions because they are used often. */
  readonly shared: ReadonlySet<string>;

  constructor(options: WriteOptions, shared: ReadonlySet<string>) {
    this.options = options;
    this.shared = shared;
  }

  /** `pointer` is the value's position in a payload, `ref` the position of its schema in the file. */
  schema(shape: Shape, pointer: string, ref: string, around: Ancestor[]): Schema {
    if (shape.kind === "recursive") return this.recursive(shape, nameOf(pointer), around);
    if (shape.kind === "reference") return this.reference(shape.to, pointer);
    const { shapeName } = shape;
    if (shapeName !== undefined && this.shared.has(shapeName)) return this.reference(shapeName, pointer);
    return this.inline(shape, pointer, ref, around);
  }

  inline(shape: Inline, pointer: string, ref: string, around: Ancestor[]): Schema {
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
        return { ...schema, ...this.keys(shape.keys), additionalProperties: value };
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
      ...(shape.union === true ? { minProperties: 1, maxProperties: 1 } : {}),
      ...(required.length > 0 ? { required } : {}),
      properties: Object.fromEntries(properties),
      ...this.unlisted(shape),
      additionalProperties: false,
    };
  }

  // Members that boto3 fills in are in the parameter list, but not in the syntax block. Requests may contain
  // them; as `patternProperties` they are allowed without being suggested.
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

  // A page says only that an enclosing shape recurs, not which. The reference is resolved if there is just
  // one candidate, or just one with the same description or for a member of the same name.
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

  reference(name: string, pointer: string): Schema {
    if (!this.wanted.has(name)) this.wanted.set(name, pointer.length > LONGEST_POINTER ? FAR : pointer);
    return { $ref: definitionRef(name) };
  }

  /** Every definition that is referred to, directly or from other definitions. */
  definitions(): Schema {
    const written = new Map<string, Schema>();
    // Writing a definition may add further names to the map during the iteration.
    for (const [name, pointer] of this.wanted) {
      const shape = this.options.definitions.get(name) as Inline;
      written.set(name, this.inline(shape, pointer, definitionRef(name), []));
    }
    if (written.size === 0) return {};
    return { definitions: Object.fromEntries([...written].sort(([a], [b]) => (a < b ? -1 : 1))) };
  }

  /** Constraints on the keys of a map. */
  keys(keys: Shape | undefined): Schema {
    if (keys?.kind !== "string") return {};
    const limits = {
      ...(keys.values ? { enum: [...new Set(keys.values)] } : {}),
      ...inOrder(keys.stated ?? {}),
    };
    return Object.keys(limits).length > 0 ? { propertyNames: limits } : {};
  }

  annotations(shape: Shape, pointer: string): Schema {
    const limits = this.options.limits.get(pointer) ?? {};
    this.applied.add(pointer);
    const { default: fallback, documentedValues, reservedPrefixes, document, ...bounds } = factsOf(shape);
    const { description: _, form, examples, wholeMatch, checkedBy, ...values } = limits;
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
      ...(checkedBy ? { "x-checked-by": checkedBy } : {}),
      ...(reservedPrefixes ? { "x-reserved-prefixes": reservedPrefixes } : {}),
      ...(shape.autopopulated ? { "x-autopopulated": true } : {}),
    };
  }

  describe(shape: Shape, own: string | undefined): Schema {
    const text = this.options.describe ? this.options.describe(shape.prose) : own;
    return text === undefined ? {} : { description: text };
  }
}

const KINDS: Record<Inline["kind"], Schema> = {
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

function kindOf(shape: Inline): Schema {
  return KINDS[shape.kind];
}

const LIMIT_ORDER = [
  "minLength",
  "maxLength",
  "pattern",
  "x-java-pattern",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minimum",
  "maximum",
];

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

/** Escapes a name for use in a JSON pointer. */
export function pointerPart(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

const definitionRef = (name: string) => `#/definitions/${uriPart(name)}`;
const uriPart = (name: string) => encodeURIComponent(pointerPart(name));
