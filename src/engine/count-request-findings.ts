import { isPlaceholder } from "../requests/placeholders.ts";
import type { FindingCounts } from "../rules/count-findings.ts";
import type { ProposedRequest } from "./check-request.ts";
import type { Engine } from "./engine.ts";

/**
 * Counts what `decideRequest` would find for a program's request, for which it need not find it. Undefined for whatever
 * is not as most requests are: in order for the schema, known in all parts, without context and policies.
 */
export function countRequestFindings(
  { operation, payload, justification, caller: ownCaller, context, now }: ProposedRequest,
  { schemas, rules, ruleOptions, context: store, permissionEvaluator, caller: usual }: Engine,
): FindingCounts | undefined {
  const caller = ownCaller ?? usual;
  if (context !== undefined || !store.isEmpty || permissionEvaluator || !rules || !isKnown(caller))
    return undefined;
  const schema = schemas.find(operation);
  if (!schema || !isKnown(payload) || !schema.validator(payload)) return undefined;
  const counts = rules.count(
    { operation, request: payload, justification, caller, now, context: NO_RECORDS, faulty: NONE },
    ruleOptions,
  );
  if (counts?.needsPermission && ruleOptions?.severities?.["iam/undecided"] !== "off") counts.undecided++;
  return counts;
}

const NO_RECORDS: Readonly<Record<string, unknown>> = {};
const NONE: ReadonlySet<string> = new Set();

/** Whether plain data has no placeholders in it. */
function isKnown(value: unknown): boolean {
  if (typeof value === "string") return !isPlaceholder(value);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isKnown);
  for (const key in value)
    if (isPlaceholder(key) || !isKnown((value as Record<string, unknown>)[key])) return false;
  return true;
}
