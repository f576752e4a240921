import { bucketFromArn } from "../../../context/arns.ts";
import { readMember, readTextMember } from "../../../context/context.ts";
import type { ContextStore } from "../../../context/store.ts";
import { quoted } from "../../../diagnostics/text.ts";
import type {
  AccessRequest,
  KeyState,
  KeyValues,
  PolicySet,
  Principal,
} from "../../../iam/evaluation/decision.ts";
import { parsePrincipal } from "../../../iam/evaluation/principal.ts";
import { resolveScope } from "../../../iam/evaluation/scope.ts";
import type { Policy } from "../../../iam/policy.ts";
import { resolveConditionKeys } from "../../../permissions/condition-keys.ts";
import type { KnownPrincipal } from "../../../permissions/principals.ts";
import { PrincipalIndex } from "../../../permissions/principals.ts";
import { ResourcePolicyReader, readOrganizationPolicies } from "../../../permissions/resource-policies.ts";
import type { PolicyGap } from "../../../permissions/unknown-policy.ts";
import { createUnknownPolicy } from "../../../permissions/unknown-policy.ts";
import type { MaybeKnown, PermissionRequirement } from "../../../rules/permission.ts";
import { UsageError } from "../../../run/io.ts";
import type { GivenPolicy } from "./policy-files.ts";

/** The input of `iam explain`. */
export interface ExplainQuery {
  principal: string;
  action: string;
  resource: string;
  resourceAccount?: string;
  /** False: the resource has no policy, whatever the context says. */
  hasResourcePolicy: boolean;
  policies: readonly GivenPolicy[];
  keys: ReadonlyMap<string, readonly string[] | "absent">;
}

export interface ExplainInput {
  request: AccessRequest;
  policies: PolicySet;
  /** The resource's account is unknown; the principal's own was assumed. */
  isOwnerUnknown: boolean;
}

/**
 * Builds the access request with all policies and condition keys that the context and the options provide.
 */
export function buildExplainInput(query: ExplainQuery, store: ContextStore): ExplainInput {
  const principal = parseExplainPrincipal(query.principal);
  const principals = new PrincipalIndex(store.iam);
  const known = typeof principal === "string" ? resolveIdentity(principal, query, principals) : undefined;
  const account = query.resourceAccount ?? findResourceAccount(query.resource, store);
  const resource = findResourcePolicy({ query, principal, principals, store });
  const policies: PolicySet = {
    ...known?.policies,
    ...readOrganizationPolicies(store),
    ...collectControlLevels(query.policies),
    ...(resource && { resource }),
  };
  const keys = resolveConditionKeys({
    requirement: buildRequirement(query, known),
    principal: known?.principal ?? (principal as { service: string }),
    resource: query.resource,
    resourceAccount: account,
    given: readConditionKeys(query, store),
  });
  const { action } = query;
  return {
    request: {
      principal,
      action,
      resource: query.resource,
      keys: overrideKeys(keys, query.keys),
      ...(account !== undefined && { resourceAccount: account }),
    },
    policies,
    isOwnerUnknown: account === undefined && query.resource !== "*" && typeof principal === "string",
  };
}

export function parseExplainPrincipal(text: string): Principal {
  const principal = text.startsWith("arn:") ? text : { service: text };
  const asker = parsePrincipal(principal);
  if (!("fault" in asker)) return principal;
  throw new UsageError(
    asker.fault,
    "give the ARN of a user, a role or a session, or a service such as `storagegateway.amazonaws.com`",
  );
}

interface ExplainIdentity {
  principal: KnownPrincipal;
  policies: Pick<PolicySet, "identity" | "boundary" | "session">;
  /** The policies come only from options; then the path of a session's role is unknown, too. */
  isFromOptions: boolean;
}

/** Adds the policies from options to those of the context, or uses them alone if the context has none. */
function resolveIdentity(
  arn: string,
  { policies: given }: ExplainQuery,
  principals: PrincipalIndex,
): ExplainIdentity {
  const found = principals.findPrincipal(arn);
  const own = given.filter(({ kind }) => kind === "identity").map(({ policy }) => policy);
  const boundary = given.findLast(({ kind }) => kind === "boundary")?.policy;
  const session = given.filter(({ kind }) => kind === "session").map(({ policy }) => policy);
  const isFromOptions = "message" in found;
  const principal = isFromOptions ? createUnlistedPrincipal(arn) : found;
  const known = isFromOptions
    ? { identity: own.length > 0 ? own : [createUnlistedPolicy(arn, found)] }
    : { ...found.policies, identity: [...(found.policies.identity ?? []), ...own] };
  return {
    principal,
    isFromOptions,
    policies: { ...known, ...(boundary && { boundary }), ...(session.length > 0 && { session }) },
  };
}

const createUnlistedPolicy = (arn: string, { message, help }: PolicyGap): Policy =>
  createUnknownPolicy("identity", `the policies of ${quoted(arn, 300)}`, {
    message,
    help: `${help}; or give its policies with \`--policy FILE\``,
  });

