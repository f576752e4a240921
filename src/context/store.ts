import { quoted } from "../diagnostics/text.ts";
import type { ContextFault, ContextName, ContextRequest } from "./context.ts";
import { CONTEXT_NAMES, readMember, readTextMember } from "./context.ts";
import { provideHint } from "./how-to-provide.ts";
import type { RecordKindName } from "./kinds.ts";
import { RECORD_KINDS } from "./kinds.ts";
import { readAsOf } from "./load/age.ts";
import type { ContextOutput } from "./load/entries.ts";
import { formatRecordPlace, isRecordObject } from "./load/entries.ts";
import type { OwnerRecords } from "./load/listings.ts";
import {
  collectFileShareOwners,
  collectFileSystemOwners,
  collectVolumeOwners,
  Listings,
} from "./load/listings.ts";
import type { IamDetails, Organization, PolicyLevels } from "./load/policies.ts";
import {
  collectConditionKeys,
  collectIamDetails,
  collectOrganization,
  findBucketPolicyPlace,
  findKeyPolicy,
} from "./load/policies.ts";
import type { RequestSubjects } from "./lookups.ts";
import { collectMetrics } from "./metrics.ts";
import { ContextRecords } from "./records.ts";
import { findOwner, RECORDS_BY_SUBJECT, resolveSubjects, SINGLE_RECORDS } from "./subjects.ts";

/** Why a record is unknown, and how to provide it. */
export interface MissingRecord {
  reason: string;
  help: string;
}

/** The records that are lists, each with the resource that owns the list. */
const LIST_RECORDS = {
  cacheReports: { kind: "cacheReport", of: "fileShare", surroundings: collectFileShareOwners },
  dataRepositoryAssociations: {
    kind: "association",
    of: "fileSystem",
    surroundings: collectFileSystemOwners,
  },
  dataRepositoryTasks: { kind: "task", of: "fileSystem", surroundings: collectFileSystemOwners },
  snapshots: { kind: "snapshot", of: "volume", surroundings: collectVolumeOwners },
} as const satisfies Partial<
  Record<ContextName, { kind: RecordKindName; of: keyof RequestSubjects; surroundings: unknown }>
>;

type ListName = keyof typeof LIST_RECORDS;
const LIST_NAMES = Object.keys(LIST_RECORDS) as ListName[];

/** The facts from any number of context files. Immutable. */
export class ContextStore {
  /** The outputs of get-account-authorization-details, one for each document. */
  readonly iam: readonly IamDetails[];
  readonly organization: Organization | undefined;
  /** Whether it knows nothing, so that a request has only the records that it brings. */
  readonly isEmpty: boolean;
  readonly #conditionKeys: Readonly<Record<string, unknown>> | undefined;
  readonly #outputs: readonly ContextOutput[];
  readonly #records: ContextRecords;
  readonly #lists: Readonly<Record<ListName, Listings>>;

