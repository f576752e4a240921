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

/** Why a record is not known, and how to give it. */
export interface Missing {
  reason: string;
  help: string;
}

/** The lists, each with the thing that it is of. */
const LISTS = {
  cacheReports: { kind: "cacheReport", of: "fileShare", surroundings: ofFileShares },
  dataRepositoryAssociations: { kind: "association", of: "fileSystem", surroundings: ofFileSystems },
  dataRepositoryTasks: { kind: "task", of: "fileSystem", surroundings: ofFileSystems },
} as const satisfies Partial<
  Record<ContextName, { kind: KindName; of: keyof Subjects; surroundings: unknown }>
>;

type ListName = keyof typeof LISTS;
const LIST_NAMES = Object.keys(LISTS) as ListName[];

/** The single records, each with the thing that it is of. */
const SINGLES = [
  { name: "fileShare", kind: "fileShare", of: "fileShare" },
  { name: "fileSystem", kind: "fileSystem", of: "fileSystem" },
  { name: "mountPoint", kind: "mountPoint", of: "fileSystem" },
  { name: "bucket", kind: "bucket", of: "bucket" },
] as const satisfies readonly { name: ContextName; kind: KindName; of: keyof Subjects }[];

/** Which records there are to know of a thing. */
const NAMES: Readonly<Record<keyof Subjects, readonly ContextName[]>> = {
  fileShare: ["fileShare", "gateway", "cacheReports"],
  gateway: ["gateway"],
  fileSystem: ["fileSystem", "dataRepositoryAssociations", "dataRepositoryTasks", "mountPoint"],
  bucket: ["bucket"],
};

/** Facts about the world, from any number of files. It never changes once it is made. */
export class ContextStore {
  /** What get-account-authorization-details printed, one for each document. */
  readonly iam: readonly IamDetails[];
  readonly organization: Organization | undefined;
  readonly #conditionKeys: Readonly<Record<string, unknown>> | undefined;
  readonly #outputs: readonly Output[];
  readonly #records: Records;
  readonly #lists: Readonly<Record<ListName, Listings>>;

  /** `iam`: users and roles that are known from elsewhere than from files. */
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

  /** The same facts and more users and roles; what files say of one comes first. */
  withIam(iam: readonly IamDetails[]): ContextStore {
    return new ContextStore(this.#outputs, this.#records, iam);
  }

  /** What is written under `buckets` of a bucket. */
  bucket(name: string): unknown {
    return this.#records.get("bucket", name)?.value;
  }

  /** The policy of a KMS key, as it is written under `buckets`. */
  keyPolicy(keyArn: string): unknown {
    return keyPolicyOf(this.#records, keyArn);
  }

  /** Where the parts of a policy stand that is written under `buckets`; undefined for a policy from elsewhere. */
  bucketPolicyPlace(policy: unknown): PolicyLevels["place"] | undefined {
    return bucketPolicyPlace(this.#records, policy);
  }

  /** The records that belong to a request, by name; one that is not known has no key. The nearest wins. */
  recordsFor(asked: ContextRequest): Record<string, unknown> {
    const subjects = subjectsOf(asked.operation, asked.request);
    const given = givenBy(asked, subjects);
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
   * Of the lists that are not known to the end, what is known: these records exist, and others may.
   * Enough to find that something is there, never that it is not.
   */
  partsFor(asked: ContextRequest): Record<string, readonly unknown[]> {
    const subjects = subjectsOf(asked.operation, asked.request);
    const given = givenBy(asked, subjects);
    const found: Record<string, readonly unknown[]> = {};
    for (const name of LIST_NAMES) {
      const known = this.#known(name, subjects);
      if (known && !known.complete && known.items.length > 0 && !Object.hasOwn(given, name))
        found[name] = known.items;
    }
    return found;
  }

  /** The records that could be known of a request and are not, with how to give each. */
  missingFor(asked: ContextRequest): Partial<Record<ContextName, Missing>> {
    const known = this.recordsFor(asked);
    const subjects = subjectsOf(asked.operation, asked.request);
    const gateway = gatewayOf(subjects, known, known);
    const about = { ...subjects, ...(gateway !== undefined && { gateway }) };
    const names = (Object.keys(subjects) as (keyof Subjects)[]).flatMap((subject) => NAMES[subject]);
    const missing = names.filter((name) => !Object.hasOwn(known, name));
    return Object.fromEntries(
      missing.map((name) => [name, { reason: this.#reason(name, subjects), help: howToGive(name, about) }]),
    );
  }

  /** What is odd about lists of different files, taken together. */
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

/** The gateway that the request names, or else the one of its share; the envelope's share comes first. */
function gatewayOf(
  subjects: Subjects,
  given: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string | undefined {
  return (
    subjects.gateway ?? textOf(given.fileShare, ["GatewayARN"]) ?? textOf(found.fileShare, ["GatewayARN"])
  );
}

/** What the envelope says, by name. Of a whole list that was pasted there, what belongs to the request. */
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

/** A record that names no owner is taken for the request's own. */
function ownedBy({ kind, of }: { kind: KindName; of: keyof Subjects }, subjects: Subjects) {
  const { owner = [] } = KINDS[kind];
  return (item: unknown): boolean =>
    subjects[of] === undefined || !isMembers(item) || (textOf(item, owner) ?? subjects[of]) === subjects[of];
}