function createUnlistedPrincipal(arn: string): KnownPrincipal {
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
function collectControlLevels(
  given: readonly GivenPolicy[],
): Pick<PolicySet, "serviceControl" | "resourceControl"> {
  const levels = (kind: string): Policy[][] =>
    given.filter((each) => each.kind === kind).map(({ policy }) => [policy]);
  const serviceControl = levels("scp");
  const resourceControl = levels("rcp");
  return {
    ...(serviceControl.length > 0 && { serviceControl }),
    ...(resourceControl.length > 0 && { resourceControl }),
  };
}

const UNKNOWN_FROM_QUERY: PolicyGap = {
  message: "the call's other parts are not known",
  help: "give it with `--key KEY=VALUE`",
};

/** A requirement as a rule file would state it, in which only the query's own data is known. */
function buildRequirement(query: ExplainQuery, known: ExplainIdentity | undefined): PermissionRequirement {
  const isPathUnknown = known?.isFromOptions && known.principal.kind === "session";
  const keys: Record<string, MaybeKnown<readonly string[]>> = isPathUnknown
    ? { "aws:PrincipalArn": { lacks: UNKNOWN_FROM_QUERY } }
    : {};
  return {
    id: "",
    file: "",
    applies: { value: true },
    principal: { value: query.principal },
    isCallers: true,
    members: {},
    actions: [query.action],
    resources: { value: [query.resource] },
    tags: { lacks: UNKNOWN_FROM_QUERY },
    keys,
    absentKeys: [],
  };
}

const readConditionKeys = (
  { action }: ExplainQuery,
  store: ContextStore,
): Readonly<Record<string, unknown>> =>
  (store.findRecords({ operation: action, request: {} }).conditionKeys ?? {}) as Record<string, unknown>;

/** Values from options take precedence. */
const overrideKeys = (keys: KeyValues, given: ExplainQuery["keys"]): KeyValues => ({
  get: (key): KeyState => given.get(key.toLowerCase()) ?? keys.get(key),
});

function findResourceAccount(resource: string, store: ContextStore): string | undefined {
  const account = resource.split(":", 5)[4] ?? "";
  if (/^\d{12}$/.test(account)) return account;
  const bucket = bucketFromArn(resource);
  return bucket === undefined ? undefined : readTextMember(store.findBucket(bucket), ["account"]);
}

/**
 * Services whose resources have resource-based policies (IAM User Guide, "AWS services that work with IAM").
 */
const SERVICES_WITH_RESOURCE_POLICIES = new Set(
  "backup dynamodb ecr events glue kinesis lambda logs s3 s3-object-lambda s3-outposts s3express secretsmanager sns sqs".split(
    " ",
  ),
);

interface ResourcePolicyQuery {
  query: ExplainQuery;
  principal: Principal;
  principals: PrincipalIndex;
  store: ContextStore;
}

function findResourcePolicy({
  query,
  principal,
  principals,
  store,
}: ResourcePolicyQuery): Policy | undefined {
  const given = query.policies.findLast(({ kind }) => kind === "resource")?.policy;
  if (given || !query.hasResourcePolicy) return given;
  const asker = parsePrincipal(principal);
  const { required, takesResource } = resolveScope(query, asker as Exclude<typeof asker, { fault: string }>);
  if (required === "trust") {
    const trust = principals.findTrustPolicy(query.resource);
    return "message" in trust
      ? createUnknownPolicy("trust", "the trust policy", {
          ...trust,
          help: `${trust.help}; or ${POLICY_OPTION}`,
        })
      : trust;
  }
  const [service = ""] = query.action.toLowerCase().split(":");
  if (required === "key") return findKeyPolicy(query.resource, store);
  if (!takesResource || !SERVICES_WITH_RESOURCE_POLICIES.has(service)) return undefined;
  return service === "s3"
    ? findBucketPolicy(query.resource, store)
    : createMissingPolicy(formatPolicyName(query.resource));
}

const POLICY_OPTION = "`--policy resource=FILE`";

function findBucketPolicy(resource: string, store: ContextStore): Policy | undefined {
  const name = bucketFromArn(resource);
  const bucket = name === undefined ? undefined : store.findBucket(name);
  if (name === undefined || bucket === undefined) return createMissingPolicy(formatPolicyName(resource));
  const policy = readMember(bucket, "policy") ?? undefined;
  const about = { kind: "resource" as const, name: `the policy of bucket ${quoted(name)}` };
  return policy === undefined ? undefined : new ResourcePolicyReader(store).readResourcePolicy(policy, about);
}

function findKeyPolicy(resource: string, store: ContextStore): Policy {
  const policy = store.findKeyPolicy(resource);
  if (policy === undefined) return createMissingPolicy("the key's policy", "key");
  return new ResourcePolicyReader(store).readResourcePolicy(policy, {
    kind: "key",
    name: "the key's policy",
  });
}

const formatPolicyName = (resource: string): string => `the policy of ${quoted(resource, 300)}`;

const createMissingPolicy = (name: string, kind: "resource" | "key" = "resource"): Policy =>
  createUnknownPolicy(kind, name, {
    message: `${name} is not given`,
    // A KMS key always has a policy, so there is no way to say that it has none.
    help: `give it with ${POLICY_OPTION}, ${kind === "key" ? "or as `kmsKeyPolicy` of a bucket that has the key in a context file" : "or say with `--no-resource-policy` that there is none"}`,
  });
