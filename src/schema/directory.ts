import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { quoted } from "../diagnostics/text.ts";
import { resolveSchemaFile } from "./builtin.ts";
import { compileSchema, isUndecidable } from "./compile.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { RequestSchema, SchemaStore, SchemaValidator } from "./store.ts";
import { SchemaFileError, toOperationNames } from "./store.ts";

/**
 * A directory of schemas as `schema generate` writes it. Each schema is read and compiled when first needed.
 * Throws `SchemaFileError` if it is not a directory.
 */
export function createDirectoryStore(directory: string): SchemaStore {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new SchemaFileError(directory, `${quoted(directory)} is not a directory of schemas`);
  const operations = findSchemaOperations(directory);
  const names = toOperationNames(operations);
  const opened = new Map<string, RequestSchema>();
  return {
    find(operation) {
      if (!operations.has(operation)) return undefined;
      const schema = opened.get(operation) ?? new SchemaFile(resolveSchemaFile(directory, operation));
      opened.set(operation, schema);
      return schema;
    },
    operations: () => [...operations],
    names: () => names,
  };
}

class SchemaFile implements RequestSchema {
  readonly isUndecidable = isUndecidable;
  readonly #file: string;
  #source: JsonSchema | undefined;
  #validator: SchemaValidator | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  get source(): JsonSchema {
    this.#source ??= readSchemaFile(this.#file);
    return this.#source;
  }

  get validator(): SchemaValidator {
    this.#validator ??= compileSchemaFile(this.#file, this.source);
    return this.#validator;
  }
}

function readSchemaFile(file: string): JsonSchema {
  try {
    const schema: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof schema === "object" && schema !== null && !Array.isArray(schema)) return schema;
  } catch (error) {
    throw new SchemaFileError(file, `it can't be read as JSON: ${(error as Error).message}`);
  }
  throw new SchemaFileError(file, "it is not a JSON Schema but some other JSON value");
}

function compileSchemaFile(file: string, schema: JsonSchema): SchemaValidator {
  try {
    return compileSchema(schema);
  } catch (error) {
    throw new SchemaFileError(file, `it is not a JSON Schema (draft-07): ${(error as Error).message}`);
  }
}

const REQUEST = /^(\w+)\.request\.json$/;

function findSchemaOperations(directory: string): ReadonlySet<string> {
  const services = readdirSync(directory).filter((name) => isDirectory(join(directory, name)));
  const operations = services.flatMap((name) =>
    readdirSync(join(directory, name)).flatMap((file) => {
      const operation = REQUEST.exec(file)?.[1];
      return operation ? [`${name}:${operation}`] : [];
    }),
  );
  return new Set(operations.sort());
}

/** Follows symbolic links. */
const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
