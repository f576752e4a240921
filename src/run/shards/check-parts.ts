import { formatList, quoted } from "../../diagnostics/text.ts";
import { UsageError } from "../io.ts";
import { SHARED_OPTIONS } from "./part.ts";
import type { PolicyDigests } from "./policy-digest.ts";
import type { StoredPart } from "./read-part.ts";

/** Makes sure that parts are all those of one run: of one count, each once, made with the same options and policy. */
export function checkParts(parts: readonly StoredPart[]): void {
  const [first, ...others] = parts;
  const byShard = new Map<number, StoredPart>();
  for (const part of parts) {
    const { shard, of } = part.header;
    if (of !== first!.header.of)
      throw new UsageError(
        `${quoted(part.file)} is a part of ${of}, and ${quoted(first!.file)} one of ${first!.header.of}`,
        "merge the parts of one run",
      );
    const known = byShard.get(shard);
    if (known)
      throw new UsageError(
        `shard ${shard} of ${of} is there twice: in ${quoted(known.file)} and in ${quoted(part.file)}`,
        "name each part once",
      );
    byShard.set(shard, part);
  }
  const { of } = first!.header;
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((shard) => !byShard.has(shard));
  if (missing.length > 0) throw createMissingError(missing, of);
  for (const other of others) checkSame(first!, other);
}

function createMissingError(missing: readonly number[], of: number): UsageError {
  const [first] = missing;
  const shown = missing.slice(0, 10).join(", ");
  const more = missing.length > 10 ? ` and ${missing.length - 10} more` : "";
  return new UsageError(
    `${missing.length === 1 ? "shard" : "shards"} ${shown}${more} of ${of} ${missing.length === 1 ? "is" : "are"} missing`,
    `write ${missing.length === 1 ? "it" : "them"} with \`countersign check --shard ${first}/${of} --output FILE\`, and name all parts`,
  );
}

/** Two parts are of one run if nothing that decides about findings differs. */
function checkSame(a: StoredPart, b: StoredPart): void {
  const names = `${quoted(a.file)} and ${quoted(b.file)}`;
  const differ = (what: string): UsageError =>
    new UsageError(
      `${names} were made with different ${what}`,
      "give all shards the same, and run them again",
    );
  if (!isEqual(a.header.paths, b.header.paths)) throw differ("paths");
  for (const [name, flag] of Object.entries(SHARED_OPTIONS))
    if (!isEqual(a.header.options[name], b.header.options[name])) throw differ(`\`${flag}\``);
  if (a.header.isNowGiven !== b.header.isNowGiven || (a.header.isNowGiven && a.header.now !== b.header.now))
    throw differ("`--now`");
  const policies = findDifferent(a.header.policy, b.header.policy);
  if (policies.length > 0) throw differ(`contents of the ${formatList(policies, "and")}`);
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What of two policies differs, by name. */
export const findDifferent = (
  a: PolicyDigests,
  b: PolicyDigests,
  names: readonly (keyof PolicyDigests)[] = ["configuration", "rules", "schemas", "values", "context"],
): string[] => names.filter((name) => a[name] !== b[name]);
