import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deferred, loaders } from "./builtin.generated.js";
import { findPackageRoot, loadDeferredValidator } from "./package-root.ts";
import type { RequestSchema, SchemaStore, SchemaValidator } from "./store.ts";
import { LazySchema, toOperationNames } from "./store.ts";

/** The built-in schemas: compiled at build time, their source read only when a message needs it. */
export const builtinSchemas: SchemaStore = {
  find(operation) {
    if (!OPERATIONS.has(operation)) return undefined;
    const schema =
      LOADED_SCHEMAS.get(operation) ??
      shippedSchema(
        resolveSchemaFile("", operation),
        () => loaders[operation]?.() ?? loadDeferredValidator(operation),
      );
    LOADED_SCHEMAS.set(operation, schema);
    return schema;
  },
  operations: () => [...OPERATIONS],
  names() {
    names ??= toOperationNames(OPERATIONS);
    return names;
  },
};

const LOADED_SCHEMAS = new Map<string, RequestSchema>();

const OPERATIONS: ReadonlySet<string> = new Set([...Object.keys(loaders), ...deferred].sort());

let names: ReadonlySet<string> | undefined;

/** A schema of schemas/ with what it was compiled to. */
export const shippedSchema = (file: string, load: () => SchemaValidator): RequestSchema =>
  new LazySchema(load, () => JSON.parse(readFileSync(join(findPackageRoot(), "schemas", file), "utf8")));

/** The path of an operation's request schema in a directory of schemas. */
export const resolveSchemaFile = (directory: string, operation: string): string =>
  `${join(directory, ...operation.split(":"))}.request.json`;
