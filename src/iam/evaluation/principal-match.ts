import type { Effect, PrincipalElement } from "../policy.ts";
import type { AccountPrincipal, ParsedPrincipal, ServicePrincipal } from "./principal.ts";
import { isRoleOfSession } from "./principal.ts";
import { any, not, type Ternary } from "./ternary.ts";

/**
 * How the principal element of a resource policy's statement matches the requester, which determines what
 * else has to allow the request (IAM user guide, "How AWS enforcement code logic evaluates requests",
 * resource-based policies).
 */
export interface PrincipalMatch {
  /** As the user, the session or everyone: boundary, session and identity policies don't limit the grant. */
  direct: Ternary;
  /** As the role, or as the user behind a session: boundary and session policies limit the grant. */
  limited: Ternary;
  /** As the account: identity policies have to allow the request as well. */
  delegated: Ternary;
}

/** Whether the principal element matches the requester in any of the ways. */
export const hasMatch = ({ direct, limited, delegated }: PrincipalMatch): Ternary =>
  any([direct, limited, delegated]);

/** The requester's own limits, on which the result depends. */
export interface RequesterLimits {
  hasBoundary: boolean;
  hasSession: boolean;
}

const NO_MATCH: PrincipalMatch = { direct: false, limited: false, delegated: false };

/** Matches the `Principal` or `NotPrincipal` of a statement against the requester. */
export function matchPrincipal(
  { element, effect }: { element: PrincipalElement; effect: Effect },
  requester: ParsedPrincipal,
  limits: RequesterLimits,
): PrincipalMatch {
  if (element.isNegated) return { ...NO_MATCH, direct: matchNotPrincipal(element, requester, limits) };
  return requester.kind === "service"
    ? { ...NO_MATCH, direct: matchService(element, requester, effect) }
    : matchAccountPrincipal(element, requester, limits);
}

/**
 * Whether an Allow for `*` includes services isn't documented. A Deny does: resource control policies have
 * only the principal `*`, and exclude services with `aws:PrincipalIsAWSService` (Organizations user guide,
 * "RCP syntax").
 */
function matchService(element: PrincipalElement, { name }: ServicePrincipal, effect: Effect): Ternary {
  if (element.service.some((service) => service.toLowerCase() === name)) return true;
  if (!element.aws.includes("*") && !element.service.includes("*")) return false;
  return effect === "Deny" ? true : "unknown";
}

function matchAccountPrincipal(
  element: PrincipalElement,
  requester: AccountPrincipal,
  limits: RequesterLimits,
): PrincipalMatch {
  const standing: PrincipalMatch = { ...NO_MATCH };
  // Only Amazon S3 knows which account a canonical user id belongs to.
  if (element.canonicalUser.length > 0) standing.delegated = "unknown";
  for (const value of element.aws) {
    const [way, truth] = matchPrincipalValue(value, requester, limits);
    if (standing[way] !== true && truth !== false) standing[way] = truth;
  }
  return standing;
}

function matchPrincipalValue(
  value: string,
  requester: AccountPrincipal,
  { hasSession }: RequesterLimits,
): [keyof PrincipalMatch, Ternary] {
  if (value === "*") return ["direct", true];
  if (value === formatRootArn(requester)) return [requester.kind === "root" ? "direct" : "delegated", true];
  if (value === requester.arn) {
    // A user with a session policy is federated, and limited by the boundary and the session policy.
    const isLimited = requester.kind === "role" || (requester.kind === "user" && hasSession);
    return [isLimited ? "limited" : "direct", true];
  }
  if (requester.kind === "session") return ["limited", isRoleOfSession(value, requester)];
  if (requester.kind === "role") return ["direct", isSessionOfRole(value, requester) && "unknown"];
  // The ARN of a federated user doesn't name the user behind it.
  return requester.kind === "federatedUser" && isUserInAccount(value, requester)
    ? ["limited", "unknown"]
    : ["direct", false];
}

const formatRootArn = ({ partition, account }: AccountPrincipal): string =>
  `arn:${partition}:iam::${account}:root`;

/** Which session a role will be used with isn't known. */
const isSessionOfRole = (value: string, { partition, account, name }: AccountPrincipal): boolean =>
  value.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`);

const isUserInAccount = (value: string, { partition, account }: AccountPrincipal): boolean =>
  value.startsWith(`arn:${partition}:iam::${account}:user/`);

/**
 * IAM user guide, "NotPrincipal": the account, the user or role, and the session are each checked, and one
 * that isn't listed may be denied. A principal with a permissions boundary is always denied.
 */
function matchNotPrincipal(
  element: PrincipalElement,
  requester: ParsedPrincipal,
  { hasBoundary }: RequesterLimits,
): Ternary {
  if (requester.kind === "service") return not(matchService(element, requester, "Allow"));
  if (hasBoundary && requester.kind !== "root") return true;
  if (element.aws.includes("*")) return false;
  if (requester.kind === "root")
    return element.aws.includes(formatRootArn(requester)) ? false : trueUnlessCanonical(element);
  const isListed = element.aws.some(
    (value) => value === requester.arn || (requester.kind === "session" && isRoleOfSession(value, requester)),
  );
  const mayBeListed = element.aws.some((value) => isPossiblyListed(value, requester));
  if (!isListed) return mayBeListed ? "unknown" : trueUnlessCanonical(element);
  const isComplete = element.aws.includes(formatRootArn(requester)) && element.aws.includes(requester.arn);
  const hasRole =
    requester.kind !== "session" || element.aws.some((value) => isRoleOfSession(value, requester));
  // A role is used through sessions, which would have to be listed as well.
  return isComplete && hasRole && requester.kind !== "role" ? false : "unknown";
}

const isPossiblyListed = (value: string, requester: AccountPrincipal): boolean =>
  (requester.kind === "role" && isSessionOfRole(value, requester)) ||
  (requester.kind === "federatedUser" && isUserInAccount(value, requester));

const trueUnlessCanonical = ({ canonicalUser }: PrincipalElement): Ternary =>
  canonicalUser.length > 0 ? "unknown" : true;
