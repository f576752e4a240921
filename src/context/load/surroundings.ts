import { accountOf } from "../arns.ts";
import { member } from "../context.ts";
import type { KindName } from "../kinds.ts";
import type { Records } from "../records.ts";
import type { Surroundings } from "./listings.ts";

/** What the context says of accounts and regions: every ARN of a thing of Storage Gateway names both. */
export function ofFileShares(records: Records): Surroundings {
  const kinds: readonly KindName[] = ["fileShare", "gateway", "gatewayDisk"];
  const arns = kinds.flatMap((kind) => [...records.all(kind)].map(({ id }) => id));
  const owners = [...records.all("cacheReport")].map(({ owner }) => owner);
  return { mentioned: new Set([...arns, ...owners].flatMap((arn) => accountOf(arn) ?? [])), accountOf };
}

/** What the context says of file systems: an ID names no account, the ARN in the file system's record does. */
export function ofFileSystems(records: Records): Surroundings {
  const kinds: readonly KindName[] = ["fileSystem", "mountPoint"];
  const ids = kinds.flatMap((kind) => [...records.all(kind)].map(({ id }) => id));
  const listed: readonly KindName[] = ["association", "task"];
  const owners = listed.flatMap((kind) => [...records.all(kind)].flatMap(({ owner }) => owner ?? []));
  return {
    mentioned: new Set([...ids, ...owners]),
    accountOf: (id) => accountOf(member(records.get("fileSystem", id)?.value, "ResourceARN")),
  };
}
