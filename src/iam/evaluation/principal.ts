import { quoted } from "../../diagnostics/text.ts";
import type { Principal } from "./decision.ts";

/** Who asks, taken apart. */
export type Asker = ServiceAsker | AccountAsker;

/** An AWS service that calls for itself. */
export interface ServiceAsker {
  kind: "service";
  /** As policies name it: `storagegateway.amazonaws.com`. */
  name: string;
}

/** A principal of an account. */
export interface AccountAsker {
  kind: "user" | "role" | "session" | "federatedUser" | "root";
  arn: string;
  partition: string;
  account: string;
  /** Of the user or role, without its path; of a session, its role's. "" for the root. */
  name: string;
  /** Of a role session. */
  session?: string;
  /** Whether it is a service-linked role: a session's ARN has no path, so there the name alone tells. */
  serviceLinked: boolean | "unknown";
}

const FORMS: readonly [RegExp, AccountAsker["kind"]][] = [
  [/^arn:([\w-]+):iam::(\d{12}):user\/((?:[^/:*?]+\/)*)([^/:*?]+)$/, "user"],
  [/^arn:([\w-]+):iam::(\d{12}):role\/((?:[^/:*?]+\/)*)([^/:*?]+)$/, "role"],
  [/^arn:([\w-]+):sts::(\d{12}):assumed-role\/()([^/:*?]+)\/([^/:*?]+)$/, "session"],
  [/^arn:([\w-]+):sts::(\d{12}):federated-user\/()([^/:*?]+)$/, "federatedUser"],
  [/^arn:([\w-]+):iam::(\d{12}):root$/, "root"],
];

/** The service's name: `storagegateway.amazonaws.com`, or with a region or a partition's own suffix. */
const SERVICE = /^[\w-]+(?:\.[\w-]+)+$/;

/** The principal taken apart, or what is wrong with it (IAM user guide, "IAM identifiers", "Principal"). */
export function askerOf(principal: Principal): Asker | { fault: string } {
  if (typeof principal !== "string") {
    const { service } = principal;
    return SERVICE.test(service)
      ? { kind: "service", name: service.toLowerCase() }
      : {
          fault: `the service ${quoted(service)} is no service principal: one looks like \`storagegateway.amazonaws.com\``,
        };
  }
  for (const [form, kind] of FORMS) {
    const match = form.exec(principal);
    if (match) return accountAsker(kind, principal, match);
  }
  return {
    fault: `the principal ${quoted(principal)} is no ARN of a user, a role, a role session or an account's root`,
  };
}

function accountAsker(kind: AccountAsker["kind"], arn: string, match: RegExpExecArray): AccountAsker {
  const [, partition = "", account = "", path = "", name = "", session] = match;
  return {
    kind,
    arn,
    partition,
    account,
    name,
    ...(session !== undefined && { session }),
    serviceLinked: serviceLinked(kind, path, name),
  };
}

/** IAM user guide, "Using service-linked roles": their path is `/aws-service-role/SERVICE/`, their name has a prefix. */
function serviceLinked(kind: AccountAsker["kind"], path: string, name: string): boolean | "unknown" {
  if (kind === "role") return path.startsWith("aws-service-role/");
  return kind === "session" && name.startsWith("AWSServiceRoleFor") ? "unknown" : false;
}

/** Of a session: whether the ARN is its role's, whose path a session's ARN doesn't say; names are unique in an account. */
export const isRoleOf = (arn: string, { partition, account, name }: AccountAsker): boolean =>
  arn.startsWith(`arn:${partition}:iam::${account}:role/`) && arn.endsWith(`/${name}`);
