// A service model. It is read lazily: each part is validated when an operation leads to it.

import { PageError, quoteShort } from "../source-error.ts";
import type { JsonObject, ModelFile } from "./file.ts";
import { isJsonObject } from "./file.ts";
import type { JsonPath } from "./json-position.ts";
import { locateInJson } from "./json-position.ts";

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
export type ShapeReference = { to: string; traits: JsonObject; path: JsonPath };

export type ModelShape = {
  name: string;
  type: ShapeType;
  traits: JsonObject;
  path: JsonPath;
  /** The members of a structure; the `member` of a list; the `key` and `value` of a map. */
  inside: Map<string, ShapeReference>;
  required: Set<string>;
};

export type ModelOperation = {
  name: string;
  input: ShapeReference | undefined;
  output: ShapeReference | undefined;
};

const NOT_A_MODEL_HELP =
  "give botocore's model of a service: `service-2.json` or `service-2.json.gz` in its data directory";

export class ServiceModel {
  readonly file: ModelFile;
  readonly service: string;
  readonly metadata: JsonObject;
  readonly #operations: JsonObject;
  readonly #shapes: JsonObject;
  readonly #read = new Map<string, ModelShape>();

  constructor(file: ModelFile, service: string) {
    this.file = file;
    this.service = service;
    const json = isJsonObject(file.json) ? file.json : {};
    for (const key of ["metadata", "operations", "shapes"]) {
      if (isJsonObject(json[key])) continue;
      const message = `this is not a service model: it has no ${quoteShort(key)}`;
      throw new PageError(file.path, { line: 1, column: 1 }, message, NOT_A_MODEL_HELP);
    }
    this.metadata = json.metadata as JsonObject;
    this.#operations = json.operations as JsonObject;
    this.#shapes = json.shapes as JsonObject;
  }

  operationNames(): string[] {
    return Object.keys(this.#operations);
  }

  /** A string from the metadata, if present. */
  readMetadata(key: string): string | undefined {
    const value = this.metadata[key];
    return typeof value === "string" ? value : undefined;
  }

  readOperation(name: string): ModelOperation {
    const path = ["operations", name];
    // The name becomes part of a file name.
    if (!/^[A-Za-z]\w{0,150}$/.test(name)) throw this.createError(path, "this is no operation's name");
    const found = this.requireObject(this.#operations[name], path);
    return {
      name,
      input: this.readOptionalReference(found, "input", path),
      output: this.readOptionalReference(found, "output", path),
    };
  }

  resolveShape(reference: ShapeReference): ModelShape {
    const known = this.#read.get(reference.to);
    if (known) return known;
    if (!Object.hasOwn(this.#shapes, reference.to)) {
      throw this.createError(reference.path, `there is no shape ${quoteShort(reference.to)} in this model`);
    }
    const shape = this.readShape(reference.to);
    this.#read.set(reference.to, shape);
    return shape;
  }

  createError(path: JsonPath, message: string): PageError {
    return createModelError(this.file, path, message);
  }

  private readShape(name: string): ModelShape {
    const path = ["shapes", name];
    const traits = this.requireObject(this.#shapes[name], path);
    const type = SHAPE_TYPES.find((known) => known === traits.type);
    if (!type) throw this.createError([...path, "type"], "expected a shape's type here");
    const inside = this.readInside(type, traits, path);
    const required = new Set(this.readNames(traits.required, [...path, "required"]));
    return { name, type, traits, path, inside, required };
  }

  private readInside(type: ShapeType, traits: JsonObject, path: JsonPath): Map<string, ShapeReference> {
    if (type === "list") return new Map([["member", this.readReference(traits, "member", path)]]);
    if (type === "map") {
      const names = ["key", "value"] as const;
      return new Map(names.map((name) => [name, this.readReference(traits, name, path)]));
    }
    if (type !== "structure") return new Map();
    const at = [...path, "members"];
    const members = this.requireObject(traits.members, at);
    return new Map(Object.keys(members).map((name) => [name, this.readReference(members, name, at)]));
  }

  private readOptionalReference(holder: JsonObject, key: string, path: JsonPath): ShapeReference | undefined {
    return Object.hasOwn(holder, key) ? this.readReference(holder, key, path) : undefined;
  }

  private readReference(holder: JsonObject, key: string, path: JsonPath): ShapeReference {
    const at = [...path, key];
    const traits = this.requireObject(holder[key], at);
    if (typeof traits.shape !== "string") throw this.createError(at, "this lacks the name of a `shape`");
    return { to: traits.shape, traits, path: at };
  }

  private requireObject(value: unknown, path: JsonPath): JsonObject {
    if (!isJsonObject(value)) throw this.createError(path, "expected an object here");
    return value;
  }

  private readNames(value: unknown, path: JsonPath): string[] {
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
    throw this.createError(path, "expected a list of names here");
  }
}

const REPAIR_HELP =
  "take the file again from an installation of botocore, or report it if it is as the installation has it";

/** The text of a model, used to locate errors. */
export type ModelText = { path: string; text: string };

/** Creates an error about the value at `path`. */
export function createModelError(
  model: ModelText,
  path: JsonPath,
  message: string,
  help = REPAIR_HELP,
): PageError {
  const where = path.length === 0 ? "" : `${quoteShort(path.join("/"))}: `;
  return new PageError(model.path, locateInJson(model.text, path), `${where}${message}`, help);
}
