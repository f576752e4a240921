import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { RecordMembers } from "../context.ts";
import { readMember } from "../context.ts";
import type { ContextRecords } from "../records.ts";
import type { ContextOutput } from "./entries.ts";
import { getRecordPlace } from "./entries.ts";

/** A position in one of several files. */
export interface FilePlace {
  file: string;
  place: Place;
}

/** An output of get-account-authorization-details, unmodified. */
export interface IamDetails {
  file: string;
  details: RecordMembers;
  /** False if the output is truncated: a role that is not in it may exist. */
  complete: boolean;
  /** The position of a part of `details`. */
  place(path: Path, at?: "key" | "value"): Place;
}

/** The control policies of one type: policy documents by level, from the root of the organization down. */
export interface PolicyLevels {
  levels: readonly (readonly RecordMembers[])[];
  /** The position of a part of `levels`. */
  place(path: Path, at?: "key" | "value"): FilePlace;
}

export interface Organization {
  serviceControlPolicies?: PolicyLevels;
  resourceControlPolicies?: PolicyLevels;
}

/** The outputs with users, groups, roles or policies. A document with several of these lists counts once. */
export function collectIamDetails(outputs: readonly ContextOutput[]): IamDetails[] {
  const sources = new Map(
    outputs.filter(({ form }) => form.kind.startsWith("iam")).map((output) => [output.source, output]),
  );
  return [...sources].map(([source, { continued }]) => ({
    file: source.file,
    details: source.document.value as RecordMembers,
    complete: continued === undefined,
    place: (path, at) => getRecordPlace({ source, path }, at),
  }));
}

/** The organization's policies; undefined if no file has any. */
export function collectOrganization(records: ContextRecords): Organization | undefined {
  const lists = [...records.allOfKind("policies")].map(
    ({ id, value, source, path }): [string, PolicyLevels] => [
      id,
      {
        levels: value as PolicyLevels["levels"],
        place: (below, at) => ({
          file: source.file,
          place: getRecordPlace({ source, path: [...path, ...below] }, at),
        }),
      },
    ],
  );
  return lists.length === 0 ? undefined : Object.fromEntries(lists);
}

const POLICIES = ["policy", "kmsKeyPolicy"];

/** Locates the parts of a policy of a bucket or its KMS key. The policy is found by identity (`===`). */
export function findBucketPolicyPlace(
  records: ContextRecords,
  policy: unknown,
): PolicyLevels["place"] | undefined {
  for (const { value, source, path } of records.allOfKind("bucket")) {
    const name = POLICIES.find((each) => policy !== undefined && readMember(value, each) === policy);
    if (name === undefined) continue;
    return (below, at) => ({
      file: source.file,
      place: getRecordPlace({ source, path: [...path, name, ...below] }, at),
    });
  }
  return undefined;
}

/** The policy of a KMS key, from the record of a bucket that is encrypted with the key. */
export function findKeyPolicy(records: ContextRecords, keyArn: string): unknown {
  for (const { value } of records.allOfKind("bucket")) {
    const policy = readMember(value, "kmsKeyArn") === keyArn ? readMember(value, "kmsKeyPolicy") : undefined;
    if (policy !== undefined && policy !== null) return policy;
  }
  return undefined;
}

/** The contents of `conditionKeys`; undefined if no file has any. */
export function collectConditionKeys(records: ContextRecords): Record<string, unknown> | undefined {
  const rows = [...records.allOfKind("conditionKey")].map(({ id, value }) => [id, value] as const);
  return rows.length === 0 ? undefined : Object.fromEntries(rows);
}
