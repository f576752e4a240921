import { parseTime } from "../documents/times.ts";
import { readMember, readTextMember } from "./context.ts";
import type { ContextRecords } from "./records.ts";

/** The last value of a metric, and when it was measured. */
interface LastValue {
  Value: number;
  Timestamp?: unknown;
}

/**
 * The last values of the metrics of some resources, by metric. Of a metric of several of them, the largest counts.
 * What get-metric-statistics prints doesn't say whose it is; such output counts only where the context is about no other
 * gateway.
 */
export function collectMetrics(
  records: ContextRecords,
  owners: readonly string[],
): Record<string, LastValue> | undefined {
  const found = new Map<string, LastValue>();
  const add = (name: string, value: LastValue | undefined): void => {
    const known = found.get(name);
    if (value && (!known || value.Value > known.Value)) found.set(name, value);
  };
  for (const owner of owners) {
    const dirty = readMember(records.find("cache", owner)?.value, "CacheDirtyPercentage");
    if (typeof dirty === "number") add("CachePercentDirty", { Value: dirty });
    for (const [name, value] of Object.entries(Object(records.find("metrics", owner)?.value)))
      add(name, value as LastValue);
  }
  const isAlone = mentionsNoOther(records, owners);
  for (const { owner, value } of records.allOfKind("metric"))
    if (owner === undefined ? isAlone : owners.includes(owner))
      add(readTextMember(value, ["Label"]) ?? "", findLast(value));
  return found.size === 0 ? undefined : Object.fromEntries(found);
}

/** What a datapoint may hold; the largest of them decides whether it is 0. */
const STATISTICS = ["Maximum", "Sum", "Average", "Minimum"];

function findLast(metric: unknown): LastValue | undefined {
  const points = readMember(metric, "Datapoints");
  let last: { time: number; value: LastValue } | undefined;
  for (const point of Array.isArray(points) ? (points as unknown[]) : []) {
    const time = parseTime(readMember(point, "Timestamp"));
    const values = STATISTICS.map((name) => readMember(point, name)).filter((n) => typeof n === "number");
    if (time === undefined || values.length === 0 || (last && last.time >= time)) continue;
    last = { time, value: { Value: Math.max(...values), Timestamp: readMember(point, "Timestamp") } };
  }
  return last?.value;
}

function mentionsNoOther(records: ContextRecords, owners: readonly string[]): boolean {
  const gateways = [...records.allOfKind("gateway"), ...records.allOfKind("cache")].map(({ id }) => id);
  const kinds = ["fileShare", "fileSystemAssociation"] as const;
  const shares = kinds.flatMap((kind) => [...records.allOfKind(kind)]);
  const others = [...gateways, ...shares.map(({ id }) => id)].filter((id) => !owners.includes(id));
  return others.length === 0;
}
