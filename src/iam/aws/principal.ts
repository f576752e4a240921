import { quoted } from "../../diagnostics/text.ts";
import { LiveProblem } from "./problem.ts";

/** A principal whose policies are to be read. */
export interface FetchedPrincipal {
  kind: "role" | "user";
  partition: string;
  account: string;
  name: string;
  /** The ARN that AWS has to return; undefined for a session, whose ARN lacks the role's path. */
  arn?: string;
}

/** IAM user guide, "IAM identifiers": a path may precede the name, and names contain no slash. */
const ENTITY = /^arn:([\w-]+):iam::(\d{12}):(role|user)\/(?:[\u0021-\u007e]*\/)?([\w+=,.@-]+)$/;
const SESSION = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/;

/** Parses the ARN of a user, a role or a role session. Throws `LiveProblem` for any other ARN. */
export function parseFetchedPrincipal(arn: string): FetchedPrincipal {
  const entity = ENTITY.exec(arn);
  if (entity) {
    const [, partition, account, kind, name] = entity as unknown as string[];
    return {
      kind: kind as FetchedPrincipal["kind"],
      partition: partition!,
      account: account!,
      name: name!,
      arn,
    };
  }
  const session = SESSION.exec(arn);
  if (session) {
    const [, partition, account, name] = session as unknown as string[];
    return { kind: "role", partition: partition!, account: account!, name: name! };
  }
  throw new LiveProblem(
    "principal",
    `${quoted(arn, 200)} is not the ARN of a role or a user`,
    suggestArn(arn),
  );
}

function suggestArn(arn: string): string {
  if (/^arn:[\w-]+:iam::\d*:root$/.test(arn)) return "an account's root user has no policies to read";
  if (/:federated-user\//.test(arn))
    return "a federated user has the policies of the user who asked for its credentials: name that user";
  if (/:(?:group|policy|instance-profile)\//.test(arn)) return "name the role or the user that calls";
  return "write `arn:aws:iam::ACCOUNT:role/NAME`, `arn:aws:iam::ACCOUNT:user/NAME` or a session of a role, `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`";
}

/** "the role `Reports`". */
export const formatFetchedPrincipal = ({ kind, name }: Pick<FetchedPrincipal, "kind" | "name">): string =>
  `the ${kind} ${quoted(name)}`;

/**
 * Checks that AWS returned the requested principal, since a name is looked up in whatever account the
 * credentials belong to. Returns its ARN. Throws `LiveProblem`.
 */
export function checkFoundArn(subject: FetchedPrincipal, found: string | undefined): string {
  if (found === undefined)
    throw new LiveProblem(
      "reply",
      `what came back of ${formatFetchedPrincipal(subject)} has no ARN`,
      "try again",
    );
  const account = found.split(":")[4];
  if (account !== subject.account)
    throw new LiveProblem(
      "principal",
      `${formatFetchedPrincipal(subject)} is in the account ${quoted(subject.account)}, and the credentials are of ${quoted(account ?? "")}`,
      "use credentials of the principal's own account: set AWS_PROFILE",
    );
  if (subject.arn !== undefined && found !== subject.arn)
    throw new LiveProblem(
      "not-found",
      `there is no ${quoted(subject.arn, 200)}: AWS has ${quoted(found, 200)} by that name`,
      "write its path and its name as AWS has them",
    );
  return found;
}

/** The Region of the IAM endpoint in each partition (AWS General Reference, "IAM endpoints and quotas"). */
const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ["aws", "us-east-1"],
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
  ["aws-iso", "us-iso-east-1"],
  ["aws-iso-b", "us-isob-east-1"],
  ["aws-iso-e", "eu-isoe-west-1"],
  ["aws-iso-f", "us-isof-south-1"],
  ["aws-eusc", "eusc-de-east-1"],
]);

/**
 * The Region of the partition's IAM endpoint; undefined for an unknown partition, for which the environment
 * has to set it.
 */
export const homeRegionOf = (partition: string): string | undefined => HOME_REGIONS.get(partition);
