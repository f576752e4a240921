// Writes a shape as JSON Schema, draft-07. Keys are written in a fixed order, so that the output is
// deterministic.

import type { Definitions, IrShape, IrStructure, OperationOrigin } from "../ir.ts";
import type { LimitValues } from "../limits/read.ts";
import { mergeFacts } from "../prose/facts.ts";
import { findSharedShapes } from "./shared-shapes.ts";

export type Schema = { [key: string]: unknown };

export type SchemaSource = OperationOrigin & { sha256: string; url: string; limits?: { source: string } };

export type SchemaWriteOptions = {
  title: string;
  source: SchemaSource;
  /**
   * Derives a member's description from its prose. If undefined, only the limits file provides descriptions.
   */
  describe: ((prose: string[]) => string | undefined) | undefined;
  /** Limits by JSON pointer (`*` for an item of a list or a value of a map). */
  limits: ReadonlyMap<string, LimitValues>;
  definitions: Definitions;
};

/** A shape whose schema is written in place. */
type InlineShape = Exclude<IrShape, { kind: "recursive" | "reference" }>;

/** A list, structure or map that contains the shape being written. */
type Ancestor = { is: "structure" | "list"; ref: string; about: string; name: string };

/**
 * Definitions refer to definitions; without a bound, the pointers of a hostile model would exhaust memory.
 */
const MAX_POINTER_LENGTH = 2_000;
/** Stands for a pointer that is too long; no limits file contains it. */
const UNREACHABLE_POINTER = "far";

/** A schema, and the pointers whose limits it contains. */
export type WrittenSchema = { schema: Schema; applied: ReadonlySet<string> };

export function writeRootSchema(shape: IrStructure, options: SchemaWriteOptions): WrittenSchema {
  const { title, source } = options;
  const writer = new SchemaWriter(options, findSharedShapes(shape, options.definitions));
  const root = writer.writeInline(shape, "", "#", []);
  const head = { $schema: "http://json-schema.org/draft-07/schema#", title, "x-source": source };
  return { schema: { ...head, ...root, ...writer.writeDefinitions() }, applied: writer.applied };
}

class SchemaWriter {
  readonly options: SchemaWriteOptions;
  readonly applied = new Set<string>();
  /** The definitions that are referred to, each with the pointer of its first use. */
  readonly wanted = new Map<string, string>();

  /** Names of the shapes that become definitions because they are used often. */
  readonly shared: ReadonlySet<string>;

  constructor(options: SchemaWriteOptions, shared: ReadonlySet<string>) {
    this.options = options;
    this.shared = shared;
  }

  /** `pointer` is the value's position in a payload, `ref` the position of its schema in the file. */
  writeSchema(shape: IrShape, pointer: string, ref: string, around: Ancestor[]): Schema {
    if (shape.kind === "recursive") return this.writeRecursive(shape, lastPointerPart(pointer), around);
    if (shape.kind === "reference") return this.writeReference(shape.to, pointer);
    const { shapeName } = shape;
    if (shapeName !== undefined && this.shared.has(shapeName)) return this.writeReference(shapeName, pointer);
    return this.writeInline(shape, pointer, ref, around);
  }

  writeInline(shape: InlineShape, pointer: string, ref: string, around: Ancestor[]): Schema {
    const schema: Schema = { ...baseSchemaOf(shape), ...this.writeAnnotations(shape, pointer) };
    switch (shape.kind) {
      case "structure":
        return {
          ...schema,
          ...this.writeStructure(shape, pointer, ref, [...around, toAncestor(shape, pointer, ref)]),
        };
      case "list": {
        const inside = [...around, toAncestor(shape, pointer, ref)];
        return { ...schema, items: this.writeSchema(shape.item, `${pointer}/*`, `${ref}/items`, inside) };
      }
      case "map": {
        const inside = [...around, toAncestor(shape, pointer, ref)];
        const value = this.writeSchema(shape.value, `${pointer}/*`, `${ref}/additionalProperties`, inside);
        return { ...schema, ...this.writeKeys(shape.keys), additionalProperties: value };
      }
      default:
        return schema;
    }
  }

  writeStructure(shape: IrStructure, pointer: string, ref: string, inside: Ancestor[]): Schema {
    const members = [...shape.members];
    const required = members.filter(([, member]) => member.required).map(([name]) => name);
    const properties = members.map(([name, member]) => {
      const schema = this.writeSchema(
        member,
        `${pointer}/${escapePointerPart(name)}`,
        `${ref}/properties/${encodeUriPart(name)}`,
        inside,
      );
      return [name, schema] as const;
    });
    return {
      ...(shape.union === true ? { minProperties: 1, maxProperties: 1 } : {}),
      ...(required.length > 0 ? { required } : {}),
      properties: Object.fromEntries(properties),
      ...this.writeUnlisted(shape),
      additionalProperties: false,
    };
  }

