import { quoted } from "../diagnostics/text.ts";
import type { ContextFault, ContextName, ContextRequest } from "./context.ts";
import { CONTEXT_NAMES, member, textOf } from "./context.ts";
import { howToGive } from "./how-to-provide.ts";
import type { KindName } from "./kinds.ts";
import { KINDS } from "./kinds.ts";
import type { Output } from "./load/entries.ts";
import { isMembers, whereIs } from "./load/entries.ts";
import type { Known } from "./load/listings.ts";
import { Listings, ofFileShares, ofFileSystems } from "./load/listings.ts";
import type { IamDetails, Organization, PolicyLevels } from "./load/policies.ts";
import {
  bucketPolicyPlace,
  conditionKeysOf,
  iamDetails,
  keyPolicyOf,
  organizationOf,
} from "./load/policies.ts";
import type { Subjects } from "./lookups.ts";
import { subjectsOf } from "./lookups.ts";
import { Records } from "./records.ts";

/** Why a record is unknown, and how to provide it. */
export interface Missing {
  reason: string;
  help: string;
}

/** The records that are lists, each with the resource that owns the list. */
const LISTS = {
  cacheReports: { kind: "cacheReport", of: "fileShare", surroundings: ofFileShares },
  dataRepositoryAssociations: { kind: "association", of: "fileSystem", surroundings: ofFileSystems },
  dataRepositoryTasks: { kind: "task", of: "fileSystem", surroundings: ofFileSystems },
} as const satisfies Partial<
  Record<ContextName, { kind: KindName; of: keyof Subjects; surroundings: unknown }>
>;

type ListName = keyof typeof LISTS;
const LIST_NAMES = Object.keys(LISTS) as ListName[];

/** The records that are single objects, each with the resource it describes. */
const SINGLES = [
  { name: "fileShare", kind: "fileShare", of: "fileShare" },
  { name: "fileSystem", kind: "fileSystem", of: "fileSystem" },
  { name: "mountPoint", kind: "mountPoint", of: "fileSystem" },
  { name: "bucket", kind: "bucket", of: "bucket" },
] as const satisfies readonly { name: ContextName; kind: KindName; of: keyof Subjects }[];

/** The records that exist for each kind of resource. */
const NAMES: Readonly<Record<keyof Subjects, readonly ContextName[]>> = {
  fileShare: ["fileShare", "gateway", "cacheReports"],
  gateway: ["gateway"],
  fileSystem: ["fileSystem", "dataRepositoryAssociations", "dataRepositoryTasks", "mountPoint"],
  bucket: ["bucket"],
};

/** The facts from any number of context files. Immutable. */
export class ContextStore {
  /** The outputs of get-account-authorization-details, one for each document. */
  readonly iam: readonly IamDetails[];
  readonly organization: Organization | undefined;
  readonly #conditionKeys: Readonly<Record<string, unknown>> | undefined;
  readonly #outputs: readonly Output[];
  readonly #records: Records;
  readonly #lists: Readonly<Record<ListName, Listings>>;

