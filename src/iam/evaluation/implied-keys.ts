import type { AccessRequest, KeyState } from "./decision.ts";
import { type AccountAsker, askerOf } from "./principal.ts";
import { resourceAccountOf } from "./scope.ts";

/** The parts of a request that say what some keys are. */
export type Implying = Pick<AccessRequest, "principal" | "resource" | "resourceAccount">;

/**
 * Keys whose values follow from who asks and for what, by their names in lower case (IAM user guide, "AWS global
 * condition context keys", and "IAM policy elements: Variables and tags" for user ids):
 *
 * - of everyone: aws:PrincipalIsAWSService, aws:PrincipalServiceName;
 * - of principals of an account: aws:PrincipalArn (of a session its role's, taken to have no path unless it is IAM
 *   Identity Center's or a service's own), aws:PrincipalAccount, aws:PrincipalType, aws:username (only users have one),
 *   aws:userid (as far as it is known);
 * - aws:ResourceAccount, where the request or the ARN says it, or the principal's account is taken for it.
 */
export function impliedKeys(request: Implying): Map<string, KeyState> {
  const asker = askerOf(request.principal);
  if ("fault" in asker) return new Map();
  if (asker.kind === "service") {
    return new Map<string, KeyState>([
      ["aws:principalisawsservice", ["true"]],
      ["aws:principalservicename", [asker.name]],
      ...(request.resourceAccount === undefined
        ? []
        : [["aws:resourceaccount", [request.resourceAccount]] as const]),
    ]);
  }
  return new Map<string, KeyState>([
    ["aws:principalisawsservice", ["false"]],
    ["aws:principalservicename", "absent"],
    ["aws:principalarn", arnOf(asker)],
    ["aws:principalaccount", [asker.account]],
    ["aws:principaltype", [TYPES[asker.kind]]],
    ["aws:username", asker.kind === "user" ? [asker.name] : "absent"],
    ["aws:userid", idOf(asker)],
    ["aws:resourceaccount", [resourceAccountOf(request, asker)]],
  ]);
}

const TYPES: Readonly<Record<AccountAsker["kind"], string>> = {
  user: "User",
  role: "AssumedRole",
  session: "AssumedRole",
  federatedUser: "FederatedUser",
  root: "Account",
};

/** Roles of IAM Identity Center and service-linked roles have paths, which a session's ARN doesn't say. */
const PATHS: readonly [prefix: string, path: string][] = [
  ["AWSReservedSSO_", "aws-reserved/sso.amazonaws.com/*"],
  ["AWSServiceRoleFor", "aws-service-role/*/"],
];

function arnOf({ kind, arn, partition, account, name }: AccountAsker): KeyState {
  if (kind !== "session") return [arn];
  const path = PATHS.find(([prefix]) => name.startsWith(prefix))?.[1];
  const roles = `arn:${partition}:iam::${account}:role/`;
  return path === undefined ? [`${roles}${name}`] : { like: `${roles}${path}${name}` };
}

/** Unique ids are IAM's own: of a user's or a role's only the prefix is known. */
function idOf({ kind, account, name, session }: AccountAsker): KeyState {
  const ids: Record<AccountAsker["kind"], KeyState> = {
    user: { like: "AIDA*" },
    role: { like: "AROA*:*" },
    session: { like: `AROA*:${session}` },
    federatedUser: [`${account}:${name}`],
    root: [account],
  };
  return ids[kind];
}
