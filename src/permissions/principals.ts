import type { IamDetails } from "../context/load/policies.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import type { PolicySet } from "../iam/evaluation/decision.ts";
import type { Policy, PolicyKind } from "../iam/policy.ts";
import { readPolicy } from "../iam/read/index.ts";
import type { IamRecord } from "./details.ts";
import { filterObjects, IamRecordIndex } from "./details.ts";
import { createMissingPolicies, PRINT_ALL, quoteLong } from "./findings/text.ts";
import type { TemplatePrincipal } from "./template-principal.ts";
import type { PolicyGap } from "./unknown-policy.ts";
import { createUnknownPolicy } from "./unknown-policy.ts";

export type PrincipalKind = "user" | "role" | "session" | "root";

/** A principal, with its policies from the IAM details. */
export interface KnownPrincipal {
  /** The requested ARN, which may be that of a session. */
  arn: string;
  kind: PrincipalKind;
  account: string;
  /** ARN of the user or role, including its path. */
  ownArn: string;
  name: string;
  policies: Pick<PolicySet, "identity" | "boundary">;
  /** Set for one that a template defines: its account, and perhaps its name, aren't known, so the ARN is made up. */
  template?: TemplatePrincipal;
  /** The tags of the user or role, by key in lower case; undefined if the details don't say. */
  tags?: ReadonlyMap<string, string>;
}

/** A parsed principal ARN. */
interface ParsedPrincipalArn {
  kind: PrincipalKind;
  account: string;
  name: string;
}

const PRINCIPAL_FORMS: readonly (readonly [RegExp, PrincipalKind])[] = [
  [/^arn:[\w-]+:iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/, "user"],
  [/^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/, "role"],
  [/^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/, "session"],
  [/^arn:[\w-]+:iam::(\d{12}):(root)$/, "root"],
];

function parsePrincipalArn(arn: string): ParsedPrincipalArn | undefined {
  for (const [form, kind] of PRINCIPAL_FORMS) {
    const [, account, name] = form.exec(arn) ?? [];
    if (account !== undefined && name !== undefined) return { kind, account, name };
  }
  return undefined;
}

/** Tag keys ignore case (IAM user guide, "Tags for IAM resources"). */
function readTags(tags: unknown): ReadonlyMap<string, string> | undefined {
  if (!Array.isArray(tags)) return undefined;
  const rows = filterObjects(tags).map(({ Key: key, Value: value }) => [String(key).toLowerCase(), value]);
  return new Map(rows.filter((row): row is [string, string] => typeof row[1] === "string"));
}

/** The policies of users and roles. Read on first use, and cached. */
export class PrincipalIndex {
  readonly #details: IamRecordIndex;
  readonly #principals = new Map<string, KnownPrincipal | PolicyGap>();
  readonly #policies = new Map<string, Policy>();
  readonly #trusts = new Map<IamRecord, Policy>();
  readonly #ofAws = new Set<Policy>();

  constructor(outputs: readonly IamDetails[]) {
    this.#details = new IamRecordIndex(outputs);
  }

  /** Finds the principal, or the fact that is missing. */
  findPrincipal(arn: string): KnownPrincipal | PolicyGap {
    const known = this.#principals.get(arn) ?? this.#read(arn);
    this.#principals.set(arn, known);
    return known;
  }

  /** Whether AWS manages the policy, in which case users can't fix it. */
  isAwsManaged(policy: Policy): boolean {
    return this.#ofAws.has(policy);
  }

  /** Finds a role's trust policy, or the fact that is missing. */
  findTrustPolicy(arn: string): Policy | PolicyGap {
    const detail = this.#details.findByArn(arn);
    if (!detail) return this.#notFound(arn, "role");
    const known = this.#trusts.get(detail);
    if (known) return known;
    const key = "AssumeRolePolicyDocument";
    const name = `the trust policy of role ${quoted(nameFromArn(arn))}`;
    const trust = Object.hasOwn(detail.record, key)
      ? readPolicyAt(detail, [key], { kind: "trust", name })
      : createUnknownPolicy("trust", name, {
          message: `${name} is not in the output`,
          help: PRINT_ALL,
          missing: [createMissingPolicies(arn)],
        });
    this.#trusts.set(detail, trust);
    return trust;
  }

