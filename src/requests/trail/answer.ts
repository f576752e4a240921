import { isObject } from "../request.ts";
import type { AwsAnswer } from "./recorded-call.ts";

/** Error codes, of any service, that say that the principal may not do this. */
const DENIED =
  /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|AuthFailure|Forbidden|OptInRequired|SubscriptionRequired|NotSignedUp|PermissionDenied|InsufficientPrivilege|InsufficientPermission|PermissionsException|^403$/i;

/** How IAM's denials are worded, whichever error code a service gives them. */
const DENIAL = /\bnot authorized to perform\b|\bexplicit deny\b/i;

/** AWS's answer was about its own load or state, or about who signed, not about the request. */
const UNRELATED =
  /Throttl|TooManyRequests|RequestLimitExceeded|ThroughputExceeded|SlowDown|BandwidthLimit|PriorRequestNotComplete|Serv(?:ice|er)\.?Unavailable|InternalFailure|InternalServer|InternalError|InternalException|ServerException|^ServiceException$|ServerError|GatewayTimeout|DependencyTimeout|DependencyFailure|RequestTimeout|RequestExpired|ExpiredToken|TokenRefreshRequired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|DryRunOperation|^(?:429|5\d\d)$/i;

interface RecordedError {
  code: string | undefined;
  message: string | undefined;
}

/** The error of a record. Some services put it into the response. */
export function readError({
  errorCode,
  errorMessage,
  responseElements,
}: Record<string, unknown>): RecordedError {
  const code = toText(errorCode);
  if (code !== undefined || !isObject(responseElements)) return { code, message: toText(errorMessage) };
  // What else a response says isn't about an error.
  const inner = typeof responseElements.errorCode === "string" ? responseElements : {};
  return { code: toText(inner.errorCode), message: toText(errorMessage) ?? toText(inner.errorMessage) };
}

const toText = (value: unknown): string | undefined =>
  (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : undefined;

/** Undefined where the answer says nothing of the request. */
export function classifyAnswer({ code, message }: RecordedError): AwsAnswer | undefined {
  if (code === undefined && message === undefined) return "accepted";
  if (message !== undefined && DENIAL.test(message)) return "denied";
  if (code === undefined) return "refused";
  if (DENIED.test(code)) return "denied";
  return UNRELATED.test(code) ? undefined : "refused";
}
