import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LineIndex } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import { parseJson } from "../documents/json/json.ts";
import { resolveSchemaFile } from "./builtin.ts";
import { compileSchema, isUndecidable } from "./compile.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { RequestSchema, SchemaStore, SchemaValidator } from "./store.ts";
import { SchemaFileError, toOperationNames } from "./store.ts";
import { unknownFormats } from "./unknown-formats.ts";

export interface DirectoryStore extends SchemaStore {
  /** Throws `SchemaFileError` for the first file with a format that there isn't, used or not. */
  checkFormats(): void;
}

/** A directory of schemas as the generator writes it; each is read and compiled when a request needs it. */
export function createDirectoryStore(directory: string): DirectoryStore {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new SchemaFileError(directory, `${quoted(directory)} is not a directory of schemas`);
  const operations = findSchemaOperations(directory);
  const names = toOperationNames(operations);
  const opened = new Map<string, SchemaFile>();
  const open = (operation: string): SchemaFile => {
    const schema = opened.get(operation) ?? new SchemaFile(resolveSchemaFile(directory, operation));
    opened.set(operation, schema);
    return schema;
  };
  return {
    find: (operation) => (operations.has(operation) ? open(operation) : undefined),
    checkFormats() {
      for (const operation of operations) open(operation).checkFormats();
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

  /** Most files have no `format`, and are not parsed for it. */
  checkFormats(): void {
    if (readFileSync(this.#file, "utf8").includes('"format"')) refuseUnknownFormats(this.#file, this.source);
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

/** A format that there isn't would check nothing, in silence. */
function refuseUnknownFormats(file: string, schema: JsonSchema): void {
  const unknown = unknownFormats(schema);
  if (unknown.length === 0) return;
  const text = readFileSync(file, "utf8");
  const lines = new LineIndex(text);
  const [document] = parseJson(text).documents;
  const faults = unknown.map(({ path, ...fault }) => ({
    ...fault,
    file,
    place: lines.place(document?.span(path, "value") ?? { start: 0, end: 0 }),
  }));
  const [first] = faults;
  throw new SchemaFileError(file, `${file}:${first!.place.line}: ${first!.message}`, faults);
}

function compileSchemaFile(file: string, schema: JsonSchema): SchemaValidator {
  refuseUnknownFormats(file, schema);
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
