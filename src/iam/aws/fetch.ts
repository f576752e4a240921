import { quoted } from "../../diagnostics/text.ts";
import type { Calls } from "./calls.ts";
import { allPages } from "./calls.ts";
import type { Boundary, GroupDetail, PolicyDetail, RoleDetail, Tag, UserDetail } from "./details.ts";
import { sortedBy, timeText } from "./details.ts";
import { decodeDocument } from "./document.ts";
import type { Holder } from "./holders.ts";
import { attachedTo, HOLDERS, inlineOf } from "./holders.ts";
import type { Subject } from "./principal.ts";
import { checkFound, named } from "./principal.ts";
import { LiveProblem } from "./problem.ts";

/**
 * Reads users, groups, roles and policies of one partition, each of them once. Every method throws
 * `LiveProblem`.
 */
export class Reader {
  readonly #calls: Calls;
  readonly #groups = new Map<string, Promise<GroupDetail>>();
  readonly #policies = new Map<string, Promise<PolicyDetail>>();

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async role(subject: Subject): Promise<RoleDetail> {
    const about = named(subject);
    const { Role: role } = await this.#calls.call("GetRole", { RoleName: subject.name }, about);
    const Arn = checkFound(subject, role?.Arn);
    const own = await this.#own(HOLDERS.role, role!.RoleName ?? subject.name, boundaryOf(role!));
    return {
      Path: role!.Path ?? "/",
      RoleName: role!.RoleName ?? subject.name,
      RoleId: role!.RoleId ?? "",
      Arn,
      ...timeText(role!.CreateDate),
      AssumeRolePolicyDocument: decodeDocument(
        role!.AssumeRolePolicyDocument,
        `the trust policy of ${about}`,
      ),
      RolePolicyList: own.inline,
      AttachedManagedPolicies: own.attached,
      ...own.boundary,
      Tags: tagsOf(role!),
    };
  }

  async user(subject: Subject): Promise<UserDetail> {
    const { User: user } = await this.#calls.call("GetUser", { UserName: subject.name }, named(subject));
    const Arn = checkFound(subject, user?.Arn);
    const [own, groups] = await Promise.all([
      this.#own(HOLDERS.user, subject.name, boundaryOf(user!)),
      this.#groupsOf(subject),
    ]);
    return {
      Path: user!.Path ?? "/",
      UserName: user!.UserName ?? subject.name,
      UserId: user!.UserId ?? "",
      Arn,
      ...timeText(user!.CreateDate),
      UserPolicyList: own.inline,
      GroupList: groups.map(({ GroupName }) => GroupName),
      AttachedManagedPolicies: own.attached,
      ...own.boundary,
      Tags: tagsOf(user!),
    };
  }

  /** The groups that were read for the users so far. */
  async groups(): Promise<GroupDetail[]> {
    return sortedBy(await thatCame(this.#groups.values()), ({ Arn }) => Arn);
  }

  /** The managed policies that were read for the principals so far. */
  async policies(): Promise<PolicyDetail[]> {
    return sortedBy(await thatCame(this.#policies.values()), ({ Arn }) => Arn);
  }

  async #groupsOf({ kind, name }: Subject): Promise<GroupDetail[]> {
    const pages = await allPages("ListGroupsForUser", (marker) =>
      this.#calls.call("ListGroupsForUser", { UserName: name, ...marker }, named({ kind, name })),
    );
    const groups = pages.flatMap(({ Groups }) => Groups ?? []);
    const read = groups.map((group) => once(this.#groups, group.Arn ?? "", () => this.#group(group)));
    return sortedBy(await Promise.all(read), ({ GroupName }) => GroupName);
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
    const { inline, attached } = await this.#own(HOLDERS.group, GroupName, undefined);
    return {
      Path,
      GroupName,
      GroupId,
      Arn,
      ...timeText(group.CreateDate),
      GroupPolicyList: inline,
      AttachedManagedPolicies: attached,
    };
  }

  /** The policies of a user, group or role. Attached managed policies are read, too. */
  async #own(holder: Holder, name: string, boundary: Boundary | undefined) {
    const [inline, attached] = await Promise.all([
      inlineOf(this.#calls, holder, name),
      attachedTo(this.#calls, holder, name),
    ]);
    const arns = attached.map(({ PolicyArn }) => PolicyArn);
    if (boundary) arns.push(boundary.PermissionsBoundaryArn);
    await Promise.all(arns.map((arn) => once(this.#policies, arn, () => this.#policy(arn))));
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
          ...timeText(version?.CreateDate),
        },
      ],
    };
  }
}

/** Failures are left out here: they are reported for the principal that needed the value. */
async function thatCame<T>(promises: Iterable<Promise<T>>): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** Shares one request among all that need the same group or policy. */
function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

interface Bounded {
  PermissionsBoundary?:
    | { PermissionsBoundaryType?: string | undefined; PermissionsBoundaryArn?: string | undefined }
    | undefined;
}

function boundaryOf({ PermissionsBoundary: boundary }: Bounded): Boundary | undefined {
  if (!boundary) return undefined;
  const { PermissionsBoundaryType = "Policy", PermissionsBoundaryArn } = boundary;
  // A boundary without an ARN limits permissions in an unknown way.
  if (PermissionsBoundaryArn === undefined)
    throw new LiveProblem("reply", "a permissions boundary came without its ARN", "try again");
  return { PermissionsBoundaryType, PermissionsBoundaryArn };
}

interface Tagged {
  Tags?: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;
}

const tagsOf = ({ Tags = [] }: Tagged): Tag[] =>
  sortedBy(
    Tags.map(({ Key = "", Value = "" }) => ({ Key, Value })),
    ({ Key }) => Key,
  );
