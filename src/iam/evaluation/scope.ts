import { findActionFacts, supportsResourceControl, takesResource } from "../actions/index.ts";
import { foldCase } from "../match/glob.ts";
import { keepResults } from "../match/keep-results.ts";
import type { AccessRequest } from "./decision.ts";
import type { PolicyScope } from "./layers.ts";
import type { AccountPrincipal, ParsedPrincipal } from "./principal.ts";

/** Determines from the action and the resource which policies apply. */
export function resolveScope(
  { action, resource }: Pick<AccessRequest, "action" | "resource">,
  asker: ParsedPrincipal,
): PolicyScope & { takesResource: boolean } {
  const { folded, takesResource, hasResourceControl } = describeAction(action);
  return {
    requester: asker,
    action: folded,
    takesResource,
    hasResourceControl,
    required: resolveRequiredPolicy(action, resource),
  };
}

/** What follows from the action alone. */
const describeAction = keepResults((action) => {
  const folded = foldCase(action);
  return {
    folded,
    takesResource: mayTakeResource(action),
    hasResourceControl: supportsResourceControl(folded.slice(0, folded.indexOf(":"))),
    isTrusts: TRUST_POLICY_ACTIONS.has(folded),
    isOfKeys: folded.startsWith("kms:"),
  };
});

/** An action that isn't in the table is assumed to take a resource. */
const mayTakeResource = (action: string): boolean => takesResource(action) !== false;

/**
 * Actions that a role's trust policy authorizes: assuming the role, tagging the session and setting its
 * source identity (IAM user guide, "IAM roles").
 */
const TRUST_POLICY_ACTIONS: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:setsourceidentity",
  "sts:tagsession",
]);

/**
 * Actions whose caller is identified by an identity provider instead of an AWS principal (AWS STS API
 * reference: these calls take no AWS credentials).
 */
export const isFederatedAction = (action: string): boolean =>
  /^sts:assumerolewith(?:saml|webidentity)$/i.test(action);

/**
 * "IAM role trust policies and KMS key policies are exceptions": they have to allow the request even within
 * the account (IAM user guide, "How AWS enforcement code logic evaluates requests"). An alias has no policy.
 */
export function resolveRequiredPolicy(action: string, resource: string): "trust" | "key" | undefined {
  const { isTrusts, isOfKeys, takesResource } = describeAction(action);
  if (isTrusts) return "trust";
  return isOfKeys && takesResource && !isAlias(resource) ? "key" : undefined;
}

const isAlias = (resource: string): boolean => resource.includes(":alias/");

/**
 * Whether the resource is an alias but the action is authorized on the key behind it, which the alias doesn't
 * identify (KMS developer guide, "Controlling access to aliases").
 */
export const isAliasOfKey = (action: string, resource: string): boolean =>
  isAlias(resource) &&
  describeAction(action).isOfKeys &&
  findActionFacts(action)?.resourceTypes.some(({ name }) => name === "alias") === false;

/** In the fifth field of an ARN. */
const ACCOUNT = /^[^:]*:[^:]*:[^:]*:[^:]*:(\d{12})(?::|$)/;

/**
 * The account that owns the resource: as given, or from the ARN (which lacks it for S3 buckets), or else the
 * requester's.
 */
export function resolveResourceAccount(
  { resource, resourceAccount }: Pick<AccessRequest, "resource" | "resourceAccount">,
  asker: AccountPrincipal,
): string {
  if (resourceAccount !== undefined) return resourceAccount;
  return ACCOUNT.exec(resource)?.[1] ?? asker.account;
}
