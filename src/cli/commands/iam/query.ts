import { bucketOf } from "../../../context/arns.ts";
import { member, textOf } from "../../../context/context.ts";
import type { ContextStore } from "../../../context/store.ts";
import { quoted } from "../../../diagnostics/text.ts";
import type {
  AccessRequest,
  KeyState,
  KeyValues,
  PolicySet,
  Principal,
} from "../../../iam/evaluation/decision.ts";
import { askerOf } from "../../../iam/evaluation/principal.ts";
import { scopeOf } from "../../../iam/evaluation/scope.ts";
import type { Policy } from "../../../iam/policy.ts";
import { keysOf } from "../../../permissions/condition-keys.ts";
import type { KnownPrincipal } from "../../../permissions/principals.ts";
import { Principals } from "../../../permissions/principals.ts";
import { organizationPolicies, ResourcePolicies } from "../../../permissions/resource-policies.ts";
import type { Gap } from "../../../permissions/unknown-policy.ts";
import { unknownPolicy } from "../../../permissions/unknown-policy.ts";
import type { Known, Requirement } from "../../../rules/permission.ts";
import { UsageError } from "../../../run/io.ts";
import type { GivenPolicy } from "./policy-files.ts";

/** The input of `iam explain`. */
export interface Asked {
  principal: string;
  action: string;
  resource: string;
  resourceAccount?: string;
  /** False: the resource has no policy, whatever the context says. */
  hasResourcePolicy: boolean;
  policies: readonly GivenPolicy[];
  keys: ReadonlyMap<string, readonly string[] | "absent">;
}

export interface Question {
  request: AccessRequest;
  policies: PolicySet;
  /** The resource's account is unknown; the principal's own was assumed. */
  isOwnerUnknown: boolean;
}

/**
 * Builds the access request with all policies and condition keys that the context and the options provide.
 */
export function questionOf(query: Asked, store: ContextStore): Question {
  const principal = principalOf(query.principal);
  const principals = new Principals(store.iam);
  const known = typeof principal === "string" ? identityOf(principal, query, principals) : undefined;
  const account = query.resourceAccount ?? accountOf(query.resource, store);
  const resource = resourcePolicyOf({ query, principal, principals, store });
  const policies: PolicySet = {
    ...known?.policies,
    ...organizationPolicies(store),
    ...givenLevels(query.policies),
    ...(resource && { resource }),
  };
  const keys = keysOf({
    requirement: requirementOf(query, known),
    principal: known?.principal ?? (principal as { service: string }),
    resource: query.resource,
    resourceAccount: account,
    given: conditionKeysOf(query, store),
  });
  const { action } = query;
  return {
    request: {
      principal,
      action,
      resource: query.resource,
      keys: withGiven(keys, query.keys),
      ...(account !== undefined && { resourceAccount: account }),
    },
    policies,
    isOwnerUnknown: account === undefined && query.resource !== "*" && typeof principal === "string",
  };
}

export function principalOf(text: string): Principal {
  const principal = text.startsWith("arn:") ? text : { service: text };
  const asker = askerOf(principal);
  if (!("fault" in asker)) return principal;
  throw new UsageError(
    asker.fault,
    "give the ARN of a user, a role or a session, or a service such as `storagegateway.amazonaws.com`",
  );
}

interface Identity {
  principal: KnownPrincipal;
  policies: Pick<PolicySet, "identity" | "boundary" | "session">;
  /** The policies come only from options; then the path of a session's role is unknown, too. */
  isFromOptions: boolean;
}

/** Adds the policies from options to those of the context, or uses them alone if the context has none. */
function identityOf(arn: string, { policies: given }: Asked, principals: Principals): Identity {
  const found = principals.of(arn);
  const own = given.filter(({ kind }) => kind === "identity").map(({ policy }) => policy);
  const boundary = given.findLast(({ kind }) => kind === "boundary")?.policy;
  const session = given.filter(({ kind }) => kind === "session").map(({ policy }) => policy);
  const isFromOptions = "message" in found;
  const principal = isFromOptions ? unlisted(arn) : found;
  const known = isFromOptions
    ? { identity: own.length > 0 ? own : [unlistedPolicies(arn, found)] }
    : { ...found.policies, identity: [...(found.policies.identity ?? []), ...own] };
  return {
    principal,
    isFromOptions,
    policies: { ...known, ...(boundary && { boundary }), ...(session.length > 0 && { session }) },
  };
}

const unlistedPolicies = (arn: string, { message, help }: Gap): Policy =>
  unknownPolicy("identity", `the policies of ${quoted(arn, 300)}`, {
    message,
    help: `${help}; or give its policies with \`--policy FILE\``,
  });

function unlisted(arn: string): KnownPrincipal {
  const [, , , , account = "", path = ""] = arn.split(":");
  const [kind = "", ...names] = path.split("/");
  const isSession = kind === "assumed-role";
  return {
    arn,
    kind: isSession ? "session" : kind === "user" ? "user" : kind === "root" ? "root" : "role",
    account,
    name: (isSession ? names[0] : names.at(-1)) ?? kind,
    ownArn: arn,
    policies: {},
  };
}

