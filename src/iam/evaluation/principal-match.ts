import type { Effect, PrincipalElement } from "../policy.ts";
import type { AccountAsker, Asker, ServiceAsker } from "./principal.ts";
import { isRoleOf } from "./principal.ts";
import { any, not, type Truth } from "./ternary.ts";

/**
 * How the principal element of a resource policy's statement matches the requester, which determines what
 * else has to allow the request (IAM user guide, "How AWS enforcement code logic evaluates requests",
 * resource-based policies).
 */
export interface Standing {
  /** As the user, the session or everyone: boundary, session and identity policies don't limit the grant. */
  direct: Truth;
  /** As the role, or as the user behind a session: boundary and session policies limit the grant. */
  limited: Truth;
  /** As the account: identity policies have to allow the request as well. */
  delegated: Truth;
}

/** Whether the principal element matches the requester in any of the ways. */
export const isNamed = ({ direct, limited, delegated }: Standing): Truth => any([direct, limited, delegated]);

/** The requester's own limits, on which the result depends. */
export interface Limits {
  hasBoundary: boolean;
  hasSession: boolean;
}

const NOBODY: Standing = { direct: false, limited: false, delegated: false };

/** Matches the `Principal` or `NotPrincipal` of a statement against the requester. */
export function standingOf(
  { element, effect }: { element: PrincipalElement; effect: Effect },
  requester: Asker,
  limits: Limits,
): Standing {
  if (element.isNegated) return { ...NOBODY, direct: notNamed(element, requester, limits) };
  return requester.kind === "service"
    ? { ...NOBODY, direct: serviceNamed(element, requester, effect) }
    : accountNamed(element, requester, limits);
}

/**
 * Whether an Allow for `*` includes services isn't documented. A Deny does: resource control policies have
 * only the principal `*`, and exclude services with `aws:PrincipalIsAWSService` (Organizations user guide,
 * "RCP syntax").
 */
function serviceNamed(element: PrincipalElement, { name }: ServiceAsker, effect: Effect): Truth {
  if (element.service.some((service) => service.toLowerCase() === name)) return true;
  if (!element.aws.includes("*") && !element.service.includes("*")) return false;
  return effect === "Deny" ? true : "unknown";
}

function accountNamed(element: PrincipalElement, requester: AccountAsker, limits: Limits): Standing {
  const standing: Standing = { ...NOBODY };
  // Only Amazon S3 knows which account a canonical user id belongs to.
  if (element.canonicalUser.length > 0) standing.delegated = "unknown";
  for (const value of element.aws) {
    const [way, truth] = valueNames(value, requester, limits);
    if (standing[way] !== true && truth !== false) standing[way] = truth;
  }
  return standing;
}

function valueNames(value: string, requester: AccountAsker, { hasSession }: Limits): [keyof Standing, Truth] {
  if (value === "*") return ["direct", true];
  if (value === rootOf(requester)) return [requester.kind === "root" ? "direct" : "delegated", true];
  if (value === requester.arn) {
    // A user with a session policy is federated, and limited by the boundary and the session policy.
    const isLimited = requester.kind === "role" || (requester.kind === "user" && hasSession);
    return [isLimited ? "limited" : "direct", true];
  }
  if (requester.kind === "session") return ["limited", isRoleOf(value, requester)];
  if (requester.kind === "role") return ["direct", isSessionOf(value, requester) && "unknown"];
  // The ARN of a federated user doesn't name the user behind it.
  return requester.kind === "federatedUser" && isUserOf(value, requester)
    ? ["limited", "unknown"]
    : ["direct", false];
}

const rootOf = ({ partition, account }: AccountAsker): string => `arn:${partition}:iam::${account}:root`;

/** Which session a role will be used with isn't known. */
const isSessionOf = (value: string, { partition, account, name }: AccountAsker): boolean =>
  value.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`);

const isUserOf = (value: string, { partition, account }: AccountAsker): boolean =>
  value.startsWith(`arn:${partition}:iam::${account}:user/`);

/**
 * IAM user guide, "NotPrincipal": the account, the user or role, and the session are each checked, and one
 * that isn't listed may be denied. A principal with a permissions boundary is always denied.
 */
function notNamed(element: PrincipalElement, requester: Asker, { hasBoundary }: Limits): Truth {
  if (requester.kind === "service") return not(serviceNamed(element, requester, "Allow"));
  if (hasBoundary && requester.kind !== "root") return true;
  if (element.aws.includes("*")) return false;
  if (requester.kind === "root")
    return element.aws.includes(rootOf(requester)) ? false : orCanonical(element);
  const isListed = element.aws.some(
    (value) => value === requester.arn || (requester.kind === "session" && isRoleOf(value, requester)),
  );
  const mayBeListed = element.aws.some((value) => isListedPerhaps(value, requester));
  if (!isListed) return mayBeListed ? "unknown" : orCanonical(element);
  const isComplete = element.aws.includes(rootOf(requester)) && element.aws.includes(requester.arn);
  const hasRole = requester.kind !== "session" || element.aws.some((value) => isRoleOf(value, requester));
  // A role is used through sessions, which would have to be listed as well.
  return isComplete && hasRole && requester.kind !== "role" ? false : "unknown";
}

const isListedPerhaps = (value: string, requester: AccountAsker): boolean =>
  (requester.kind === "role" && isSessionOf(value, requester)) ||
  (requester.kind === "federatedUser" && isUserOf(value, requester));

const orCanonical = ({ canonicalUser }: PrincipalElement): Truth =>
  canonicalUser.length > 0 ? "unknown" : true;
