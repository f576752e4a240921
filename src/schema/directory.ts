import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFile } from "./builtin.ts";
import { compile } from "./compile.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { RequestSchema, SchemaStore, Validator } from "./store.ts";

/** A directory of schemas as the generator writes it; each is read and compiled when a request needs it. */
export function directoryStore(directory: string): SchemaStore {
  const known = new Map<string, RequestSchema>();
  let names: string[] | undefined;
  return {
    find(operation) {
      names ??= operationsIn(directory);
      if (!names.includes(operation)) return undefined;
      if (!known.has(operation)) known.set(operation, new SchemaFile(schemaFile(directory, operation)));
      return known.get(operation);
    },
    operations: () => (names ??= operationsIn(directory)),
  };
}

class SchemaFile implements RequestSchema {
  readonly #file: string;
  #source: JsonSchema | undefined;
  #validator: Validator | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  get source(): JsonSchema {
    this.#source ??= JSON.parse(readFileSync(this.#file, "utf8"));
    return this.#source!;
  }

  get validator(): Validator {
    this.#validator ??= compile(this.source);
    return this.#validator;
  }
}

const REQUEST = /^(\w+)\.request\.json$/;

function operationsIn(directory: string): string[] {
  const services = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return services.flatMap(({ name }) =>
    readdirSync(join(directory, name)).flatMap((file) => {
      const operation = REQUEST.exec(file)?.[1];
      return operation ? [`${name}:${operation}`] : [];
    }),
  );
}
