import type { Finding } from "./diagnostics/diagnostic.ts";
import { nearestFew } from "./diagnostics/nearest.ts";
import { listed, quoted } from "./diagnostics/text.ts";
import { Unknown } from "./documents/document.ts";
import { withUnknowns } from "./requests/placeholders.ts";
import { checkPayload } from "./schema/check.ts";
import { requestOf } from "./schema/names.ts";
import type { SchemaStore } from "./schema/store.ts";

/** What is checked: an operation, its payload, and what came with them. */
export interface Proposed {
  operation: string;
  payload: unknown;
  justification?: string;
  caller?: string;
  context?: Record<string, unknown>;
}

/** What requests are checked with: loaded once, used for every request. */
export interface Engine {
  schemas: SchemaStore;
}

/** Everything there is to say of one request: the pipeline, top to bottom. */
export function checkRequest(proposed: Proposed, engine: Engine): Finding[] {
  const schema = engine.schemas.find(proposed.operation);
  if (!schema) return [unknownOperation(proposed.operation, engine.schemas)];
  return checkPayload(proposed.payload, schema, requestOf(proposed.operation));
}

function unknownOperation(operation: string, schemas: SchemaStore): Finding {
  if (withUnknowns(operation) instanceof Unknown) return openOperation(operation);
  const near = nearestFew(operation, schemas.operations());
  return {
    code: "document/unknown-operation",
    path: [],
    at: "operation",
    message: `there is no schema for the operation ${quoted(operation)}`,
    help: `${near.length > 0 ? `did you mean ${listed(near)}? otherwise ` : ""}${unknownHelp(operation)}`,
  };
}

const openOperation = (operation: string): Finding => ({
  code: "document/unknown-operation",
  path: [],
  at: "operation",
  status: "undecided",
  message: `${quoted(operation)} is a placeholder: which operation to check is not known`,
  help: "check the request again with the value filled in",
});

const unknownHelp = (operation: string): string =>
  /^[\w-]+:\w+$/.test(operation)
    ? "make one with `countersign schema generate` from its documentation page, and name its directory with `--schemas`"
    : "an operation is written `service:Operation`, for example `fsx:CreateDataRepositoryTask`";
