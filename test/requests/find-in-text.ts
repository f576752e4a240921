import { LineIndex } from "../../src/diagnostics/lines.ts";
import { parseText } from "../../src/documents/parse.ts";
import { findRequests } from "../../src/requests/find.ts";
import { NO_OPERATIONS } from "../../src/requests/operations.ts";

/** Finds the requests of a text and all faults, with positions as `line:column`. */
export async function findInText(
  text: string,
  operation?: string,
  file = "request.yaml",
  operations = NO_OPERATIONS,
) {
  const parsed = await parseText(file, text);
  const { requests, faults } = findRequests(parsed, text, { operation, operations });
  const lines = new LineIndex(text);
  const at = (span: { start: number; end: number }): string => {
    const { line, column } = lines.place(span);
    return `${line}:${column}`;
  };
  return {
    requests,
    operations: requests.map((request) => request.operation),
    payloads: requests.map((request) => request.payload),
    named: requests.map((request) => `${at(request.operationSpan())} ${request.operation}`),
    faults: [...parsed.faults, ...faults].map(
      ({ code, span, message, help }) => `${code} ${at(span)} ${message}${help ? ` / ${help}` : ""}`,
    ),
  };
}
