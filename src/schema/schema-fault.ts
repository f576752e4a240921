import type { Path } from "../diagnostics/pointer.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { RequestSchema, SchemaError } from "./store.ts";

/** One of ajv's errors, with its place in the payload. */
export interface Fault extends SchemaError {
  path: Path;
}

/** A fault with what the messages are made of. */
export interface Explained extends Fault {
  value: unknown;
  name: string;
  /** The schema of the value; empty where it is not to be found. */
  schema: JsonSchema;
  isUndecidable: NonNullable<RequestSchema["isUndecidable"]>;
}
