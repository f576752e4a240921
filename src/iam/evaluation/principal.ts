import { quoted } from "../../diagnostics/text.ts";
import { keepResults } from "../match/keep-results.ts";
import type { Principal } from "./decision.ts";

/** A parsed principal. */
export type ParsedPrincipal = ServicePrincipal | AccountPrincipal;

/** An AWS service that acts for itself. */
export interface ServicePrincipal {
  kind: "service";
  /** As named in policies: `storagegateway.amazonaws.com`. */
  name: string;
}

/** A principal that belongs to an account. */
export interface AccountPrincipal {
  kind: "user" | "role" | "session" | "federatedUser" | "root";
  arn: string;
  partition: string;
  account: string;
  /** Name of the user or role without its path; for a session, that of its role; empty for the root. */
  name: string;
  /** Session name, of a role session. */
  session?: string;
  /**
   * Whether it is a service-linked role: "unknown" for a session, whose ARN lacks the path, if the name
   * suggests it.
   */
  serviceLinked: boolean | "unknown";
}

const PRINCIPAL_ARN_FORMS: readonly [RegExp, AccountPrincipal["kind"]][] = [
  [/^arn:([\w-]+):iam::(\d{12}):user\/((?:[^/:*?]+\/)*)([^/:*?]+)$/, "user"],
  [/^arn:([\w-]+):iam::(\d{12}):role\/((?:[^/:*?]+\/)*)([^/:*?]+)$/, "role"],
  [/^arn:([\w-]+):sts::(\d{12}):assumed-role\/()([^/:*?]+)\/([^/:*?]+)$/, "session"],
  [/^arn:([\w-]+):sts::(\d{12}):federated-user\/()([^/:*?]+)$/, "federatedUser"],
  [/^arn:([\w-]+):iam::(\d{12}):root$/, "root"],
];

/** `storagegateway.amazonaws.com`, or with a Region or the suffix of another partition. */
const SERVICE_PRINCIPAL_NAME = /^[\w-]+(?:\.[\w-]+)+$/;

/**
 * Parses a principal, or describes what is wrong with it (IAM user guide, "IAM identifiers", "Principal").
 */
export function parsePrincipal(principal: Principal): ParsedPrincipal | { fault: string } {
  if (typeof principal === "string") return parsePrincipalText(principal);
  const { service } = principal;
  return SERVICE_PRINCIPAL_NAME.test(service)
    ? { kind: "service", name: service.toLowerCase() }
    : {
        fault: `the service ${quoted(service)} is no service principal: one looks like \`storagegateway.amazonaws.com\``,
      };
}

const parsePrincipalText = keepResults((principal): AccountPrincipal | { fault: string } => {
  for (const [form, kind] of PRINCIPAL_ARN_FORMS) {
    const match = form.exec(principal);
    if (match) return createAccountPrincipal(kind, principal, match);
  }
  return {
    fault: `the principal ${quoted(principal)} is no ARN of a user, a role, a role session or an account's root`,
  };
}, 200);

function createAccountPrincipal(
  kind: AccountPrincipal["kind"],
  arn: string,
  match: RegExpExecArray,
): AccountPrincipal {
  const [, partition = "", account = "", path = "", name = "", session] = match;
  return {
    kind,
    arn,
    partition,
    account,
    name,
    ...(session !== undefined && { session }),
    serviceLinked: isServiceLinked(kind, path, name),
  };
}

/**
 * IAM user guide, "Using service-linked roles": they have the path `/aws-service-role/SERVICE/` and a prefix
 * in the name.
 */
function isServiceLinked(kind: AccountPrincipal["kind"], path: string, name: string): boolean | "unknown" {
  if (kind === "role") return path.startsWith("aws-service-role/");
  return kind === "session" && name.startsWith("AWSServiceRoleFor") ? "unknown" : false;
}

/**
 * Whether the ARN is that of the session's role. Only the name is compared, since a session's ARN lacks the
 * role's path and names are unique in an account.
 */
export const isRoleOfSession = (arn: string, { partition, account, name }: AccountPrincipal): boolean =>
  arn.startsWith(`arn:${partition}:iam::${account}:role/`) && arn.endsWith(`/${name}`);
