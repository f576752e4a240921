import { Unknown } from "../../documents/document.ts";
import { areEqual } from "./equality.ts";
import { type Failure, failureFromPlaceholder, joinFailures } from "./failure.ts";
import { spendSteps } from "./run.ts";
import { isCelList, isCelMap, missingRestOf, toFailure } from "./values.ts";

/** `value in range`. A match decides, whatever the other items are. */
export function testMembership(value: unknown, range: unknown): unknown {
  if (isCelMap(range)) {
    if (value instanceof Unknown) return failureFromPlaceholder(value);
    return spendSteps(1) ?? range.has(value);
  }
  if (!isCelList(range)) return range instanceof Unknown ? failureFromPlaceholder(range) : undefined;
  let failure: Failure | undefined = spendSteps(1 + range.size);
  if (failure) return failure;
  for (const item of range) {
    if (item === value && typeof item !== "object") return true;
    if (typeof item === "string" && typeof value === "string") continue;
    const isEqual = areEqual(toFailure(item), value);
    if (isEqual === true) return true;
    if (isEqual !== false) failure = joinFailures(failure, isEqual);
  }
  return joinFailures(failure, missingRestOf(range)) ?? false;
}