  /** `iam` holds users and roles from sources other than files. */
  constructor(outputs: readonly Output[] = [], records = new Records(), iam: readonly IamDetails[] = []) {
    this.iam = [...iamDetails(outputs), ...iam];
    this.#outputs = outputs;
    this.organization = organizationOf(records);
    this.#conditionKeys = conditionKeysOf(records);
    this.#records = records;
    this.#lists = Object.fromEntries(
      LIST_NAMES.map((name) => {
        const { kind, surroundings } = LISTS[name];
        return [name, new Listings(kind, outputs, records.all(kind), surroundings(records))];
      }),
    ) as Record<ListName, Listings>;
  }

  /** Returns a store with additional users and roles. Those from files take precedence. */
  withIam(iam: readonly IamDetails[]): ContextStore {
    return new ContextStore(this.#outputs, this.#records, iam);
  }

  /** A bucket's record under `buckets`. */
  bucket(name: string): unknown {
    return this.#records.get("bucket", name)?.value;
  }

  /** The policy of a KMS key, from the records under `buckets`. */
  keyPolicy(keyArn: string): unknown {
    return keyPolicyOf(this.#records, keyArn);
  }

  /** Locates the parts of a policy written under `buckets`; undefined for a policy from elsewhere. */
  bucketPolicyPlace(policy: unknown): PolicyLevels["place"] | undefined {
    return bucketPolicyPlace(this.#records, policy);
  }

  /**
   * The records for a request, by name; unknown ones are absent. The request's own context overrides files.
   */
  recordsFor(input: ContextRequest): Record<string, unknown> {
    const subjects = subjectsOf(input.operation, input.request);
    const given = givenBy(input, subjects);
    const found: Record<string, unknown> = {};
    for (const { name, kind, of } of SINGLES) put(found, name, this.#records.get(kind, subjects[of])?.value);
    put(found, "gateway", this.#gateway(gatewayOf(subjects, given, found)));
    for (const name of LIST_NAMES) {
      const known = this.#known(name, subjects);
      if (known?.complete) found[name] = known.items;
    }
    put(found, "conditionKeys", this.#conditionKeys);
    return Object.assign(found, given);
  }

  /**
   * The known items of incomplete lists: these records exist, and others may. Enough to prove that a record
   * exists, never that it doesn't.
   */
  partsFor(input: ContextRequest): Record<string, readonly unknown[]> {
    const subjects = subjectsOf(input.operation, input.request);
    const given = givenBy(input, subjects);
    const found: Record<string, readonly unknown[]> = {};
    for (const name of LIST_NAMES) {
      const known = this.#known(name, subjects);
      if (known && !known.complete && known.items.length > 0 && !Object.hasOwn(given, name))
        found[name] = known.items;
    }
    return found;
  }

  /** The records that a request could have but that are unknown, with how to provide each. */
  missingFor(input: ContextRequest): Partial<Record<ContextName, Missing>> {
    const known = this.recordsFor(input);
    const subjects = subjectsOf(input.operation, input.request);
    const gateway = gatewayOf(subjects, known, known);
    const about = { ...subjects, ...(gateway !== undefined && { gateway }) };
    const names = (Object.keys(subjects) as (keyof Subjects)[]).flatMap((subject) => NAMES[subject]);
    const missing = names.filter((name) => !Object.hasOwn(known, name));
    return Object.fromEntries(
      missing.map((name) => [name, { reason: this.#reason(name, subjects), help: howToGive(name, about) }]),
    );
  }

  /** Warnings about lists in different files that contradict each other. */
  warnings(): ContextFault[] {
    return LIST_NAMES.flatMap((name) => this.#lists[name].warnings());
  }

  #gateway(arn: string | undefined): unknown {
    const described = this.#records.get("gateway", arn)?.value;
    const disk = this.#records.get("gatewayDisk", arn)?.value;
    if (described === undefined && disk === undefined) return undefined;
    return { GatewayARN: arn, ...(described as object), ...(disk as object) };
  }

  #known(name: ListName, subjects: Subjects): Known | undefined {
    const owner = subjects[LISTS[name].of];
    return owner === undefined ? undefined : this.#lists[name].of(owner);
  }

  #reason(name: ContextName, subjects: Subjects): string {
    const known = (LIST_NAMES as ContextName[]).includes(name) && this.#known(name as ListName, subjects);
    if (!known) return "no context file holds it";
    if (known.continued) {
      const { source, form } = known.continued;
      return `the output in ${quoted(whereIs({ source, path: [form.key] }), 200)} is not all of it`;
    }
    return known.items.length > 0 ? "the context files hold only some of them" : "no context file holds them";
  }
}

function put(found: Record<string, unknown>, name: ContextName, value: unknown): void {
  if (value !== undefined) found[name] = value;
}

/**
 * The ARN of the gateway that the request names, else of its share's; the share in the envelope comes first.
 */
function gatewayOf(
  subjects: Subjects,
  given: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string | undefined {
  return (
    subjects.gateway ?? textOf(given.fileShare, ["GatewayARN"]) ?? textOf(found.fileShare, ["GatewayARN"])
  );
}

/** The records in the request's own context. Lists are filtered, because users paste whole outputs there. */
function givenBy({ context }: ContextRequest, subjects: Subjects): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of CONTEXT_NAMES) {
    const value = member(context, name);
    if (value === undefined || value === null) continue;
    const list = Array.isArray(value) && Object.hasOwn(LISTS, name) ? LISTS[name as ListName] : undefined;
    given[name] = list ? (value as unknown[]).filter(ownedBy(list, subjects)) : value;
  }
  return given;
}

/** A record that names no owner is assumed to belong to the request. */
function ownedBy({ kind, of }: { kind: KindName; of: keyof Subjects }, subjects: Subjects) {
  const { owner = [] } = KINDS[kind];
  return (item: unknown): boolean =>
    subjects[of] === undefined || !isMembers(item) || (textOf(item, owner) ?? subjects[of]) === subjects[of];
}
