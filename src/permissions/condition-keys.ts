import type { KeyState, KeyValues } from "../iam/evaluation/decision.ts";
import { deriveImpliedKeys } from "../iam/evaluation/implied-keys.ts";
import type { MaybeKnown, PermissionRequirement, RequestTag } from "../rules/permission.ts";
import type { KnownPrincipal } from "./principals.ts";

/** A call that a requirement is about. */
export interface EvaluatedCall {
  requirement: PermissionRequirement;
  principal: KnownPrincipal | { service: string };
  resource: string;
  /** Account of the resource; undefined when it isn't known. */
  resourceAccount: string | undefined;
  /** Condition keys from the context. */
  given: Readonly<Record<string, unknown>>;
}

/**
 * Resolves the condition keys of a call (IAM user guide, "AWS global condition context keys"). Keys that
 * neither the request nor its records determine are taken from the given ones, or are unknown.
 */
export function resolveConditionKeys(call: EvaluatedCall): KeyValues {
  const certain = deriveCertainKeys(call);
  const own = readGivenKeys(call);
  return {
    get(key) {
      const name = key.toLowerCase();
      const state = certain.get(name) ?? deriveRequestTag(name, call.requirement.tags);
      if (state !== undefined && state !== "unknown") return state;
      return own.get(name) ?? derivePrincipalTag(name, call.principal) ?? "unknown";
    },
  };
}

function deriveCertainKeys(call: EvaluatedCall): Map<string, KeyState> {
  const { requirement, principal, resource, resourceAccount } = call;
  const [, , , region = ""] = resource.split(":");
  const asked = "service" in principal ? principal : principal.arn;
  return foldKeys([
    ...deriveImpliedKeys({ principal: asked, resource }),
    // AWS endpoints other than Amazon S3's accept HTTPS only, and gateways use TLS for S3 (Storage Gateway
    // user guide, "Encryption in transit").
    ["aws:SecureTransport", ["true"]],
    ["aws:RequestedRegion", /^[a-z0-9-]+$/.test(region) ? [region] : "unknown"],
    ["aws:ResourceAccount", resourceAccount === undefined ? "unknown" : [resourceAccount]],
    // The Amazon S3 equivalent (Service Authorization Reference, Amazon S3).
    ["s3:ResourceAccount", resourceAccount === undefined ? "unknown" : [resourceAccount]],
    ["aws:TagKeys", deriveTagKeys(requirement.tags)],
    ...("service" in principal
      ? []
      : [...derivePrincipalKeys(principal), ...deriveDirectCallKeys(requirement)]),
    ...("service" in principal || !principal.template ? [] : deriveTemplateKeys(principal)),
    ...Object.entries(requirement.keys).map(([key, value]) => [key, keyStateFromKnown(value)] as const),
    ...requirement.absentKeys.map((key) => [key, "absent"] as const),
  ]);
}

type KeyRows = readonly (readonly [string, KeyState])[];

/** Keys ignore case. */
const foldKeys = (rows: KeyRows): Map<string, KeyState> =>
  new Map(rows.map(([key, state]) => [key.toLowerCase(), state]));

/** Calls with a principal's credentials aren't made by a service for itself, so they have no source keys. */
const derivePrincipalKeys = ({ ownArn }: KnownPrincipal): KeyRows => [
  ["aws:PrincipalServiceNamesList", "absent"],
  ["aws:SourceArn", "absent"],
  ["aws:SourceAccount", "absent"],
  ["aws:SourceOrgID", "absent"],
  ["aws:SourceOrgPaths", "absent"],
  ["aws:PrincipalArn", [ownArn]],
];

/** Of a principal that a template defines, at most the name is known. */
const deriveTemplateKeys = ({ kind, template }: KnownPrincipal): KeyRows => [
  ["aws:PrincipalAccount", "unknown"],
  ["aws:PrincipalArn", { like: `arn:*:iam::*:${kind}/*${template?.identity.name ?? ""}` }],
  ["aws:userid", "unknown"],
  ["aws:username", "unknown"],
];

