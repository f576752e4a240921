import type { Decision } from "../iam/evaluation/decision.ts";
import type { PolicyGap } from "./unknown-policy.ts";

/** The decision on an action; with a missing fact, the resource's policy, which might allow it, is not given. */
export interface ActionOutcome {
  decision: Decision;
  missingFact?: PolicyGap;
}

export interface UnknownResourceInputs {
  /** Decision with the unknown resource policy; undefined when it depends on the resource's account. */
  decided: Decision | undefined;
  /** Decision by the principal's own policies only. */
  own: Decision;
  missingFact: PolicyGap;
}

/**
 * The policy of an undescribed resource may grant what the principal's policies lack, and may deny what they
 * grant. A grant has to be shown, so what the policies that are given lack is denied; what the other may deny is
 * unknown.
 */
export function resolveUnknownResource({
  decided,
  own,
  missingFact: gap,
}: UnknownResourceInputs): ActionOutcome | undefined {
  if (!isDenied(own)) return undefined;
  if (!decided || decided.decision === "unknown") return { decision: own, missingFact: gap };
  if (!own.partial) return undefined;
  const { uncovered } = own;
  const isExplicit = decided.decision === "explicitDeny" && uncovered !== undefined;
  return { decision: isExplicit ? { ...decided, uncovered } : own };
}

export const isDenied = ({ decision }: Decision): boolean =>
  decision === "implicitDeny" || decision === "explicitDeny";
