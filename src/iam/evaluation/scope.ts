import { actionFacts, supportsResourceControl, takesResource } from "../actions/index.ts";
import { foldCase } from "../match/glob.ts";
import type { AccessRequest } from "./decision.ts";
import type { Scope } from "./layers.ts";
import type { AccountAsker, Asker } from "./principal.ts";

/** What the action and the resource say about which policies apply. */
export function scopeOf(
  { action, resource }: Pick<AccessRequest, "action" | "resource">,
  asker: Asker,
): Scope & { takesResource: boolean } {
  const folded = foldCase(action);
  return {
    asker,
    action: folded,
    takesResource: takes(action),
    hasResourceControl: supportsResourceControl(folded.slice(0, folded.indexOf(":"))),
    required: requiredPolicy(action, resource),
  };
}

/** Of an action that is not in the table, the request says best what it works on. */
const takes = (action: string): boolean => takesResource(action) !== false;

/** IAM user guide, "IAM roles": assuming a role, tagging the session and naming its source are up to its trust policy. */
const TRUSTED: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:setsourceidentity",
  "sts:tagsession",
]);

/**
 * Whoever assumes a role so is known to an identity provider, and no principal of an account (AWS STS API reference: these
 * calls take no AWS credentials).
 */
export const isForFederated = (action: string): boolean =>
  /^sts:assumerolewith(?:saml|webidentity)$/i.test(action);

/**
 * "IAM role trust policies and KMS key policies are exceptions": they have to allow the request, even in the same account
 * (IAM user guide, "How AWS enforcement code logic evaluates requests"). An alias has no policy.
 */
export function requiredPolicy(action: string, resource: string): "trust" | "key" | undefined {
  const folded = foldCase(action);
  if (TRUSTED.has(folded)) return "trust";
  return folded.startsWith("kms:") && !isAlias(resource) && takes(action) ? "key" : undefined;
}

const isAlias = (resource: string): boolean => resource.includes(":alias/");

/**
 * A key's alias where the key itself is asked for: whoever calls with an alias is authorized for the key (KMS developer
 * guide, "Controlling access to aliases"), and which key that is the alias doesn't say.
 */
export const standsForKey = (action: string, resource: string): boolean =>
  foldCase(action).startsWith("kms:") &&
  isAlias(resource) &&
  actionFacts(action)?.resourceTypes.some(({ name }) => name === "alias") === false;

/** The owner: as given, or as the ARN says (an S3 bucket's doesn't), or else whoever asks. */
export function resourceAccountOf(
  { resource, resourceAccount }: Pick<AccessRequest, "resource" | "resourceAccount">,
  asker: AccountAsker,
): string {
  if (resourceAccount !== undefined) return resourceAccount;
  const account = resource.split(":", 5)[4] ?? "";
  return /^\d{12}$/.test(account) ? account : asker.account;
}