/**
 * A call by a principal itself, or by a service with an assumed role, doesn't go through another service,
 * unless the requirement sets `kms:ViaService`.
 */
const deriveDirectCallKeys = ({ keys }: PermissionRequirement): KeyRows =>
  Object.keys(keys).some((key) => key.toLowerCase() === "kms:viaservice")
    ? []
    : [
        ["aws:ViaAWSService", ["false"]],
        ["aws:CalledVia", "absent"],
        ["aws:CalledViaFirst", "absent"],
        ["aws:CalledViaLast", "absent"],
      ];

/** A `*` in a rule file's value stands for an unknown part. */
function keyStateFromKnown(value: MaybeKnown<readonly string[]>): KeyState {
  if ("lacks" in value) return "unknown";
  const [first = ""] = value.value;
  if (!value.value.some((text) => text.includes("*"))) return value.value;
  return value.value.length === 1 ? { like: first } : "unknown";
}

function deriveTagKeys(tags: MaybeKnown<readonly RequestTag[]>): KeyState {
  if ("lacks" in tags) return "unknown";
  if (tags.value.length === 0) return "absent";
  const keys = tags.value.flatMap(({ key }) => key ?? []);
  return keys.length === tags.value.length ? keys : "unknown";
}

const REQUEST_TAG = "aws:requesttag/";

/** The state of `aws:RequestTag/KEY`, from the request's tags. */
function deriveRequestTag(name: string, tags: MaybeKnown<readonly RequestTag[]>): KeyState | undefined {
  if (!name.startsWith(REQUEST_TAG)) return undefined;
  if ("lacks" in tags) return "unknown";
  const wanted = name.slice(REQUEST_TAG.length);
  const named = tags.value.filter(({ key }) => key?.toLowerCase() === wanted);
  const values = named.flatMap(({ value }) => value ?? []);
  if (named.length > 0) return values.length === named.length ? values : "unknown";
  return tags.value.some(({ key }) => key === undefined) ? "unknown" : "absent";
}

const PRINCIPAL_TAG = "aws:principaltag/";

/**
 * The state of `aws:PrincipalTag/KEY`, from the tags of the user or role. A role's session may have more tags than the
 * role (IAM user guide, "Pass session tags in AWS STS").
 */
function derivePrincipalTag(name: string, principal: EvaluatedCall["principal"]): KeyState | undefined {
  if (!name.startsWith(PRINCIPAL_TAG) || "service" in principal || !principal.tags) return undefined;
  const value = principal.tags.get(name.slice(PRINCIPAL_TAG.length));
  if (value !== undefined) return [value];
  return principal.kind === "user" ? "absent" : undefined;
}

/** The given condition keys: those of the principal override those of all calls. */
function readGivenKeys({ given, principal }: EvaluatedCall): Map<string, KeyState> {
  const rows = (keys: unknown): KeyRows =>
    Object.entries((keys ?? {}) as Record<string, unknown>).flatMap(([key, value]) => {
      const state = keyStateFromGiven(value);
      return state === undefined || key.startsWith("arn:") ? [] : [[key, state] as const];
    });
  if ("service" in principal) return foldKeys(rows(given).filter(([key]) => isServiceKey(key)));
  const { arn, ownArn } = principal;
  const ownKeys = [ownArn, arn].flatMap((each) => (Object.hasOwn(given, each) ? rows(given[each]) : []));
  return foldKeys([...rows(given), ...ownKeys]);
}

/**
 * Whether a key that is given for all calls applies to a service's own calls. Addresses, endpoints and
 * sessions don't.
 */
export const isServiceKey = (key: string): boolean =>
  /^aws:(?:source(?:org|arn$|account$)|resource)/i.test(key);

/** Values of other types were already reported when the context was read. */
function keyStateFromGiven(value: unknown): KeyState | undefined {
  if (value === null) return "absent";
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}
