import type { Place } from "../diagnostics/diagnostic.ts";
import type { JsonSchema } from "./json-schema.ts";

/** The members of an ajv error that are used here. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  /** The key of a map, if the error is in the key and not in its value. */
  propertyName?: string;
}

export interface SchemaValidator {
  (value: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** One operation's request schema, compiled and as source. Both are loaded on first use. */
export interface RequestSchema {
  readonly validator: SchemaValidator;
  readonly source: JsonSchema;
  /** Whether it can't be determined if a text matches a pattern of the schema. Absent if it always can. */
  isUndecidable?(pattern: string, text: string): boolean;
}

/** A compiled schema. It and its text are loaded when they are first asked for. */
export class LazySchema implements RequestSchema {
  readonly #load: () => SchemaValidator;
  readonly #read: () => JsonSchema;
  #validator: SchemaValidator | undefined;
  #source: JsonSchema | undefined;

  constructor(load: () => SchemaValidator, read: () => JsonSchema) {
    this.#load = load;
    this.#read = read;
  }

  get validator(): SchemaValidator {
    this.#validator ??= this.#load();
    return this.#validator;
  }

  get source(): JsonSchema {
    this.#source ??= this.#read();
    return this.#source;
  }
}

/** Where request schemas come from. */
export interface SchemaStore {
  find(operation: string): RequestSchema | undefined;
  /** All operations with a schema, as `service:Operation`, sorted. */
  operations(): string[];
  /** The operations' names without the service. */
  names(): ReadonlySet<string>;
}

/** The part of each operation after the colon. */
export const toOperationNames = (operations: Iterable<string>): ReadonlySet<string> =>
  new Set([...operations].map((operation) => operation.slice(operation.indexOf(":") + 1)));

/** One thing wrong with a schema file. */
export interface SchemaFault {
  file: string;
  message: string;
  help: string;
  place: Place;
}

/** A schema file that cannot be used: not JSON, or not a schema. */
export class SchemaFileError extends Error {
  readonly file: string;
  /** What is wrong at which place, where that can be told. */
  readonly faults: readonly SchemaFault[];

  constructor(file: string, message: string, faults: readonly SchemaFault[] = []) {
    super(message);
    this.file = file;
    this.faults = faults;
  }
}

/** Combines stores; the first one that has an operation wins. */
export const combineStores = (stores: readonly SchemaStore[]): SchemaStore => ({
  find(operation) {
    for (const store of stores) {
      const found = store.find(operation);
      if (found) return found;
    }
    return undefined;
  },
  operations: () => [...new Set(stores.flatMap((store) => store.operations()))].sort(),
  names: () => new Set(stores.flatMap((store) => [...store.names()])),
});
