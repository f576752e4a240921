import type { Effect, PrincipalElement } from "../policy.ts";
import type { AccountAsker, Asker, ServiceAsker } from "./principal.ts";
import { isRoleOf } from "./principal.ts";
import { any, not, type Truth } from "./ternary.ts";

/**
 * As what a statement of a resource policy names who asks, which says what else has to allow the request (IAM user
 * guide, "How AWS enforcement code logic evaluates requests", resource-based policies).
 */
export interface Standing {
  /** As the user, the session, everyone: no permissions boundary, session or identity policy limits the grant. */
  direct: Truth;
  /** As the role, or the user behind a session: permissions boundary and session policies limit the grant. */
  limited: Truth;
  /** As the account, which leaves it to the identity policies. */
  delegated: Truth;
}

/** Whether the statement's principal is who asks, in whatever way. */
export const isNamed = ({ direct, limited, delegated }: Standing): Truth => any([direct, limited, delegated]);

/** What a policy's own limits have to do with who is named. */
export interface Limits {
  hasBoundary: boolean;
  hasSession: boolean;
}

const NOBODY: Standing = { direct: false, limited: false, delegated: false };

/** How the statement's `Principal` or `NotPrincipal` stands to who asks. */
export function standingOf(
  { element, effect }: { element: PrincipalElement; effect: Effect },
  asker: Asker,
  limits: Limits,
): Standing {
  if (element.isNegated) return { ...NOBODY, direct: notNamed(element, asker, limits) };
  return asker.kind === "service"
    ? { ...NOBODY, direct: serviceNamed(element, asker, effect) }
    : accountNamed(element, asker, limits);
}

/**
 * Whether `*` grants to services, too, is not documented; what it denies, it denies to them (Organizations user guide,
 * "RCP syntax", whose only principal is `*`, with `aws:PrincipalIsAWSService` to leave services out).
 */
function serviceNamed(element: PrincipalElement, { name }: ServiceAsker, effect: Effect): Truth {
  if (element.service.some((service) => service.toLowerCase() === name)) return true;
  if (!element.aws.includes("*") && !element.service.includes("*")) return false;
  return effect === "Deny" ? true : "unknown";
}

function accountNamed(element: PrincipalElement, asker: AccountAsker, limits: Limits): Standing {
  const standing: Standing = { ...NOBODY };
  // Of which account it is the id only Amazon S3 knows.
  if (element.canonicalUser.length > 0) standing.delegated = "unknown";
  for (const value of element.aws) {
    const [way, truth] = valueNames(value, asker, limits);
    if (standing[way] !== true && truth !== false) standing[way] = truth;
  }
  return standing;
}

function valueNames(value: string, asker: AccountAsker, { hasSession }: Limits): [keyof Standing, Truth] {
  if (value === "*") return ["direct", true];
  if (value === rootOf(asker)) return [asker.kind === "root" ? "direct" : "delegated", true];
  if (value === asker.arn) {
    // A user with a session policy is a federated one, whom the boundary and the session policy limit.
    const isLimited = asker.kind === "role" || (asker.kind === "user" && hasSession);
    return [isLimited ? "limited" : "direct", true];
  }
  if (asker.kind === "session") return ["limited", isRoleOf(value, asker)];
  if (asker.kind === "role") return ["direct", isSessionOf(value, asker) && "unknown"];
  // Which user is behind a federated one its ARN doesn't say.
  return asker.kind === "federatedUser" && isUserOf(value, asker)
    ? ["limited", "unknown"]
    : ["direct", false];
}

const rootOf = ({ partition, account }: AccountAsker): string => `arn:${partition}:iam::${account}:root`;

/** Which of its sessions a role will ask as is not known. */
const isSessionOf = (value: string, { partition, account, name }: AccountAsker): boolean =>
  value.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`);

const isUserOf = (value: string, { partition, account }: AccountAsker): boolean =>
  value.startsWith(`arn:${partition}:iam::${account}:user/`);

/**
 * IAM user guide, "NotPrincipal": the account, the user or role and the session are looked at one after the other, and
 * one that isn't listed may be denied; whoever has a permissions boundary is always denied.
 */
function notNamed(element: PrincipalElement, asker: Asker, { hasBoundary }: Limits): Truth {
  if (asker.kind === "service") return not(serviceNamed(element, asker, "Allow"));
  if (hasBoundary && asker.kind !== "root") return true;
  if (element.aws.includes("*")) return false;
  if (asker.kind === "root") return element.aws.includes(rootOf(asker)) ? false : orCanonical(element);
  const isListed = element.aws.some(
    (value) => value === asker.arn || (asker.kind === "session" && isRoleOf(value, asker)),
  );
  const mayBeListed = element.aws.some((value) => isListedPerhaps(value, asker));
  if (!isListed) return mayBeListed ? "unknown" : orCanonical(element);
  const isComplete = element.aws.includes(rootOf(asker)) && element.aws.includes(asker.arn);
  const hasRole = asker.kind !== "session" || element.aws.some((value) => isRoleOf(value, asker));
  // A role asks as one of its sessions, which would have to be listed, too.
  return isComplete && hasRole && asker.kind !== "role" ? false : "unknown";
}

const isListedPerhaps = (value: string, asker: AccountAsker): boolean =>
  (asker.kind === "role" && isSessionOf(value, asker)) ||
  (asker.kind === "federatedUser" && isUserOf(value, asker));

const orCanonical = ({ canonicalUser }: PrincipalElement): Truth =>
  canonicalUser.length > 0 ? "unknown" : true;
