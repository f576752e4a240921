import type { Handler, Xml } from "./server.ts";
import { fault, result } from "./server.ts";

export const ACCOUNT = "123456789012";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/storage/Reports`;

const DATE = "2026-02-03T04:05:06Z";

/** JSON in percent encoding (RFC 3986): all but letters, digits and `-_.~`, as IAM returns documents. */
export const encoded = (document: unknown): string =>
  encodeURIComponent(JSON.stringify(document)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

export const allow = (Action: string, Resource = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "storagegateway.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

export interface Role {
  arn?: string;
  inline?: Readonly<Record<string, string>>;
  attached?: readonly string[];
  boundary?: string;
  /** The number of names on a page. */
  page?: number;
}

/** Handlers of an account with one role and its policies. */
export function account(role: Role = {}): Record<string, Handler> {
  const { arn = ROLE, inline = {}, attached = [], boundary, page = 100 } = role;
  const RoleName = arn.split("/").at(-1)!;
  const own =
    (answer: Handler): Handler =>
    (input, asked) =>
      input.get("RoleName") === RoleName
        ? answer(input, asked)
        : fault(404, "NoSuchEntity", `The role with name ${input.get("RoleName")} cannot be found.`);
  const paged =
    (action: string, member: string, items: readonly Xml[]): Handler =>
    (input) => {
      const start = Number(input.get("Marker")?.replace("from ", "") ?? 0);
      const end = start + page;
      const more = end < items.length;
      return result(action, {
        [member]: items.slice(start, end),
        IsTruncated: more,
        ...(more && { Marker: `from ${end}` }),
      });
    };
  const attachedXml = attached.map((PolicyArn) => ({ PolicyName: PolicyArn.split("/").at(-1)!, PolicyArn }));
  return {
    GetRole: own(() =>
      result("GetRole", {
        Role: {
          Path: "/storage/",
          RoleName,
          RoleId: "AROAEXAMPLE",
          Arn: arn,
          CreateDate: DATE,
          AssumeRolePolicyDocument: encoded(TRUST),
          ...(boundary && {
            PermissionsBoundary: {
              PermissionsBoundaryType: "Policy",
              PermissionsBoundaryArn: boundary,
            },
          }),
          Tags: [
            { Key: "team", Value: "storage" },
            { Key: "cost", Value: "42" },
          ],
          RoleLastUsed: { LastUsedDate: DATE, Region: "eu-west-1" },
        },
      }),
    ),
    ListRolePolicies: own(paged("ListRolePolicies", "PolicyNames", Object.keys(inline))),
    GetRolePolicy: own((input) =>
      result("GetRolePolicy", {
        RoleName,
        PolicyName: input.get("PolicyName")!,
        PolicyDocument: inline[input.get("PolicyName")!]!,
      }),
    ),
    ListAttachedRolePolicies: own(paged("ListAttachedRolePolicies", "AttachedPolicies", attachedXml)),
    GetPolicy: (input) =>
      result("GetPolicy", {
        Policy: {
          PolicyName: input.get("PolicyArn")!.split("/").at(-1)!,
          PolicyId: "ANPAEXAMPLE",
          Arn: input.get("PolicyArn")!,
          Path: "/",
          DefaultVersionId: "v3",
          AttachmentCount: "7",
        },
      }),
    GetPolicyVersion: (input) =>
      result("GetPolicyVersion", {
        PolicyVersion: {
          Document: encoded(allow("s3:Get*")),
          VersionId: input.get("VersionId")!,
          IsDefaultVersion: true,
          CreateDate: DATE,
        },
      }),
  };
}

/** An environment in which the SDK finds the test's server and nothing else. */
export const environment = (url: string) => ({
  AWS_ENDPOINT_URL_IAM: url,
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLEKEY",
  AWS_SECRET_ACCESS_KEY: "a-secret-that-nobody-prints",
  AWS_SESSION_TOKEN: "a-token-that-nobody-prints",
  ...ISOLATED,
});

/** Keeps the SDK from the machine's own profiles, region and metadata service. */
export const ISOLATED = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "nowhere/credentials",
};