  /** `iam` holds users and roles from sources other than files. */
  constructor(
    outputs: readonly ContextOutput[] = [],
    records = new ContextRecords(),
    iam: readonly IamDetails[] = [],
  ) {
    this.iam = [...collectIamDetails(outputs), ...iam];
    this.#outputs = outputs;
    this.organization = collectOrganization(records);
    this.#conditionKeys = collectConditionKeys(records);
    this.#records = records;
    this.isEmpty = outputs.length === 0 && records.isEmpty;
    this.#lists = Object.fromEntries(
      LIST_NAMES.map((name) => {
        const { kind, surroundings } = LIST_RECORDS[name];
        return [name, new Listings(kind, outputs, records.allOfKind(kind), surroundings(records))];
      }),
    ) as Record<ListName, Listings>;
  }

  /** Returns a store with additional users and roles. Those from files take precedence. */
  withIam(iam: readonly IamDetails[]): ContextStore {
    return new ContextStore(this.#outputs, this.#records, iam);
  }

  /** Whether nothing is known of a request, neither here nor by itself. */
  #isBare({ context }: ContextRequest): boolean {
    return this.isEmpty && Object.keys(context ?? {}).length === 0;
  }

  /** Without what changes from day to day: policies, buckets, and condition keys are left. */
  withoutFacts(): ContextStore {
    const outputs = this.#outputs.filter(({ form }) => form.kind.startsWith("iam"));
    return new ContextStore(outputs, this.#records.pickKinds(["bucket", "policies", "conditionKey"]));
  }

  /** A bucket's record under `buckets`. */
  findBucket(name: string): unknown {
    return this.#records.find("bucket", name)?.value;
  }

  /** The policy of a KMS key, from the records under `buckets`. */
  findKeyPolicy(keyArn: string): unknown {
    return findKeyPolicy(this.#records, keyArn);
  }

  /** Locates the parts of a policy written under `buckets`; undefined for a policy from elsewhere. */
  findBucketPolicyPlace(policy: unknown): PolicyLevels["place"] | undefined {
    return findBucketPolicyPlace(this.#records, policy);
  }

  /**
   * The records for a request, by name; unknown ones are absent. The request's own context overrides files.
   */
  findRecords(input: ContextRequest): Record<string, unknown> {
    if (this.#isBare(input)) return {};
    const subjects = resolveSubjects(input, this.#records);
    const given = collectGivenRecords(input, subjects);
    const found: Record<string, unknown> = {};
    for (const { name, kind, of } of SINGLE_RECORDS)
      setIfDefined(found, name, this.#records.find(kind, subjects[of])?.value);
    const gateway = resolveGateway(subjects, given, found);
    setIfDefined(found, "gateway", this.#gateway(gateway));
    const measured = [gateway, subjects.fileShare, subjects.fileSystemAssociation];
    const owners = measured.filter((arn) => arn !== undefined);
    setIfDefined(found, "metrics", collectMetrics(this.#records, owners));
    for (const name of LIST_NAMES) {
      const known = this.#known(name, subjects);
      if (known?.complete) found[name] = known.items;
    }
    setIfDefined(found, "conditionKeys", this.#conditionKeys);
    return Object.assign(found, given);
  }

  /**
   * The known items of incomplete lists: these records exist, and others may. Enough to prove that a record
   * exists, never that it doesn't.
   */
  findPartialLists(input: ContextRequest): Record<string, readonly unknown[]> {
    if (this.#isBare(input)) return {};
    const subjects = resolveSubjects(input, this.#records);
    const given = collectGivenRecords(input, subjects);
    const found: Record<string, readonly unknown[]> = {};
    for (const name of LIST_NAMES) {
      const known = this.#known(name, subjects);
      if (known && !known.complete && known.items.length > 0 && !Object.hasOwn(given, name))
        found[name] = known.items;
    }
    return found;
  }

  /** The records that a request could have but that are unknown, with how to provide each. */
  findMissingRecords(input: ContextRequest): Partial<Record<ContextName, MissingRecord>> {
    const known = this.findRecords(input);
    const subjects = resolveSubjects(input, this.#records);
    const gateway = resolveGateway(subjects, known, known);
    const about = { ...subjects, ...(gateway !== undefined && { gateway }) };
    const names = (Object.keys(subjects) as (keyof RequestSubjects)[]).flatMap(
      (subject) => RECORDS_BY_SUBJECT[subject],
    );
    const missing = [...new Set(names)].filter((name) => !Object.hasOwn(known, name));
    return Object.fromEntries(
      missing.map((name) => [name, { reason: this.#reason(name, subjects), help: provideHint(name, about) }]),
    );
  }

  /** When AWS was asked for the facts of each file that says so. */
  listAges(): { file: string; asOf: string }[] {
    const ages = new Map<string, string>();
    for (const { source } of this.#outputs) {
      const asOf = readAsOf(source.document.value);
      if (asOf !== undefined) ages.set(source.file, asOf);
    }
    return [...ages].map(([file, asOf]) => ({ file, asOf }));
  }

  /** Warnings about lists in different files that contradict each other. */
  collectWarnings(): ContextFault[] {
    return LIST_NAMES.flatMap((name) => this.#lists[name].collectWarnings());
  }

  #gateway(arn: string | undefined): unknown {
    const described = this.#records.find("gateway", arn)?.value;
    const disk = this.#records.find("gatewayDisk", arn)?.value;
    if (described === undefined && disk === undefined) return undefined;
    return { GatewayARN: arn, ...(described as object), ...(disk as object) };
  }

  #known(name: ListName, subjects: RequestSubjects): OwnerRecords | undefined {
    const owner = findOwner(subjects, LIST_RECORDS[name].of);
    return owner === undefined ? undefined : this.#lists[name].findFor(owner);
  }

  #reason(name: ContextName, subjects: RequestSubjects): string {
    const known = (LIST_NAMES as ContextName[]).includes(name) && this.#known(name as ListName, subjects);
    if (!known) return "no context file holds it";
    if (known.continued) {
      const { source, form } = known.continued;
      return `the output in ${quoted(formatRecordPlace({ source, path: [form.key] }), 200)} is not all of it`;
    }
    return known.items.length > 0 ? "the context files hold only some of them" : "no context file holds them";
  }
}

function setIfDefined(found: Record<string, unknown>, name: ContextName, value: unknown): void {
  if (value !== undefined) found[name] = value;
}

/**
 * The ARN of the gateway that the request names, else of its share's; the share in the envelope comes first.
 */
function resolveGateway(
  subjects: RequestSubjects,
  given: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string | undefined {
  return (
    subjects.gateway ??
    readTextMember(given.fileShare, ["GatewayARN"]) ??
    readTextMember(found.fileShare, ["GatewayARN"]) ??
    readTextMember(given.fileSystemAssociation, ["GatewayARN"]) ??
    readTextMember(found.fileSystemAssociation, ["GatewayARN"])
  );
}

/** The records in the request's own context. Lists are filtered, because users paste whole outputs there. */
function collectGivenRecords(
  { context }: ContextRequest,
  subjects: RequestSubjects,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of CONTEXT_NAMES) {
    const value = readMember(context, name);
    if (value === undefined || value === null) continue;
    const list =
      Array.isArray(value) && Object.hasOwn(LIST_RECORDS, name) ? LIST_RECORDS[name as ListName] : undefined;
    given[name] = list ? (value as unknown[]).filter(createOwnerFilter(list, subjects)) : value;
  }
  return given;
}

/** A record that names no owner is assumed to belong to the request. */
function createOwnerFilter(
  { kind, of }: { kind: RecordKindName; of: keyof RequestSubjects },
  subjects: RequestSubjects,
) {
  const { owner = [] } = RECORD_KINDS[kind];
  const wanted = findOwner(subjects, of);
  return (item: unknown): boolean =>
    wanted === undefined || !isRecordObject(item) || (readTextMember(item, owner) ?? wanted) === wanted;
}
