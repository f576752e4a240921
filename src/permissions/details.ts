import type { FilePlace, IamDetails } from "../context/load/policies.ts";
import type { Path } from "../diagnostics/pointer.ts";

/** A record of `get-account-authorization-details` output, and its place. */
export interface IamRecord {
  record: Readonly<Record<string, unknown>>;
  place: (path: Path, at?: "key" | "value") => FilePlace;
}

/** Indexes the users, groups, roles and policies of all outputs by ARN. The first record of an ARN wins. */
export class IamRecordIndex {
  /** Whether no output is truncated. */
  readonly isComplete: boolean;
  readonly #byArn = new Map<string, IamRecord>();
  /**
   * By `account:kind/name`, since a session's ARN lacks the role's path and users list their groups by name.
   */
  readonly #byName = new Map<string, IamRecord>();

  constructor(outputs: readonly IamDetails[]) {
    this.isComplete = outputs.every(({ complete }) => complete);
    for (const output of outputs) {
      this.#add(output, "UserDetailList", "user");
      this.#add(output, "GroupDetailList", "group");
      this.#add(output, "RoleDetailList", "role");
      this.#add(output, "Policies", "policy");
    }
  }

  findByArn(arn: string): IamRecord | undefined {
    return this.#byArn.get(arn);
  }

  /** Finds a record by name. Names are unique in an account, regardless of case and path. */
  findByName(kind: "role" | "group" | "user", account: string, name: string): IamRecord | undefined {
    return this.#byName.get(nameKey(kind, account, name));
  }

  #add({ details, file, place }: IamDetails, list: string, kind: string): void {
    for (const [index, record] of filterObjects(details[list]).entries()) {
      const arn = record.Arn;
      if (typeof arn !== "string" || this.#byArn.has(arn)) continue;
      const detail: IamRecord = {
        record,
        place: (path, at) => ({ file, place: place([list, index, ...path], at) }),
      };
      this.#byArn.set(arn, detail);
      const [, , , , account = ""] = arn.split(":");
      const key = nameKey(kind, account, arn.slice(arn.lastIndexOf("/") + 1));
      if (!this.#byName.has(key)) this.#byName.set(key, detail);
    }
  }
}

const nameKey = (kind: string, account: string, name: string): string =>
  `${account}:${kind}/${name.toLowerCase()}`;

/** The objects in a list; empty when the value isn't a list. */
export const filterObjects = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value)
    ? value.filter((item) => typeof item === "object" && item !== null && !Array.isArray(item))
    : [];
