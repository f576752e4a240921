import { quoted } from "../../diagnostics/text.ts";
import type { Calls } from "./calls.ts";
import { allPages } from "./calls.ts";
import type { AttachedPolicy, InlinePolicy } from "./details.ts";
import { sortedBy } from "./details.ts";
import { decodeDocument } from "./document.ts";
import { LiveProblem } from "./problem.ts";

interface Page {
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}

type Marker = { Marker?: string };

/**
 * A kind of policy holder, and the calls that read its policies. The calls of all kinds have the same shape
 * under different names.
 */
export interface Holder {
  kind: "role" | "user" | "group";
  listInline: string;
  names(calls: Calls, holder: string, marker: Marker): Promise<Page & { PolicyNames: string[] | undefined }>;
  document(calls: Calls, holder: string, policy: string): Promise<{ PolicyDocument: string | undefined }>;
  listAttached: string;
  attached(
    calls: Calls,
    holder: string,
    marker: Marker,
  ): Promise<
    Page & {
      AttachedPolicies?: { PolicyName?: string | undefined; PolicyArn?: string | undefined }[] | undefined;
    }
  >;
}

const titled = (kind: string, name: string): string => `the ${kind} ${quoted(name)}`;

export const HOLDERS: Readonly<Record<Holder["kind"], Holder>> = {
  role: {
    kind: "role",
    listInline: "ListRolePolicies",
    names: (calls, RoleName, marker) =>
      calls.call("ListRolePolicies", { RoleName, ...marker }, titled("role", RoleName)),
    document: (calls, RoleName, PolicyName) =>
      calls.call("GetRolePolicy", { RoleName, PolicyName }, titled("role", RoleName)),
    listAttached: "ListAttachedRolePolicies",
    attached: (calls, RoleName, marker) =>
      calls.call("ListAttachedRolePolicies", { RoleName, ...marker }, titled("role", RoleName)),
  },
  user: {
    kind: "user",
    listInline: "ListUserPolicies",
    names: (calls, UserName, marker) =>
      calls.call("ListUserPolicies", { UserName, ...marker }, titled("user", UserName)),
    document: (calls, UserName, PolicyName) =>
      calls.call("GetUserPolicy", { UserName, PolicyName }, titled("user", UserName)),
    listAttached: "ListAttachedUserPolicies",
    attached: (calls, UserName, marker) =>
      calls.call("ListAttachedUserPolicies", { UserName, ...marker }, titled("user", UserName)),
  },
  group: {
    kind: "group",
    listInline: "ListGroupPolicies",
    names: (calls, GroupName, marker) =>
      calls.call("ListGroupPolicies", { GroupName, ...marker }, titled("group", GroupName)),
    document: (calls, GroupName, PolicyName) =>
      calls.call("GetGroupPolicy", { GroupName, PolicyName }, titled("group", GroupName)),
    listAttached: "ListAttachedGroupPolicies",
    attached: (calls, GroupName, marker) =>
      calls.call("ListAttachedGroupPolicies", { GroupName, ...marker }, titled("group", GroupName)),
  },
};

export async function inlineOf(calls: Calls, holder: Holder, name: string): Promise<InlinePolicy[]> {
  const pages = await allPages(holder.listInline, (marker) => holder.names(calls, name, marker));
  const names = sortedBy(
    pages.flatMap((page) => page.PolicyNames ?? []),
    (policy) => policy,
  );
  return Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await holder.document(calls, name, PolicyName);
      const about = `the inline policy ${quoted(PolicyName)} of the ${holder.kind} ${quoted(name)}`;
      return { PolicyName, PolicyDocument: decodeDocument(PolicyDocument, about) };
    }),
  );
}

export async function attachedTo(calls: Calls, holder: Holder, name: string): Promise<AttachedPolicy[]> {
  const pages = await allPages(holder.listAttached, (marker) => holder.attached(calls, name, marker));
  const attached = pages.flatMap((page) => page.AttachedPolicies ?? []);
  return sortedBy(
    attached.map(({ PolicyName = "", PolicyArn }) => {
      if (PolicyArn !== undefined) return { PolicyName, PolicyArn };
      const message = `a policy attached to the ${holder.kind} ${quoted(name)} came without its ARN`;
      throw new LiveProblem("reply", message, "try again");
    }),
    ({ PolicyArn }) => PolicyArn,
  );
}
