import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validators } from "./builtin.generated.js";
import type { JsonSchema } from "./json-schema.ts";
import { packageRoot } from "./package-root.ts";
import type { RequestSchema, SchemaStore } from "./store.ts";

/** The schemas that ship: compiled at build time, their text read only when a message needs it. */
export const builtinSchemas: SchemaStore = {
  find(operation) {
    const validator = Object.hasOwn(validators, operation) ? validators[operation] : undefined;
    return validator && new Builtin(operation, validator);
  },
  operations: () => Object.keys(validators),
};

class Builtin implements RequestSchema {
  readonly validator: RequestSchema["validator"];
  readonly #operation: string;
  #source: JsonSchema | undefined;

  constructor(operation: string, validator: RequestSchema["validator"]) {
    this.#operation = operation;
    this.validator = validator;
  }

  get source(): JsonSchema {
    this.#source ??= JSON.parse(
      readFileSync(schemaFile(join(packageRoot(), "schemas"), this.#operation), "utf8"),
    );
    return this.#source!;
  }
}

/** Where an operation's request schema is in a directory of schemas. */
export const schemaFile = (directory: string, operation: string): string =>
  `${join(directory, ...operation.split(":"))}.request.json`;
