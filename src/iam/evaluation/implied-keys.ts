import type { AccessRequest, KeyState } from "./decision.ts";
import { type AccountPrincipal, parsePrincipal } from "./principal.ts";
import { resolveResourceAccount } from "./scope.ts";

/** The parts of a request that determine condition keys. */
export type ImpliedKeySource = Pick<AccessRequest, "principal" | "resource" | "resourceAccount">;

/**
 * Condition keys that follow from the principal and the resource, by name in lower case (IAM user guide, "AWS
 * global condition context keys", and "IAM policy elements: Variables and tags" for user ids):
 *
 * - for all principals: aws:PrincipalIsAWSService, aws:PrincipalServiceName;
 * - for principals of an account: aws:PrincipalArn (for a session, the ARN of its role, assumed to have no
 *   path unless the role belongs to IAM Identity Center or is service-linked), aws:PrincipalAccount,
 *   aws:PrincipalType, aws:username (users only), aws:userid (as far as it is known);
 * - aws:ResourceAccount, from the request, the ARN, or else the principal's account.
 */
export function deriveImpliedKeys(request: ImpliedKeySource): Map<string, KeyState> {
  const requester = parsePrincipal(request.principal);
  if ("fault" in requester) return new Map();
  if (requester.kind === "service") {
    return new Map<string, KeyState>([
      ["aws:principalisawsservice", ["true"]],
      ["aws:principalservicename", [requester.name]],
      ...(request.resourceAccount === undefined
        ? []
        : [["aws:resourceaccount", [request.resourceAccount]] as const]),
    ]);
  }
  return new Map<string, KeyState>([
    ["aws:principalisawsservice", ["false"]],
    ["aws:principalservicename", "absent"],
    ["aws:principalarn", derivePrincipalArn(requester)],
    ["aws:principalaccount", [requester.account]],
    ["aws:principaltype", [PRINCIPAL_TYPES[requester.kind]]],
    ["aws:username", requester.kind === "user" ? [requester.name] : "absent"],
    ["aws:userid", deriveUserId(requester)],
    ["aws:resourceaccount", [resolveResourceAccount(request, requester)]],
  ]);
}

const PRINCIPAL_TYPES: Readonly<Record<AccountPrincipal["kind"], string>> = {
  user: "User",
  role: "AssumedRole",
  session: "AssumedRole",
  federatedUser: "FederatedUser",
  root: "Account",
};

/**
 * Roles of IAM Identity Center and service-linked roles have paths, which the ARNs of their sessions lack.
 */
const SERVICE_ROLE_PATHS: readonly [prefix: string, path: string][] = [
  ["AWSReservedSSO_", "aws-reserved/sso.amazonaws.com/*"],
  ["AWSServiceRoleFor", "aws-service-role/*/"],
];

function derivePrincipalArn({ kind, arn, partition, account, name }: AccountPrincipal): KeyState {
  if (kind !== "session") return [arn];
  const path = SERVICE_ROLE_PATHS.find(([prefix]) => name.startsWith(prefix))?.[1];
  const roles = `arn:${partition}:iam::${account}:role/`;
  return path === undefined ? [`${roles}${name}`] : { like: `${roles}${path}${name}` };
}

/** IAM generates the unique ids of users and roles, so only their prefixes are known. */
function deriveUserId({ kind, account, name, session }: AccountPrincipal): KeyState {
  const ids: Record<AccountPrincipal["kind"], KeyState> = {
    user: { like: "AIDA*" },
    role: { like: "AROA*:*" },
    session: { like: `AROA*:${session}` },
    federatedUser: [`${account}:${name}`],
    root: [account],
  };
  return ids[kind];
}
