import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validators } from "./builtin.generated.js";
import { findPackageRoot } from "./package-root.ts";
import type { RequestSchema, SchemaStore, SchemaValidator } from "./store.ts";
import { LazySchema, toOperationNames } from "./store.ts";

/** The built-in schemas: compiled at build time, their source read only when a message needs it. */
export const builtinSchemas: SchemaStore = {
  find(operation) {
    const validator = Object.hasOwn(validators, operation) ? validators[operation] : undefined;
    if (!validator) return undefined;
    const schema =
      LOADED_SCHEMAS.get(operation) ?? shippedSchema(resolveSchemaFile("", operation), validator);
    LOADED_SCHEMAS.set(operation, schema);
    return schema;
  },
  operations: () => Object.keys(validators),
  names: () => NAMES,
};

const LOADED_SCHEMAS = new Map<string, RequestSchema>();

const NAMES = toOperationNames(Object.keys(validators));

/** A schema of schemas/ with what it was compiled to. */
export const shippedSchema = (file: string, validator: SchemaValidator): RequestSchema =>
  new LazySchema(validator, () => JSON.parse(readFileSync(join(findPackageRoot(), "schemas", file), "utf8")));

/** The path of an operation's request schema in a directory of schemas. */
export const resolveSchemaFile = (directory: string, operation: string): string =>
  `${join(directory, ...operation.split(":"))}.request.json`;
