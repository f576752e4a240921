import { findNearest } from "../../diagnostics/nearest.ts";
import { Unknown } from "../../documents/document.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { DocumentContext } from "../request.ts";
import { isObject } from "../request.ts";
import { isOwnDocument, PAYLOAD_KEYS } from "./own-files.ts";

export const ENVELOPE_KEYS = ["operation", "request", "justification", "caller", "context"] as const;

type IntentContext = Pick<DocumentContext, "isExpected" | "operations">;

/** The form `service:Operation`. */
const OPERATION = /^[a-z0-9-]+:[A-Z]\w*$/;

/**
 * Whether a value is intended as an envelope. Tolerates misspelled keys, so that they are reported rather
 * than the request skipped. In a file that nobody named, a document of another tool may have the same keys:
 * there, the operation must have its service, or stand beside a payload of its own.
 */
export function isEnvelope(value: unknown, context: IntentContext): boolean {
  if (!isObject(value) || isReportEntry(value) || isOwnDocument(value)) return false;
  if (!hasEnvelopeForm(value, context)) return false;
  return context.isExpected || namesOwnOperation(value, context);
}

/**
 * Whether this is an entry of our own JSON report, which a later `countersign check .` must not treat as a
 * request.
 */
const isReportEntry = (value: Record<string, unknown>): boolean => "container" in value && "outcome" in value;

function hasEnvelopeForm(value: Record<string, unknown>, context: IntentContext): boolean {
  if ("request" in value && hasOperationName(value)) return true;
  if (findMisnamedPayload(value, context) !== undefined || holdsMembers(value, context)) return true;
  const intended = new Set<string>();
  for (const key of Object.keys(value)) {
    const near = findNearest(key, ENVELOPE_KEYS);
    if (near === undefined) return false;
    intended.add(near);
  }
  if (!intended.has("request")) return OPERATION.test(String(value.operation));
  return intended.has("operation") || (intended.size > 1 && isObject(value.request));
}

/** Whether `operation`, or another key such as `op`, holds the name of an operation. */
const hasOperationName = (value: Record<string, unknown>): boolean =>
  typeof value.operation === "string" ||
  (isObject(value.request) &&
    Object.values(value).some((member) => typeof member === "string" && OPERATION.test(member)));

/** The key under which the payload of an envelope stands, if it is another than `request`. */
export function findMisnamedPayload(
  value: Record<string, unknown>,
  context: IntentContext,
): string | undefined {
  if ("request" in value) return undefined;
  const operation = resolveOperation(value, context);
  if (operation === undefined) return undefined;
  return Object.keys(value).find(
    (key) =>
      isObject(value[key]) &&
      ((PAYLOAD_KEYS.some((name) => name === key) && OPERATION.test(String(value.operation))) ||
        hasMember(value[key], operation, context)),
  );
}

/** Whether the members of the payload stand beside `operation` themselves. */
export const holdsMembers = (value: Record<string, unknown>, context: IntentContext): boolean =>
  !("request" in value) &&
  OPERATION.test(String(value.operation)) &&
  hasMember(value, String(value.operation), context);

/** The operation that `operation` names, with or without its service. */
function resolveOperation(
  { operation }: Record<string, unknown>,
  { operations }: IntentContext,
): string | undefined {
  if (typeof operation !== "string") return undefined;
  return OPERATION.test(operation) ? operation : operations.findByName(operation);
}

const hasMember = (payload: unknown, operation: string, { operations }: IntentContext): boolean => {
  const members = operations.members(operation, []) ?? [];
  return isObject(payload) && members.some((member) => Object.hasOwn(payload, member));
};

/** Whether the operation can only be one of AWS: it has its service, or a member of its payload beside it. */
function namesOwnOperation(value: Record<string, unknown>, context: IntentContext): boolean {
  const texts = Object.values(value).filter((member) => typeof member === "string");
  if (texts.some((text) => OPERATION.test(text) || isQualified(text, context))) return true;
  const payloads = Object.keys(value)
    .filter((key) => PAYLOAD_KEYS.some((name) => name === key) || findNearest(key, ["request"]))
    .map((key) => value[key])
    .filter(isObject);
  const bare = [value.operation, ...texts].map((text) => context.operations.findByName(String(text)));
  const known = bare.find((operation) => operation !== undefined);
  if (known !== undefined) return payloads.some((payload) => hasMember(payload, known, context));
  const isHidden = replacePlaceholders(value.operation) instanceof Unknown;
  return isHidden && payloads.some((payload) => Object.keys(payload).some(context.operations.isMember));
}

/** `fsx.createDataRepositoryTask` and the like: the service is known, the form is not ours. */
function isQualified(text: string, { operations }: IntentContext): boolean {
  const [, service = ""] = /^([\w-]+)[:./]\w+$/.exec(text) ?? [];
  return service !== "" && operations.hasService(service);
}
