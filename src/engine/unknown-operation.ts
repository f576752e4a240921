import type { Finding } from "../diagnostics/diagnostic.ts";
import { findNearestFew } from "../diagnostics/nearest.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import { listUnknownParts } from "../documents/partial.ts";
import { replacePlaceholders } from "../requests/placeholders.ts";
import type { SchemaStore } from "../schema/store.ts";

/** Says that an operation has no schema, or is a placeholder. */
export function createUnknownOperationFinding(operation: string, schemas: SchemaStore): Finding {
  const known = replacePlaceholders(operation);
  if (known instanceof Unknown) return createPlaceholderOperationFinding(operation, known);
  const near = findNearestFew(operation, schemas.operations());
  return {
    code: "document/unknown-operation",
    path: [],
    at: "operation",
    message: `there is no schema for the operation ${quoted(operation)}`,
    help: `${near.length > 0 ? `did you mean ${formatList(near)}? otherwise ` : ""}${formatUnknownOperationHelp(operation)}`,
  };
}

const createPlaceholderOperationFinding = (operation: string, unknown: Unknown): Finding => ({
  code: "document/unknown-operation",
  path: [],
  at: "operation",
  status: "undecided",
  message: `${quoted(operation)} is a placeholder: which operation to check is not known`,
  help: "check the request again with the value filled in",
  missing: listUnknownParts(unknown).map((name) => ({ kind: "value", name })),
});

const formatUnknownOperationHelp = (operation: string): string =>
  /^[\w-]+:\w+$/.test(operation)
    ? "make one with `countersign schema generate` from its documentation page, and name its directory with `--schemas`"
    : "an operation is written `service:Operation`, for example `fsx:CreateDataRepositoryTask`";
