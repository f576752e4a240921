import { quoted } from "../../diagnostics/text.ts";
import { accountFromArn } from "../arns.ts";
import type { ContextFault } from "../context.ts";
import { readMember, readTextMember } from "../context.ts";
import type { RecordKindName } from "../kinds.ts";
import { RECORD_KINDS } from "../kinds.ts";
import type { ContextRecords } from "../records.ts";
import type { ContextOutput, ContextRecord } from "./entries.ts";
import { createContextFault, formatRecordPlace } from "./entries.ts";

/** The known records of one owner. */
export interface OwnerRecords {
  items: readonly unknown[];
  /** Whether these are all: a record that is not among them does not exist. */
  complete: boolean;
  /** The truncated output that may continue with more records of the owner. */
  continued?: ContextOutput;
}

/** Facts about the owners of a kind's records, from the rest of the context. */
export interface OwnerFacts {
  /** The groups (see `GroupOf`) that the context mentions. */
  mentioned: ReadonlySet<string>;
  /** The account and Region of an owner, if known. */
  accountOf: GroupOf;
}

/** The maximum number of warnings for one kind; more would add no information. */
const MAX_WARNINGS = 20;

/**
 * The lists of one kind. An output doesn't record the filters it was requested with, so whether it covers an
 * owner has to be inferred from the records it holds.
 */
export class Listings {
  readonly #kind: RecordKindName;
  readonly #listings: readonly Listing[];
  readonly #byOwner = new Map<string, ContextRecord[]>();
  readonly #groupOf: GroupOf;
  readonly #surroundings: OwnerFacts;

