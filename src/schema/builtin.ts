import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownValidators, validators } from "./builtin.generated.js";
import type { JsonSchema } from "./json-schema.ts";
import { findPackageRoot } from "./package-root.ts";
import type { RequestSchema, SchemaStore } from "./store.ts";
import { toOperationNames } from "./store.ts";

/** The built-in schemas: compiled at build time, their source read only when a message needs it. */
export const builtinSchemas: SchemaStore = {
  find(operation) {
    const validator = Object.hasOwn(validators, operation) ? validators[operation] : undefined;
    if (!validator) return undefined;
    const schema =
      LOADED_SCHEMAS.get(operation) ?? new ShippedSchema(resolveSchemaFile("", operation), validator);
    LOADED_SCHEMAS.set(operation, schema);
    return schema;
  },
  operations: () => Object.keys(validators),
  names: () => NAMES,
};

const LOADED_SCHEMAS = new Map<string, RequestSchema>();

const NAMES = toOperationNames(Object.keys(validators));

class ShippedSchema implements RequestSchema {
  readonly validator: RequestSchema["validator"];
  readonly #file: string;
  #source: JsonSchema | undefined;

  constructor(file: string, validator: RequestSchema["validator"]) {
    this.#file = file;
    this.validator = validator;
  }

  get source(): JsonSchema {
    this.#source ??= JSON.parse(readFileSync(join(findPackageRoot(), "schemas", this.#file), "utf8"));
    return this.#source!;
  }
}

/** The schema of one of our own formats, such as `config`. */
export const getOwnSchema = (name: string): RequestSchema =>
  new ShippedSchema(join("countersign", `${name}.json`), ownValidators[name]!);

/** The path of an operation's request schema in a directory of schemas. */
export const resolveSchemaFile = (directory: string, operation: string): string =>
  `${join(directory, ...operation.split(":"))}.request.json`;