/** Each control policy from an option forms a level of its own, below the preceding ones. */
function givenLevels(given: readonly GivenPolicy[]): Pick<PolicySet, "serviceControl" | "resourceControl"> {
  const levels = (kind: string): Policy[][] =>
    given.filter((each) => each.kind === kind).map(({ policy }) => [policy]);
  const serviceControl = levels("scp");
  const resourceControl = levels("rcp");
  return {
    ...(serviceControl.length > 0 && { serviceControl }),
    ...(resourceControl.length > 0 && { resourceControl }),
  };
}

const UNSAID: Gap = {
  message: "the call's other parts are not known",
  help: "give it with `--key KEY=VALUE`",
};

/** A requirement as a rule file would state it, in which only the query's own data is known. */
function requirementOf(query: Asked, known: Identity | undefined): Requirement {
  const isPathUnknown = known?.isFromOptions && known.principal.kind === "session";
  const keys: Record<string, Known<readonly string[]>> = isPathUnknown
    ? { "aws:PrincipalArn": { lacks: UNSAID } }
    : {};
  return {
    id: "",
    file: "",
    applies: { value: true },
    principal: { value: query.principal },
    isCallers: true,
    actions: [query.action],
    resources: { value: [query.resource] },
    tags: { lacks: UNSAID },
    keys,
    absentKeys: [],
  };
}

const conditionKeysOf = ({ action }: Asked, store: ContextStore): Readonly<Record<string, unknown>> =>
  (store.recordsFor({ operation: action, request: {} }).conditionKeys ?? {}) as Record<string, unknown>;

/** Values from options take precedence. */
const withGiven = (keys: KeyValues, given: Asked["keys"]): KeyValues => ({
  get: (key): KeyState => given.get(key.toLowerCase()) ?? keys.get(key),
});

function accountOf(resource: string, store: ContextStore): string | undefined {
  const account = resource.split(":", 5)[4] ?? "";
  if (/^\d{12}$/.test(account)) return account;
  const bucket = bucketOf(resource);
  return bucket === undefined ? undefined : textOf(store.bucket(bucket), ["account"]);
}

/**
 * Services whose resources have resource-based policies (IAM User Guide, "AWS services that work with IAM").
 */
const WITH_POLICIES = new Set(
  "backup dynamodb ecr events glue kinesis lambda logs s3 s3-object-lambda s3-outposts s3express secretsmanager sns sqs".split(
    " ",
  ),
);

interface Whose {
  query: Asked;
  principal: Principal;
  principals: Principals;
  store: ContextStore;
}

function resourcePolicyOf({ query, principal, principals, store }: Whose): Policy | undefined {
  const given = query.policies.findLast(({ kind }) => kind === "resource")?.policy;
  if (given || !query.hasResourcePolicy) return given;
  const asker = askerOf(principal);
  const { required, takesResource } = scopeOf(query, asker as Exclude<typeof asker, { fault: string }>);
  if (required === "trust") {
    const trust = principals.trustOf(query.resource);
    return "message" in trust
      ? unknownPolicy("trust", "the trust policy", { ...trust, help: `${trust.help}; or ${AS_OPTION}` })
      : trust;
  }
  const [service = ""] = query.action.toLowerCase().split(":");
  if (required === "key") return keyPolicyOf(query.resource, store);
  if (!takesResource || !WITH_POLICIES.has(service)) return undefined;
  return service === "s3" ? bucketPolicyOf(query.resource, store) : notGiven(policyOf(query.resource));
}

const AS_OPTION = "`--policy resource=FILE`";

function bucketPolicyOf(resource: string, store: ContextStore): Policy | undefined {
  const name = bucketOf(resource);
  const bucket = name === undefined ? undefined : store.bucket(name);
  if (name === undefined || bucket === undefined) return notGiven(policyOf(resource));
  const policy = member(bucket, "policy") ?? undefined;
  const about = { kind: "resource" as const, name: `the policy of bucket ${quoted(name)}` };
  return policy === undefined ? undefined : new ResourcePolicies(store).of(policy, about);
}

function keyPolicyOf(resource: string, store: ContextStore): Policy {
  const policy = store.keyPolicy(resource);
  if (policy === undefined) return notGiven("the key's policy", "key");
  return new ResourcePolicies(store).of(policy, { kind: "key", name: "the key's policy" });
}

const policyOf = (resource: string): string => `the policy of ${quoted(resource, 300)}`;

const notGiven = (name: string, kind: "resource" | "key" = "resource"): Policy =>
  unknownPolicy(kind, name, {
    message: `${name} is not given`,
    // A KMS key always has a policy, so there is no way to say that it has none.
    help: `give it with ${AS_OPTION}, ${kind === "key" ? "or as `kmsKeyPolicy` of a bucket that has the key in a context file" : "or say with `--no-resource-policy` that there is none"}`,
  });
