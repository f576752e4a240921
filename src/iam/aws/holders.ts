import { quoted } from "../../diagnostics/text.ts";
import type { Calls } from "./calls.ts";
import { fetchAllPages } from "./calls.ts";
import type { AttachedPolicy, InlinePolicy } from "./details.ts";
import { sortBy } from "./details.ts";
import { decodeDocument } from "./document.ts";
import { LiveProblem } from "./problem.ts";

interface PolicyPage {
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}

type Marker = { Marker?: string };

/**
 * A kind of policy holder, and the calls that read its policies. The calls of all kinds have the same shape
 * under different names.
 */
export interface PolicyHolder {
  kind: "role" | "user" | "group";
  listInlineOperation: string;
  listInlineNames(
    calls: Calls,
    holder: string,
    marker: Marker,
  ): Promise<PolicyPage & { PolicyNames: string[] | undefined }>;
  getInlineDocument(
    calls: Calls,
    holder: string,
    policy: string,
  ): Promise<{ PolicyDocument: string | undefined }>;
  listAttachedOperation: string;
  listAttachedPolicies(
    calls: Calls,
    holder: string,
    marker: Marker,
  ): Promise<
    PolicyPage & {
      AttachedPolicies?: { PolicyName?: string | undefined; PolicyArn?: string | undefined }[] | undefined;
    }
  >;
}

const formatHolder = (kind: string, name: string): string => `the ${kind} ${quoted(name)}`;

export const POLICY_HOLDERS: Readonly<Record<PolicyHolder["kind"], PolicyHolder>> = {
  role: {
    kind: "role",
    listInlineOperation: "ListRolePolicies",
    listInlineNames: (calls, RoleName, marker) =>
      calls.call("ListRolePolicies", { RoleName, ...marker }, formatHolder("role", RoleName)),
    getInlineDocument: (calls, RoleName, PolicyName) =>
      calls.call("GetRolePolicy", { RoleName, PolicyName }, formatHolder("role", RoleName)),
    listAttachedOperation: "ListAttachedRolePolicies",
    listAttachedPolicies: (calls, RoleName, marker) =>
      calls.call("ListAttachedRolePolicies", { RoleName, ...marker }, formatHolder("role", RoleName)),
  },
  user: {
    kind: "user",
    listInlineOperation: "ListUserPolicies",
    listInlineNames: (calls, UserName, marker) =>
      calls.call("ListUserPolicies", { UserName, ...marker }, formatHolder("user", UserName)),
    getInlineDocument: (calls, UserName, PolicyName) =>
      calls.call("GetUserPolicy", { UserName, PolicyName }, formatHolder("user", UserName)),
    listAttachedOperation: "ListAttachedUserPolicies",
    listAttachedPolicies: (calls, UserName, marker) =>
      calls.call("ListAttachedUserPolicies", { UserName, ...marker }, formatHolder("user", UserName)),
  },
  group: {
    kind: "group",
    listInlineOperation: "ListGroupPolicies",
    listInlineNames: (calls, GroupName, marker) =>
      calls.call("ListGroupPolicies", { GroupName, ...marker }, formatHolder("group", GroupName)),
    getInlineDocument: (calls, GroupName, PolicyName) =>
      calls.call("GetGroupPolicy", { GroupName, PolicyName }, formatHolder("group", GroupName)),
    listAttachedOperation: "ListAttachedGroupPolicies",
    listAttachedPolicies: (calls, GroupName, marker) =>
      calls.call("ListAttachedGroupPolicies", { GroupName, ...marker }, formatHolder("group", GroupName)),
  },
};

export async function fetchInlinePolicies(
  calls: Calls,
  holder: PolicyHolder,
  name: string,
): Promise<InlinePolicy[]> {
  const pages = await fetchAllPages(holder.listInlineOperation, (marker) =>
    holder.listInlineNames(calls, name, marker),
  );
  const names = sortBy(
    pages.flatMap((page) => page.PolicyNames ?? []),
    (policy) => policy,
  );
  return Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await holder.getInlineDocument(calls, name, PolicyName);
      const about = `the inline policy ${quoted(PolicyName)} of the ${holder.kind} ${quoted(name)}`;
      return { PolicyName, PolicyDocument: decodeDocument(PolicyDocument, about) };
    }),
  );
}

export async function fetchAttachedPolicies(
  calls: Calls,
  holder: PolicyHolder,
  name: string,
): Promise<AttachedPolicy[]> {
  const pages = await fetchAllPages(holder.listAttachedOperation, (marker) =>
    holder.listAttachedPolicies(calls, name, marker),
  );
  const attached = pages.flatMap((page) => page.AttachedPolicies ?? []);
  return sortBy(
    attached.map(({ PolicyName = "", PolicyArn }) => {
      if (PolicyArn !== undefined) return { PolicyName, PolicyArn };
      const message = `a policy attached to the ${holder.kind} ${quoted(name)} came without its ARN`;
      throw new LiveProblem("reply", message, "try again");
    }),
    ({ PolicyArn }) => PolicyArn,
  );
}
