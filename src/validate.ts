import { checkContext } from "./context/envelope.ts";
import type { Finding } from "./diagnostics/diagnostic.ts";
import { nearestFew } from "./diagnostics/nearest.ts";
import { toPointer } from "./diagnostics/pointer.ts";
import { listed, quoted } from "./diagnostics/text.ts";
import { Unknown } from "./documents/document.ts";
import type { Engine } from "./engine.ts";
import { withUnknowns } from "./requests/placeholders.ts";
import type { RuleInput } from "./rules/rule-set.ts";
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

export interface CheckedRequest {
  /** Paths lead into the payload. */
  findings: Finding[];
  /** Paths lead into the context that came with the request. */
  contextFindings: Finding[];
  /** What rules about the whole run are asked with; undefined where there is no telling what the request is. */
  input?: RuleInput;
}

/** Everything there is to say of one request by itself: the pipeline, top to bottom. */
export function checkRequest(proposed: Proposed, engine: Engine): CheckedRequest {
  const { operation, payload } = proposed;
  const schema = engine.schemas.find(operation);
  if (!schema) return { findings: [unknownOperation(operation, engine.schemas)], contextFindings: [] };
  const findings = checkPayload(payload, schema, requestOf(operation));
  const context = withUnknowns(proposed.context ?? {}) as Record<string, unknown>;
  const asked = { operation, request: payload, context };
  const contextFindings = engine.contextSchemas ? checkContext(asked, engine.contextSchemas) : [];
  if (!engine.rules) return { findings, contextFindings };
  const { justification, caller } = proposed;
  const records = engine.context.recordsFor(asked);
  const faulty = new Set(findings.filter(isFault).map(({ path }) => toPointer(path)));
  const input: RuleInput = { operation, request: payload, justification, caller, context: records, faulty };
  return {
    findings: [...findings, ...engine.rules.evaluate(input, engine.ruleOptions)],
    contextFindings,
    input,
  };
}

/** A warning or an open question is no reason for a rule to be silent. */
const isFault = ({ code, status }: Finding): boolean =>
  status === undefined && code !== "schema/documented-value";

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
