// A service model. It is read lazily: each part is validated when an operation leads to it.

import { PageError, quote } from "../source-error.ts";
import type { Json, ModelFile } from "./file.ts";
import { isObject } from "./file.ts";
import type { JsonPath } from "./json-position.ts";
import { placeIn } from "./json-position.ts";

export const SHAPE_TYPES = [
  "structure",
  "list",
  "map",
  "string",
  "character",
  "integer",
  "long",
  "float",
  "double",
  "boolean",
  "timestamp",
  "blob",
] as const;

export type ShapeType = (typeof SHAPE_TYPES)[number];

/** A use of a shape. Its traits override the shape's own. */
export type Reference = { to: string; traits: Json; path: JsonPath };

export type ModelShape = {
  name: string;
  type: ShapeType;
  traits: Json;
  path: JsonPath;
  /** The members of a structure; the `member` of a list; the `key` and `value` of a map. */
  inside: Map<string, Reference>;
  required: Set<string>;
};

export type ModelOperation = {
  name: string;
  input: Reference | undefined;
  output: Reference | undefined;
};

const NOT_A_MODEL =
  "give botocore's model of a service: `service-2.json` or `service-2.json.gz` in its data directory";

export class Model {
  readonly file: ModelFile;
  readonly service: string;
  readonly metadata: Json;
  readonly #operations: Json;
  readonly #shapes: Json;
  readonly #read = new Map<string, ModelShape>();

  constructor(file: ModelFile, service: string) {
    this.file = file;
    this.service = service;
    const json = isObject(file.json) ? file.json : {};
    for (const key of ["metadata", "operations", "shapes"]) {
      if (isObject(json[key])) continue;
      const message = `this is not a service model: it has no ${quote(key)}`;
      throw new PageError(file.path, { line: 1, column: 1 }, message, NOT_A_MODEL);
    }
    this.metadata = json.metadata as Json;
    this.#operations = json.operations as Json;
    this.#shapes = json.shapes as Json;
  }

  operationNames(): string[] {
    return Object.keys(this.#operations);
  }

  /** A string from the metadata, if present. */
  about(key: string): string | undefined {
    const value = this.metadata[key];
    return typeof value === "string" ? value : undefined;
  }

  operation(name: string): ModelOperation {
    const path = ["operations", name];
    // The name becomes part of a file name.
    if (!/^[A-Za-z]\w{0,150}$/.test(name)) throw this.error(path, "this is no operation's name");
    const found = this.object(this.#operations[name], path);
    return {
      name,
      input: this.optionalReference(found, "input", path),
      output: this.optionalReference(found, "output", path),
    };
  }

  shape(reference: Reference): ModelShape {
    const known = this.#read.get(reference.to);
    if (known) return known;
    if (!Object.hasOwn(this.#shapes, reference.to)) {
      throw this.error(reference.path, `there is no shape ${quote(reference.to)} in this model`);
    }
    const shape = this.readShape(reference.to);
    this.#read.set(reference.to, shape);
    return shape;
  }

  error(path: JsonPath, message: string): PageError {
    return modelError(this.file, path, message);
  }

  private readShape(name: string): ModelShape {
    const path = ["shapes", name];
    const traits = this.object(this.#shapes[name], path);
    const type = SHAPE_TYPES.find((known) => known === traits.type);
    if (!type) throw this.error([...path, "type"], "expected a shape's type here");
    const inside = this.readInside(type, traits, path);
    const required = new Set(this.names(traits.required, [...path, "required"]));
    return { name, type, traits, path, inside, required };
  }

  private readInside(type: ShapeType, traits: Json, path: JsonPath): Map<string, Reference> {
    if (type === "list") return new Map([["member", this.reference(traits, "member", path)]]);
    if (type === "map") {
      const names = ["key", "value"] as const;
      return new Map(names.map((name) => [name, this.reference(traits, name, path)]));
    }
    if (type !== "structure") return new Map();
    const at = [...path, "members"];
    const members = this.object(traits.members, at);
    return new Map(Object.keys(members).map((name) => [name, this.reference(members, name, at)]));
  }

  private optionalReference(holder: Json, key: string, path: JsonPath): Reference | undefined {
    return Object.hasOwn(holder, key) ? this.reference(holder, key, path) : undefined;
  }

  private reference(holder: Json, key: string, path: JsonPath): Reference {
    const at = [...path, key];
    const traits = this.object(holder[key], at);
    if (typeof traits.shape !== "string") throw this.error(at, "this lacks the name of a `shape`");
    return { to: traits.shape, traits, path: at };
  }

  private object(value: unknown, path: JsonPath): Json {
    if (!isObject(value)) throw this.error(path, "expected an object here");
    return value;
  }

  private names(value: unknown, path: JsonPath): string[] {
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
    throw this.error(path, "expected a list of names here");
  }
}

const REPAIR =
  "take the file again from an installation of botocore, or report it if it is as the installation has it";

/** The text of a model, used to locate errors. */
export type ModelText = { path: string; text: string };

/** Creates an error about the value at `path`. */
export function modelError(model: ModelText, path: JsonPath, message: string, help = REPAIR): PageError {
  const where = path.length === 0 ? "" : `${quote(path.join("/"))}: `;
  return new PageError(model.path, placeIn(model.text, path), `${where}${message}`, help);
}
