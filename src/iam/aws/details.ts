/**
 * The parts of `get-account-authorization-details` output that determine permissions (IAM API reference,
 * GetAccountAuthorizationDetails). Volatile fields, such as when a role was last used, are left out so that
 * the same policies produce the same file.
 */
export interface AuthorizationDetails {
  UserDetailList: UserDetail[];
  GroupDetailList: GroupDetail[];
  RoleDetailList: RoleDetail[];
  Policies: PolicyDetail[];
}

export interface InlinePolicy {
  PolicyName: string;
  PolicyDocument: unknown;
}

export interface AttachedPolicy {
  PolicyName: string;
  PolicyArn: string;
}

export interface Boundary {
  PermissionsBoundaryType: string;
  PermissionsBoundaryArn: string;
}

export interface Tag {
  Key: string;
  Value: string;
}

export interface UserDetail {
  Path: string;
  UserName: string;
  UserId: string;
  Arn: string;
  CreateDate?: string;
  UserPolicyList: InlinePolicy[];
  GroupList: string[];
  AttachedManagedPolicies: AttachedPolicy[];
  PermissionsBoundary?: Boundary;
  Tags: Tag[];
}

export interface GroupDetail {
  Path: string;
  GroupName: string;
  GroupId: string;
  Arn: string;
  CreateDate?: string;
  GroupPolicyList: InlinePolicy[];
  AttachedManagedPolicies: AttachedPolicy[];
}

export interface RoleDetail {
  Path: string;
  RoleName: string;
  RoleId: string;
  Arn: string;
  CreateDate?: string;
  AssumeRolePolicyDocument: unknown;
  RolePolicyList: InlinePolicy[];
  AttachedManagedPolicies: AttachedPolicy[];
  PermissionsBoundary?: Boundary;
  Tags: Tag[];
}

export interface PolicyDetail {
  PolicyName: string;
  PolicyId: string;
  Arn: string;
  Path: string;
  DefaultVersionId: string;
  PolicyVersionList: PolicyVersionDetail[];
}

export interface PolicyVersionDetail {
  Document: unknown;
  VersionId: string;
  IsDefaultVersion: true;
  CreateDate?: string;
}

/** Sorts by code unit rather than by locale, so that the order is the same on every machine. */
export const sortBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));

/** Formats a time as the AWS CLI prints it; empty for an invalid date. */
export const formatCreateDate = (date: Date | undefined): { CreateDate?: string } =>
  date === undefined || Number.isNaN(date.getTime())
    ? {}
    : { CreateDate: date.toISOString().replace(/(?:\.000)?Z$/, "+00:00") };
