import type { JsonSchema } from "./json-schema.ts";

/** What ajv reports; only what is used here. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  /** The key of a map that the fault is in, where it is in the key and not in its value. */
  propertyName?: string;
}

export interface Validator {
  (value: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** One operation's request schema: compiled, and to read. Both are made when first asked for. */
export interface RequestSchema {
  readonly validator: Validator;
  readonly source: JsonSchema;
  /** Can it not be told whether a text matches a pattern of the schema? Absent where it always can. */
  isUndecidable?(pattern: string, text: string): boolean;
}

/** Where request schemas come from. */
export interface SchemaStore {
  find(operation: string): RequestSchema | undefined;
  /** Every operation there is a schema for, in order. */
  operations(): string[];
  /** Their names, without the service. */
  names(): ReadonlySet<string>;
}

/** The part of operations behind the colon. */
export const namesOf = (operations: Iterable<string>): ReadonlySet<string> =>
  new Set([...operations].map((operation) => operation.slice(operation.indexOf(":") + 1)));

/** A schema file that cannot be used: not JSON, or not a schema. */
export class SchemaFileError extends Error {
  readonly file: string;

  constructor(file: string, message: string) {
    super(message);
    this.file = file;
  }
}

/** Several stores as one; the first that has an operation wins. */
export const stacked = (stores: readonly SchemaStore[]): SchemaStore => ({
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
