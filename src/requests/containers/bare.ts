import type { Span } from "../../diagnostics/lines.ts";
import type { Document } from "../../documents/document.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { ContainerRequests, DocumentContext, FindRequests } from "../request.ts";

/** Finds a bare API payload, whose operation is given by a directive or on the command line. */
export const findBare: FindRequests = (document, surroundings) => {
  const named = surroundings.directives.find((directive) => directive.key === "operation");
  const operation = named?.value ?? surroundings.operation;
  if (operation === undefined || typeof document.value !== "object" || document.value === null)
    return undefined;
  return createBareRequest(document, operation, named?.span, surroundings);
};

function createBareRequest(
  document: Document,
  operation: string,
  span: Span | undefined,
  { directives }: DocumentContext,
): ContainerRequests {
  const justification = directives.find((directive) => directive.key === "justification")?.value;
  return {
    faults: [],
    requests: [
      {
        operation,
        payload: replacePlaceholders(document.value),
        container: "bare",
        path: [],
        operationSpan: () => span ?? document.span([], "value"),
        payloadPath: [],
        ...(justification !== undefined && { justification }),
      },
    ],
  };
}
