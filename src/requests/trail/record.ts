import { Unknown } from "../../documents/document.ts";
import type { OperationNames } from "../operations.ts";
import { toOperationName } from "../operations.ts";
import { isObject } from "../request.ts";
import { getApiVersion } from "./api-versions.ts";
import { readConditionKeys } from "./condition-keys.ts";
import { isSharedSource, listEventServices } from "./event-sources.ts";
import type { AwsAnswer, RecordedCall } from "./recorded-call.ts";
import { isHidden } from "./restore-recorded.ts";

const DENIED = /AccessDenied|Unauthorized|NotAuthorized|AuthFailure|OptInRequired/i;

/** AWS's answer was about its own load or state, not about the request. */
const UNRELATED =
  /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit|ServiceUnavailable|InternalFailure|InternalServer|InternalError|InternalException|RequestTimeout|RequestExpired|ServerError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|DryRunOperation/i;

/** The error of a record. Some services put it into the response. */
function readError({ errorCode, errorMessage, responseElements }: Record<string, unknown>) {
  const inner = isObject(responseElements) ? responseElements : {};
  const read = (own: unknown, other: unknown) => readText(own) || readText(other);
  return { code: read(errorCode, inner.errorCode), message: read(errorMessage, inner.errorMessage) };
}

const readText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/**
 * The principal of a record: of an assumed role the role, whose ARN has its path. Unknown where a service called for it, since
 * policies may allow that otherwise. Undefined for services and for accounts, which aren't principals with policies.
 */
export function readRecordedPrincipal({
  userIdentity,
}: Record<string, unknown>): string | Unknown | undefined {
  if (!isObject(userIdentity)) return undefined;
  const { sessionContext, arn, invokedBy, type } = userIdentity;
  if (type === "AWSService") return undefined;
  const issuer = isObject(sessionContext) ? sessionContext.sessionIssuer : undefined;
  const own = (isObject(issuer) && readText(issuer.arn)) || readText(arn);
  return own !== undefined && typeof invokedBy === "string"
    ? new Unknown(`${own} through ${invokedBy}`)
    : own;
}

/** Whom a table of past calls names: a role, a user, a service, an account, or who has been verified by somebody else. */
export function describePrincipal({ userIdentity }: Record<string, unknown>): string | undefined {
  if (!isObject(userIdentity)) return undefined;
  const { sessionContext, arn, invokedBy, principalId, userName, accountId, type } = userIdentity;
  const issuer = isObject(sessionContext) ? sessionContext.sessionIssuer : undefined;
  const names = [
    isObject(issuer) ? issuer.arn : undefined,
    arn,
    invokedBy,
    userName,
    principalId,
    accountId,
    type,
  ];
  return names.map(readText).find((name) => name !== undefined && name !== "" && !isHidden(name));
}

export function readCall(record: Record<string, unknown>): RecordedCall {
  const { code, message } = readError(record);
  const { eventID, eventTime } = record;
  const call: RecordedCall = {
    aws: classifyAnswer(code),
    // Only policies need them.
    readConditionKeys: () => readConditionKeys(record),
  };
  const principal = describePrincipal(record);
  // Assigned one by one: a trail holds millions of records.
  if (typeof eventID === "string") call.eventId = eventID;
  if (typeof eventTime === "string") call.time = eventTime;
  if (principal !== undefined) call.principal = principal;
  if (code !== undefined) call.errorCode = code;
  if (message !== undefined) call.errorMessage = message;
  return call;
}

/** Undefined where the answer says nothing of the request. */
function classifyAnswer(code: string | undefined): AwsAnswer | undefined {
  if (code === undefined) return "accepted";
  if (UNRELATED.test(code)) return undefined;
  return DENIED.test(code) ? "denied" : "refused";
}

/** Is an object a record of CloudTrail? */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && typeof value.eventSource === "string" && typeof value.eventName === "string";

/** Is a record one of an API call? Insights and events of services are none. */
export const isApiCall = ({ eventType = "AwsApiCall", eventCategory }: Record<string, unknown>): boolean =>
  eventType === "AwsApiCall" && eventCategory !== "Insight";

/** A version that some services append to the name of an operation: `CreateFunction20150331`, `…2015_07_27`. */
const VERSION = /\d{4}_?\d\d_?\d\d(?:v\d+)?$/;

/** Tests whether the name in a record, however it is written, may be one of these operations, given as `service:Operation`. */
export function createNameTest(operations: readonly string[]): (name: string) => boolean {
  const names = new Set(operations.map((operation) => foldName(operation.slice(operation.indexOf(":") + 1))));
  return (name) => names.has(foldName(name)) || names.has(foldName(name.replace(VERSION, "")));
}

const foldName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** What a call is called that has no schema. */
export const nameCall = (eventSource: string, eventName: string): string =>
  toOperationName(listEventServices(eventSource)[0]!, eventName);

/** The operation with a schema that a record is of. */
export function findOperation(
  record: Record<string, unknown>,
  operations: OperationNames,
): string | undefined {
  const name = String(record.eventName);
  const services = listEventServices(String(record.eventSource));
  const isShared = isSharedSource(String(record.eventSource));
  const found = findCandidates(name, services, operations);
  if (!isShared) return found[0];
  // Of services that share an event source, the record is of one of its version, and one whose members it has.
  const ofVersion = found.filter((one) => getApiVersion(one) === record.apiVersion);
  const likely = ofVersion.length > 0 ? ofVersion : found;
  return likely.find((one) => hasItsMembers(record, one, operations));
}

/** Most records of a trail are of a few operations. */
const candidatesOf = new WeakMap<OperationNames, Map<string, readonly string[]>>();
const MAX_CANDIDATES = 10_000;

function findCandidates(
  name: string,
  services: readonly string[],
  operations: OperationNames,
): readonly string[] {
  const known = candidatesOf.get(operations) ?? new Map<string, readonly string[]>();
  candidatesOf.set(operations, known);
  const key = `${services[0]}:${name}`;
  const found =
    known.get(key) ??
    [name, name.replace(VERSION, "")].flatMap((action) =>
      services.flatMap((service) => operations.find(service, action) ?? []),
    );
  if (known.size < MAX_CANDIDATES) known.set(key, found);
  return found;
}

function hasItsMembers(
  { requestParameters }: Record<string, unknown>,
  operation: string,
  operations: OperationNames,
): boolean {
  const members = new Set((operations.members(operation, []) ?? []).map((name) => name.toLowerCase()));
  return Object.keys(Object(requestParameters)).every((name) => members.has(name.toLowerCase()));
}