  constructor(
    kind: RecordKindName,
    outputs: readonly ContextOutput[],
    entries: Iterable<ContextRecord>,
    surroundings: OwnerFacts,
  ) {
    this.#kind = kind;
    this.#surroundings = surroundings;
    this.#groupOf = selectGroupOf(kind);
    this.#listings = outputs
      .filter(({ form }) => form.kind === kind && form.holds === "list")
      .map((output) => new Listing(output, this.#groupOf));
    for (const entry of entries) {
      const list = this.#byOwner.get(entry.owner!);
      if (list) list.push(entry);
      else this.#byOwner.set(entry.owner!, [entry]);
    }
  }

  findFor(owner: string): OwnerRecords {
    const items = (this.#byOwner.get(owner) ?? []).map(({ value }) => value);
    const group = this.#groupOf(owner);
    const continued = this.#listings.find(
      (listing) => listing.isContinued && this.#mayHold(listing, owner, group),
    );
    if (continued) return { items, complete: false, continued: continued.output };
    return { items, complete: this.#listings.some((listing) => this.#holdsAll(listing, owner, group)) };
  }

  /** Whether the listing covers the owner, and so holds all of the owner's records. */
  #holdsAll(listing: Listing, owner: string, group: string | undefined): boolean {
    const { mentioned } = this.#surroundings;
    if (listing.askedFor !== undefined) return listing.askedFor === owner;
    // An empty output names no owner: it is assumed to cover whatever else the context mentions.
    if (listing.isEmpty) return mentioned.size === 0 || (group !== undefined && mentioned.has(group));
    if (group === undefined) return false;
    // With records of several file systems, the output wasn't filtered by one, so it covers all.
    return listing.groups.has(group) || (listing.groups.size > 1 && this.#mayHold(listing, owner, group));
  }

  /** Whether the rest of a truncated listing could hold records of the owner. */
  #mayHold(listing: Listing, owner: string, group: string | undefined): boolean {
    if (listing.isEmpty || (group !== undefined && listing.groups.has(group))) return true;
    const account = this.#surroundings.accountOf(owner);
    return account === undefined || listing.accounts.size === 0 || listing.accounts.has(account);
  }

  /**
   * Warns of listings that should hold the same records of an owner but don't: one of them is out of date.
   */
  collectWarnings(): ContextFault[] {
    const found: ContextFault[] = [];
    const complete = this.#listings.filter((listing) => !listing.isContinued);
    for (const [owner, entries] of this.#byOwner) {
      if (found.length >= MAX_WARNINGS) break;
      const lacking = complete.find((listing) => this.#lacks(listing, owner, entries));
      const missed = entries.find(({ id }) => !lacking?.owners.get(owner)?.has(id));
      if (lacking && missed) found.push(this.#differ(lacking.output, missed));
    }
    return found;
  }

  #lacks(listing: Listing, owner: string, entries: readonly ContextRecord[]): boolean {
    const own = listing.owners.get(owner);
    const group = this.#groupOf(owner);
    const should =
      own !== undefined || (isAccountWide(this.#kind) && group !== undefined && listing.groups.has(group));
    return should && entries.some(({ id }) => !own?.has(id));
  }

  #differ(lacking: ContextOutput, missed: ContextRecord): ContextFault {
    const what = `the ${RECORD_KINDS[this.#kind].noun} ${quoted(missed.id, 200)}`;
    return createContextFault(
      { source: lacking.source, path: [lacking.form.key] },
      `${what} is in ${quoted(formatRecordPlace(missed), 200)}, but not in this list`,
      "one of the two is out of date or was asked for a part: print both again; until then all records count",
    );
  }
}

/**
 * list-cache-reports has no filters: it prints all reports of an account and Region. The others can be
 * filtered.
 */
const isAccountWide = (kind: RecordKindName): boolean => kind === "cacheReport";

const selectGroupOf = (kind: RecordKindName): GroupOf =>
  isAccountWide(kind) ? accountFromArn : (owner) => owner;

/**
 * Maps an owner to the group that one listing covers: a file share to its account and Region, a file system
 * to itself.
 */
export type GroupOf = (owner: string) => string | undefined;

/** A printed list, indexed by the owners of its records. */
export class Listing {
  readonly output: ContextOutput;
  /** The ids of each owner's records. */
  readonly owners = new Map<string, Set<string>>();
  /** The groups (see `GroupOf`) of its records. */
  readonly groups = new Set<string>();
  /** The accounts and Regions of its records, as far as the records name them. */
  readonly accounts = new Set<string>();

  constructor(output: ContextOutput, groupOf: GroupOf) {
    this.output = output;
    for (const { id, owner, value } of output.entries) {
      const ids = this.owners.get(owner!);
      if (ids) ids.add(id);
      else this.#addOwner(owner!, id, groupOf(owner!));
      const account = accountFromArn(readTextMember(value, ["ResourceARN", "CacheReportARN"]));
      if (account !== undefined) this.accounts.add(account);
    }
  }

  /** The one owner whose records were asked for, as `countersign context pull` notes it. */
  get askedFor(): string | undefined {
    return readTextMember(readMember(this.output.source.document.value, "pulled"), ["of"]);
  }

  get isEmpty(): boolean {
    return this.output.entries.length === 0;
  }

  get isContinued(): boolean {
    return this.output.continued !== undefined;
  }

  #addOwner(owner: string, id: string, group: string | undefined): void {
    this.owners.set(owner, new Set([id]));
    if (group !== undefined) this.groups.add(group);
  }
}

/** The accounts and Regions that the context mentions. Every Storage Gateway ARN contains both. */
export function collectFileShareOwners(records: ContextRecords): OwnerFacts {
  const kinds: readonly RecordKindName[] = ["fileShare", "gateway", "gatewayDisk"];
  const arns = kinds.flatMap((kind) => [...records.allOfKind(kind)].map(({ id }) => id));
  const owners = [...records.allOfKind("cacheReport")].map(({ owner }) => owner);
  return {
    mentioned: new Set([...arns, ...owners].flatMap((arn) => accountFromArn(arn) ?? [])),
    accountOf: accountFromArn,
  };
}

/** The volumes that the context mentions. */
export function collectVolumeOwners(records: ContextRecords): OwnerFacts {
  const volumes = [...records.allOfKind("volume")].map(({ id }) => id);
  const owners = [...records.allOfKind("snapshot")].flatMap(({ owner }) => owner ?? []);
  return {
    mentioned: new Set([...volumes, ...owners]),
    accountOf: (id) => accountFromArn(readMember(records.find("volume", id)?.value, "ResourceARN")),
  };
}

/**
 * The file systems that the context mentions. The account is in the ARN of a file system's record, not in its
 * ID.
 */
export function collectFileSystemOwners(records: ContextRecords): OwnerFacts {
  const kinds: readonly RecordKindName[] = ["fileSystem", "fileCache", "mountPoint"];
  const ids = kinds.flatMap((kind) => [...records.allOfKind(kind)].map(({ id }) => id));
  const listed: readonly RecordKindName[] = ["association", "task"];
  const owners = listed.flatMap((kind) => [...records.allOfKind(kind)].flatMap(({ owner }) => owner ?? []));
  return {
    mentioned: new Set([...ids, ...owners]),
    accountOf: (id) =>
      accountFromArn(
        readMember((records.find("fileSystem", id) ?? records.find("fileCache", id))?.value, "ResourceARN"),
      ),
  };
}
