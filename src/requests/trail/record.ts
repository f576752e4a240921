import type { OperationNames } from "../operations.ts";
import { isObject } from "../request.ts";
import { isSharedSource, listEventServices } from "./event-sources.ts";
import type { RecordedCall } from "./recorded-call.ts";

const DENIED = /AccessDenied|Unauthorized|NotAuthorized/i;

/** Some services put the error into the response. */
function readErrorCode({ errorCode, responseElements }: Record<string, unknown>): string | undefined {
  if (typeof errorCode === "string" && errorCode !== "") return errorCode;
  const inner = isObject(responseElements) ? responseElements.errorCode : undefined;
  return typeof inner === "string" && inner !== "" ? inner : undefined;
}

const readText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** The principal of a record: of an assumed role the role, whose ARN has its path. */
export function readRecordedPrincipal({ userIdentity }: Record<string, unknown>): string | undefined {
  if (!isObject(userIdentity)) return undefined;
  const { sessionContext, arn } = userIdentity;
  const issuer = isObject(sessionContext) ? sessionContext.sessionIssuer : undefined;
  return (isObject(issuer) && readText(issuer.arn)) || readText(arn);
}

export function readCall(record: Record<string, unknown>): RecordedCall {
  const code = readErrorCode(record);
  const { eventID, eventTime, errorMessage } = record;
  const facts = {
    eventId: readText(eventID),
    time: readText(eventTime),
    principal: readRecordedPrincipal(record),
    errorMessage: readText(errorMessage),
  };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { ...known, aws: code === undefined ? "accepted" : DENIED.test(code) ? "denied" : "refused" };
}

/** Is an object a record of CloudTrail? */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && typeof value.eventSource === "string" && typeof value.eventName === "string";

/** Is a record one of an API call? Insights and events of services are none. */
export const isApiCall = ({ eventType = "AwsApiCall", eventCategory }: Record<string, unknown>): boolean =>
  eventType === "AwsApiCall" && eventCategory !== "Insight";

/** A version that some services append to the name of an operation: `CreateFunction20150331`, `…2015_07_27`. */
const VERSION = /\d{4}_?\d\d_?\d\d(?:v\d+)?$/;

/** The operation with a schema that a record is of. */
export function findOperation(
  record: Record<string, unknown>,
  operations: OperationNames,
): string | undefined {
  const name = String(record.eventName);
  const services = listEventServices(String(record.eventSource));
  const isShared = isSharedSource(String(record.eventSource));
  const found = [name, name.replace(VERSION, "")].flatMap((action) =>
    services.flatMap((service) => operations.find(service, action) ?? []),
  );
  // Of services that share an event source, the record is of one whose members it has.
  return isShared ? found.find((one) => hasItsMembers(record, one, operations)) : found[0];
}

function hasItsMembers(
  { requestParameters }: Record<string, unknown>,
  operation: string,
  operations: OperationNames,
): boolean {
  const members = new Set((operations.members(operation, []) ?? []).map((name) => name.toLowerCase()));
  return Object.keys(Object(requestParameters)).every((name) => members.has(name.toLowerCase()));
}
