import { accountOf } from "../arns.ts";
import { textOf } from "../context.ts";
import type { Output } from "./entries.ts";

/** Where an owner belongs: a file share to its account and region, a file system to itself. */
export type GroupOf = (owner: string) => string | undefined;

/** A list that a command printed, and whose records are in it. */
export class Listing {
  readonly output: Output;
  /** The ids of each owner's records. */
  readonly owners = new Map<string, Set<string>>();
  /** The groups of which it holds records. */
  readonly groups = new Set<string>();
  /** The accounts and regions of which it holds records, as far as they say. */
  readonly accounts = new Set<string>();

  constructor(output: Output, groupOf: GroupOf) {
    this.output = output;
    for (const { id, owner, value } of output.entries) {
      const ids = this.owners.get(owner!);
      if (ids) ids.add(id);
      else this.#addOwner(owner!, id, groupOf(owner!));
      const account = accountOf(textOf(value, ["ResourceARN", "CacheReportARN"]));
      if (account !== undefined) this.accounts.add(account);
    }
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
