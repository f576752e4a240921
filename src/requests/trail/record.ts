import { Unknown } from "../../documents/document.ts";
import type { OperationNames } from "../operations.ts";
import { toOperationName } from "../operations.ts";
import { isObject } from "../request.ts";
import { isAmbiguousName } from "./ambiguous-names.ts";
import { classifyAnswer, readError } from "./answer.ts";
import { getApiVersion } from "./api-versions.ts";
import { readConditionKeys } from "./condition-keys.ts";
import { listEventServices } from "./event-sources.ts";
import type { RecordedCall } from "./recorded-call.ts";
import { isHidden } from "./restore-recorded.ts";

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
  const error = readError(record);
  const { code, message } = error;
  const { eventID, eventTime } = record;
  const call: RecordedCall = {
    aws: classifyAnswer(error),
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

/** Is an object a record of CloudTrail? */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && typeof value.eventSource === "string" && typeof value.eventName === "string";

/** Is a record one of an API call? Insights and events of services are none. */
export const isApiCall = ({ eventType = "AwsApiCall", eventCategory }: Record<string, unknown>): boolean =>
  eventType === "AwsApiCall" && eventCategory !== "Insight";

/** Does a record say that it is of a read? Rows of queries have texts. */
export const isRead = ({ readOnly }: Record<string, unknown>): boolean =>
  readOnly === true || readOnly === "true";

/** A version that some services append to the name of an operation: `CreateFunction20150331`, `…2015_07_27`. */
const VERSION = /\d{4}_?\d\d_?\d\d(?:v\d+)?$/;

/** The names that an operation may have that a record calls by this one, the likeliest first. */
function listNames(name: string): readonly string[] {
  const plain = name.replace(VERSION, "");
  return plain === name ? [name] : [name, plain];
}

/**
 * Records of S3 have or lack the word before what is put: `PutBucketPublicAccessBlock` is of `PutPublicAccessBlock`, and
 * `PutAccelerateConfiguration` of `PutBucketAccelerateConfiguration` (S3 user guide, "Amazon S3 CloudTrail events").
 */
const withOtherBucket = (name: string): string =>
  /^(?:Put|Get|Delete)Bucket/i.test(name)
    ? name.replace(/Bucket/i, "")
    : name.replace(/^(Put|Get|Delete)/i, "$1Bucket");

/** Tests whether the name in a record, however it is written, may be one of these operations, given as `service:Operation`. */
export function createNameTest(operations: readonly string[]): (name: string) => boolean {
  const names = new Set(operations.map((operation) => foldName(operation.slice(operation.indexOf(":") + 1))));
  for (const operation of operations)
    if (operation.startsWith("s3:")) names.add(foldName(withOtherBucket(operation.slice(3))));
  return (name) => listNames(name).some((one) => names.has(foldName(one)));
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
  const { found, isSure } = findCandidates(String(record.eventName), String(record.eventSource), operations);
  if (isSure) return found[0];
  // Of services that share an event source, the record is of one of its version, and one whose members it has.
  const { apiVersion } = record;
  const ofVersion = found.filter((one) => getApiVersion(one) === apiVersion);
  const likely = ofVersion.length > 0 ? ofVersion : found;
  return likely.find((one) => hasItsMembers(record, one, operations));
}

interface Candidates {
  found: readonly string[];
  /** Whether no other service has an operation of this name. */
  isSure: boolean;
}

/** Most records of a trail are of a few operations. */
const candidatesOf = new WeakMap<OperationNames, Map<string, Candidates>>();
const MAX_CANDIDATES = 10_000;

function findCandidates(name: string, eventSource: string, operations: OperationNames): Candidates {
  const known = candidatesOf.get(operations) ?? new Map<string, Candidates>();
  candidatesOf.set(operations, known);
  const key = `${eventSource}:${name}`;
  const candidates = known.get(key) ?? listCandidates(name, listEventServices(eventSource), operations);
  if (known.size < MAX_CANDIDATES) known.set(key, candidates);
  return candidates;
}

function listCandidates(name: string, services: readonly string[], operations: OperationNames): Candidates {
  const names = listNames(name);
  const find = (names: readonly string[]) =>
    names.flatMap((action) => services.flatMap((service) => operations.find(service, action) ?? []));
  const found = find(names);
  const isS3 = found.length === 0 && services.includes("s3");
  return {
    found: isS3 ? find(names.map(withOtherBucket)) : found,
    isSure: services.length === 1 || !names.some(isAmbiguousName),
  };
}

function hasItsMembers(
  { requestParameters }: Record<string, unknown>,
  operation: string,
  operations: OperationNames,
): boolean {
  const members = new Set((operations.members(operation, []) ?? []).map((name) => name.toLowerCase()));
  return Object.keys(Object(requestParameters)).every((name) => members.has(name.toLowerCase()));
}