  // Members that boto3 fills in are in the parameter list, but not in the syntax block. Requests may contain
  // them; as `patternProperties` they are allowed without being suggested.
  writeUnlisted(shape: IrStructure): Schema {
    if (shape.unlisted.size === 0) return {};
    const patterns = [...shape.unlisted].map(([name, member]) => {
      return [
        `^${name.replace(/[^\w]/g, "\\$&")}$`,
        this.writeSchema(member, `/${escapePointerPart(name)}`, "#", []),
      ] as const;
    });
    return { patternProperties: Object.fromEntries(patterns) };
  }

  // A page says only that an enclosing shape recurs, not which. The reference is resolved if there is just
  // one candidate, or just one with the same description or for a member of the same name.
  writeRecursive(shape: Extract<IrShape, { kind: "recursive" }>, name: string, around: Ancestor[]): Schema {
    const candidates = around.slice(1).filter((ancestor) => ancestor.is === shape.of);
    const about = joinProse(shape);
    const target =
      takeOnly(candidates) ??
      takeOnly(candidates.filter((ancestor) => about !== "" && ancestor.about === about)) ??
      takeOnly(candidates.filter((ancestor) => name !== "*" && ancestor.name === name));
    if (target) return { $ref: target.ref };
    return { "x-aws-type": "recursive", ...this.describe(shape, undefined) };
  }

  writeReference(name: string, pointer: string): Schema {
    if (!this.wanted.has(name))
      this.wanted.set(name, pointer.length > MAX_POINTER_LENGTH ? UNREACHABLE_POINTER : pointer);
    return { $ref: toDefinitionRef(name) };
  }

  /** Every definition that is referred to, directly or from other definitions. */
  writeDefinitions(): Schema {
    const written = new Map<string, Schema>();
    // Writing a definition may add further names to the map during the iteration.
    for (const [name, pointer] of this.wanted) {
      const shape = this.options.definitions.get(name) as InlineShape;
      written.set(name, this.writeInline(shape, pointer, toDefinitionRef(name), []));
    }
    if (written.size === 0) return {};
    return { definitions: Object.fromEntries([...written].sort(([a], [b]) => (a < b ? -1 : 1))) };
  }

  /** Constraints on the keys of a map. */
  writeKeys(keys: IrShape | undefined): Schema {
    if (keys?.kind !== "string") return {};
    const limits = {
      ...(keys.values ? { enum: [...new Set(keys.values)] } : {}),
      ...sortLimits(keys.stated ?? {}),
    };
    return Object.keys(limits).length > 0 ? { propertyNames: limits } : {};
  }

  writeAnnotations(shape: IrShape, pointer: string): Schema {
    const limits = this.options.limits.get(pointer) ?? {};
    this.applied.add(pointer);
    const { default: fallback, documentedValues, reservedPrefixes, document, ...bounds } = mergeFacts(shape);
    const { description: _, form, examples, wholeMatch, checkedBy, ...values } = limits;
    return {
      ...(document ? { "x-aws-type": "document" } : {}),
      ...this.describe(shape, limits.description),
      ...("values" in shape && shape.values ? { enum: [...new Set(shape.values)] } : {}),
      ...(documentedValues ? { "x-documented-values": documentedValues } : {}),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(form ? { "x-form": form } : {}),
      ...(examples ? { examples } : {}),
      ...sortLimits({ ...bounds, ...values }),
      ...(wholeMatch ? { "x-whole-match": true } : {}),
      ...(checkedBy ? { "x-checked-by": checkedBy } : {}),
      ...(reservedPrefixes ? { "x-reserved-prefixes": reservedPrefixes } : {}),
      ...(shape.autopopulated ? { "x-autopopulated": true } : {}),
    };
  }

  describe(shape: IrShape, own: string | undefined): Schema {
    const text = this.options.describe ? this.options.describe(shape.prose) : own;
    return text === undefined ? {} : { description: text };
  }
}

const BASE_SCHEMAS: Record<InlineShape["kind"], Schema> = {
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

function baseSchemaOf(shape: InlineShape): Schema {
  return BASE_SCHEMAS[shape.kind];
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

function sortLimits(values: Schema): Schema {
  return Object.fromEntries(LIMIT_ORDER.filter((key) => key in values).map((key) => [key, values[key]]));
}

function toAncestor(shape: IrShape, pointer: string, ref: string): Ancestor {
  const is = shape.kind === "list" ? "list" : "structure";
  return { is, ref, about: joinProse(shape), name: lastPointerPart(pointer) };
}

const joinProse = (shape: IrShape) => shape.prose.join("\n").trim();
const lastPointerPart = (pointer: string) => pointer.slice(pointer.lastIndexOf("/") + 1);
const takeOnly = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/** Escapes a name for use in a JSON pointer. */
export function escapePointerPart(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

const toDefinitionRef = (name: string) => `#/definitions/${encodeUriPart(name)}`;
const encodeUriPart = (name: string) => encodeURIComponent(escapePointerPart(name));
