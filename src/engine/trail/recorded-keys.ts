import { toObject } from "../../permissions/check.ts";
import type { Engine } from "../engine.ts";

/** What a record says of a past call overrides the condition keys that are given for all calls. */
export function addRecordedKeys(
  records: Record<string, unknown>,
  { recorded }: { recorded?: { readConditionKeys(): Readonly<Record<string, unknown>> } },
  { permissionEvaluator, templateEvaluator }: Engine,
): Record<string, unknown> {
  if (!recorded || !(permissionEvaluator ?? templateEvaluator)) return records;
  return {
    ...records,
    conditionKeys: { ...toObject(records.conditionKeys), ...recorded.readConditionKeys() },
  };
}
