import { quoted } from "../../diagnostics/text.ts";
import type { Calls } from "./calls.ts";
import { fetchAllPages } from "./calls.ts";
import type { Boundary, GroupDetail, PolicyDetail, RoleDetail, Tag, UserDetail } from "./details.ts";
import { formatCreateDate, sortBy } from "./details.ts";
import { decodeDocument } from "./document.ts";
import type { PolicyHolder } from "./holders.ts";
import { fetchAttachedPolicies, fetchInlinePolicies, POLICY_HOLDERS } from "./holders.ts";
import type { FetchedPrincipal } from "./principal.ts";
import { checkFoundArn, formatFetchedPrincipal } from "./principal.ts";
import { LiveProblem } from "./problem.ts";

/**
 * Reads users, groups, roles and policies of one partition, each of them once. Every method throws
 * `LiveProblem`.
 */
export class IamReader {
  readonly #calls: Calls;
  readonly #groups = new Map<string, Promise<GroupDetail>>();
  readonly #policies = new Map<string, Promise<PolicyDetail>>();

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async readRole(subject: FetchedPrincipal): Promise<RoleDetail> {
    const about = formatFetchedPrincipal(subject);
    const { Role: role } = await this.#calls.call("GetRole", { RoleName: subject.name }, about);
    const Arn = checkFoundArn(subject, role?.Arn);
    const own = await this.#own(POLICY_HOLDERS.role, role!.RoleName ?? subject.name, readBoundary(role!));
    return {
      Path: role!.Path ?? "/",
      RoleName: role!.RoleName ?? subject.name,
      RoleId: role!.RoleId ?? "",
      Arn,
      ...formatCreateDate(role!.CreateDate),
      AssumeRolePolicyDocument: decodeDocument(
        role!.AssumeRolePolicyDocument,
        `the trust policy of ${about}`,
      ),
      RolePolicyList: own.inline,
      AttachedManagedPolicies: own.attached,
      ...own.boundary,
      Tags: readTags(role!),
    };
  }

  async readUser(subject: FetchedPrincipal): Promise<UserDetail> {
    const { User: user } = await this.#calls.call(
      "GetUser",
      { UserName: subject.name },
      formatFetchedPrincipal(subject),
    );
    const Arn = checkFoundArn(subject, user?.Arn);
    const [own, groups] = await Promise.all([
      this.#own(POLICY_HOLDERS.user, subject.name, readBoundary(user!)),
      this.#groupsOf(subject),
    ]);
    return {
      Path: user!.Path ?? "/",
      UserName: user!.UserName ?? subject.name,
      UserId: user!.UserId ?? "",
      Arn,
      ...formatCreateDate(user!.CreateDate),
      UserPolicyList: own.inline,
      GroupList: groups.map(({ GroupName }) => GroupName),
      AttachedManagedPolicies: own.attached,
      ...own.boundary,
      Tags: readTags(user!),
    };
  }

  /** The groups that were read for the users so far. */
  async listGroups(): Promise<GroupDetail[]> {
    return sortBy(await collectFulfilled(this.#groups.values()), ({ Arn }) => Arn);
  }

  /** The managed policies that were read for the principals so far. */
  async listPolicies(): Promise<PolicyDetail[]> {
    return sortBy(await collectFulfilled(this.#policies.values()), ({ Arn }) => Arn);
  }

  async #groupsOf({ kind, name }: FetchedPrincipal): Promise<GroupDetail[]> {
    const pages = await fetchAllPages("ListGroupsForUser", (marker) =>
      this.#calls.call(
        "ListGroupsForUser",
        { UserName: name, ...marker },
        formatFetchedPrincipal({ kind, name }),
      ),
    );
    const groups = pages.flatMap(({ Groups }) => Groups ?? []);
    const read = groups.map((group) => readOnce(this.#groups, group.Arn ?? "", () => this.#group(group)));
    return sortBy(await Promise.all(read), ({ GroupName }) => GroupName);
  }

  async #group(group: {
    Path?: string | undefined;
    GroupName?: string | undefined;
    GroupId?: string | undefined;
    Arn?: string | undefined;
    CreateDate?: Date | undefined;
  }): Promise<GroupDetail> {
    const { Path = "/", GroupName, GroupId = "", Arn } = group;
    if (GroupName === undefined || Arn === undefined)
      throw new LiveProblem("reply", "a group came without its name or ARN", "try again");
    const { inline, attached } = await this.#own(POLICY_HOLDERS.group, GroupName, undefined);
    return {
      Path,
      GroupName,
      GroupId,
      Arn,
      ...formatCreateDate(group.CreateDate),
      GroupPolicyList: inline,
      AttachedManagedPolicies: attached,
    };
  }

  /** The policies of a user, group or role. Attached managed policies are read, too. */
  async #own(holder: PolicyHolder, name: string, boundary: Boundary | undefined) {
    const [inline, attached] = await Promise.all([
      fetchInlinePolicies(this.#calls, holder, name),
      fetchAttachedPolicies(this.#calls, holder, name),
    ]);
    const arns = attached.map(({ PolicyArn }) => PolicyArn);
    if (boundary) arns.push(boundary.PermissionsBoundaryArn);
    await Promise.all(arns.map((arn) => readOnce(this.#policies, arn, () => this.#policy(arn))));
    return { inline, attached, boundary: boundary ? { PermissionsBoundary: boundary } : {} };
  }

  async #policy(arn: string): Promise<PolicyDetail> {
    const about = `the policy ${quoted(arn, 200)}`;
    const { Policy: policy } = await this.#calls.call("GetPolicy", { PolicyArn: arn }, about);
    const VersionId = policy?.DefaultVersionId;
    if (VersionId === undefined)
      throw new LiveProblem("reply", `${about} came without its default version`, "try again");
    const input = { PolicyArn: arn, VersionId };
    const { PolicyVersion: version } = await this.#calls.call("GetPolicyVersion", input, about);
    return {
      PolicyName: policy!.PolicyName ?? "",
      PolicyId: policy!.PolicyId ?? "",
      Arn: arn,
      Path: policy!.Path ?? "/",
      DefaultVersionId: VersionId,
      PolicyVersionList: [
        {
          Document: decodeDocument(version?.Document, about),
          VersionId,
          IsDefaultVersion: true,
          ...formatCreateDate(version?.CreateDate),
        },
      ],
    };
  }
}

/** Failures are left out here: they are reported for the principal that needed the value. */
async function collectFulfilled<T>(promises: Iterable<Promise<T>>): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** Shares one request among all that need the same group or policy. */
function readOnce<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

interface WithBoundary {
  PermissionsBoundary?:
    | { PermissionsBoundaryType?: string | undefined; PermissionsBoundaryArn?: string | undefined }
    | undefined;
}

function readBoundary({ PermissionsBoundary: boundary }: WithBoundary): Boundary | undefined {
  if (!boundary) return undefined;
  const { PermissionsBoundaryType = "Policy", PermissionsBoundaryArn } = boundary;
  // A boundary without an ARN limits permissions in an unknown way.
  if (PermissionsBoundaryArn === undefined)
    throw new LiveProblem("reply", "a permissions boundary came without its ARN", "try again");
  return { PermissionsBoundaryType, PermissionsBoundaryArn };
}

interface WithTags {
  Tags?: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;
}

const readTags = ({ Tags = [] }: WithTags): Tag[] =>
  sortBy(
    Tags.map(({ Key = "", Value = "" }) => ({ Key, Value })),
    ({ Key }) => Key,
  );
