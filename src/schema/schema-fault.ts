import type { Path } from "../diagnostics/pointer.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { ToShownName } from "./names.ts";
import type { RequestSchema, SchemaError } from "./store.ts";

/** An ajv error with its path in the payload. */
export interface PayloadFault extends SchemaError {
  path: Path;
}

/** An ajv error with the details that messages need. */
export interface ExplainedFault extends PayloadFault {
  value: unknown;
  name: string;
  /** The schema of the value; empty if it can't be found. */
  schema: JsonSchema;
  isUndecidable: NonNullable<RequestSchema["isUndecidable"]>;
  toShownName: ToShownName;
}