  #read(arn: string): KnownPrincipal | PolicyGap {
    const named = parsePrincipalArn(arn);
    if (!named) {
      const help = "give the ARN of a user, a role or a role session";
      return { message: `${quoteLong(arn)} is not the ARN of a user, a role or a role session`, help };
    }
    const { kind, account, name } = named;
    if (kind === "root") return { arn, kind, account, name, ownArn: arn, policies: {} };
    const type = kind === "user" ? "user" : "role";
    const detail =
      kind === "session" ? this.#details.findByName("role", account, name) : this.#details.findByArn(arn);
    if (!detail) return this.#notFound(arn, type);
    const ownArn = String(detail.record.Arn);
    const policies = this.#policiesOf(detail, { type, account, name });
    const tags = readTags(detail.record.Tags);
    return { arn, kind, account, name, ownArn, policies, ...(tags && { tags }) };
  }

  /** An output may cover only a part of the account, so a principal that isn't in it may still exist. */
  #notFound(arn: string, type: "user" | "role"): PolicyGap {
    const named = parsePrincipalArn(arn);
    const near = named && this.#details.findByName(type, named.account, named.name)?.record.Arn;
    const what = this.#details.isComplete
      ? "is not in the IAM details"
      : "is not in the IAM details, which go on";
    const help =
      typeof near === "string" && near !== arn
        ? `there is ${quoteLong(near)}: check the path in the ARN`
        : PRINT_ALL;
    return { message: `the ${type} ${quoteLong(arn)} ${what}`, help, missing: [createMissingPolicies(arn)] };
  }

  #policiesOf(detail: IamRecord, owner: PolicyOwner): KnownPrincipal["policies"] {
    const { record } = detail;
    const whose = `${owner.type} ${quoted(owner.name)}`;
    const own = owner.type === "user" ? "UserPolicyList" : "RolePolicyList";
    const identity = [
      ...this.#inline(detail, own, whose),
      ...this.#attached(detail, whose),
      ...(owner.type === "user" ? this.#ofGroups(record.GroupList, owner.account) : []),
    ];
    const boundary = this.#boundary(record.PermissionsBoundary, whose);
    return { identity, ...(boundary && { boundary }) };
  }

  #inline(detail: IamRecord, list: string, whose: string): Policy[] {
    return filterObjects(detail.record[list]).map(({ PolicyName: name }, index) =>
      readPolicyAt(detail, [list, index, "PolicyDocument"], {
        kind: "identity",
        name: `inline policy ${quoted(textOrUnnamed(name))} of ${whose}`,
      }),
    );
  }

  #attached({ record }: IamRecord, whose: string): Policy[] {
    return filterObjects(record.AttachedManagedPolicies).map(({ PolicyArn: arn }) =>
      this.#managed("identity", textOrUnnamed(arn), (name) => `managed policy ${quoted(name)} of ${whose}`),
    );
  }

  #ofGroups(groups: unknown, account: string): Policy[] {
    const names = Array.isArray(groups) ? groups.filter((group) => typeof group === "string") : [];
    return names.flatMap((name) => {
      const whose = `group ${quoted(name)}`;
      const group = this.#details.findByName("group", account, name);
      if (group) return [...this.#inline(group, "GroupPolicyList", whose), ...this.#attached(group, whose)];
      const gap = {
        message: `the ${whose} is not in the IAM details`,
        help: PRINT_ALL,
        missing: [createMissingPolicies(name)],
      };
      return [createUnknownPolicy("identity", `the policies of ${whose}`, gap)];
    });
  }

  #boundary(given: unknown, whose: string): Policy | undefined {
    if (given === undefined || given === null) return undefined;
    const arn = textOrUnnamed((given as Record<string, unknown>).PermissionsBoundaryArn);
    return this.#managed("boundary", arn, (name) => `permissions boundary ${quoted(name)} of ${whose}`);
  }

  /** The managed policy of a principal that a template defines. */
  findManagedPolicy(kind: PolicyKind, arn: string, whose: string): Policy {
    const noun = kind === "boundary" ? "permissions boundary" : "managed policy";
    return this.#managed(kind, arn, (name) => `${noun} ${quoted(name)} of ${whose}`);
  }

  /** Reads the default version of a managed policy. */
  #managed(kind: PolicyKind, arn: string, nameFor: (name: string) => string): Policy {
    const name = nameFor(nameFromArn(arn));
    const key = `${kind} ${arn} ${name}`;
    const known = this.#policies.get(key);
    if (known) return known;
    const detail = this.#details.findByArn(arn);
    const policy =
      (detail && readDefaultVersion(detail, { kind, name })) ?? createUnprintedPolicy(kind, name, arn);
    this.#policies.set(key, policy);
    if (isAwsManagedArn(arn)) this.#ofAws.add(policy);
    return policy;
  }
}

const isAwsManagedArn = (arn: string): boolean => /^arn:[\w-]+:iam::aws:/.test(arn);

interface PolicyOwner {
  type: "user" | "role";
  account: string;
  name: string;
}

const textOrUnnamed = (value: unknown): string => (typeof value === "string" ? value : "(unnamed)");

const nameFromArn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

function readPolicyAt(detail: IamRecord, path: Path, about: { kind: PolicyKind; name: string }): Policy {
  let document: unknown = detail.record;
  for (const part of path) document = (document as Record<string | number, unknown>)[part];
  return readPolicy(document, {
    ...about,
    // A policy that is given as text has no places for its parts.
    place: (below, at) =>
      typeof document === "string" ? detail.place(path) : detail.place([...path, ...below], at),
  });
}

function readDefaultVersion(
  detail: IamRecord,
  about: { kind: PolicyKind; name: string },
): Policy | undefined {
  const { PolicyVersionList: versions, DefaultVersionId: id } = detail.record;
  const index = filterObjects(versions).findIndex(
    ({ IsDefaultVersion: isDefault, VersionId: own }) =>
      isDefault === true || (own !== undefined && own === id),
  );
  const hasDocument = index >= 0 && Object.hasOwn(filterObjects(versions)[index]!, "Document");
  return hasDocument ? readPolicyAt(detail, ["PolicyVersionList", index, "Document"], about) : undefined;
}

function createUnprintedPolicy(kind: PolicyKind, name: string, arn: string): Policy {
  const filter = isAwsManagedArn(arn) ? "AWSManagedPolicy" : "LocalManagedPolicy";
  return createUnknownPolicy(kind, name, {
    message: `the policy ${quoteLong(arn)} is not in the IAM details`,
    help: `print it too, with \`${filter}\` among the filters: ${PRINT_ALL}`,
    missing: [createMissingPolicies(arn)],
  });
}
