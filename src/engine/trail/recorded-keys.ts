import { toObject } from "../../permissions/check.ts";

/** What a record says of a past call overrides the condition keys that are given for all calls. */
export function addRecordedKeys(
  records: Record<string, unknown>,
  { recorded }: { recorded?: { conditionKeys: Readonly<Record<string, unknown>> } },
): Record<string, unknown> {
  if (!recorded) return records;
  return { ...records, conditionKeys: { ...toObject(records.conditionKeys), ...recorded.conditionKeys } };
}
