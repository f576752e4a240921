/**
 * What get-account-authorization-details prints, as far as it says who may do what (API reference,
 * GetAccountAuthorizationDetails). What changes from one call to the next, as when a role was last used, is left
 * out: the same policies must make the same file.
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

/** By code unit, not by locale: the same file on every machine. */
export const sortedBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));

/** A time as the AWS CLI prints it. */
export const timeText = (date: Date | undefined): { CreateDate?: string } =>
  date === undefined || Number.isNaN(date.getTime())
    ? {}
    : { CreateDate: date.toISOString().replace(/(?:\.000)?Z$/, "+00:00") };
