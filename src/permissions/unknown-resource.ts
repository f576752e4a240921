import type { Decision } from "../iam/evaluation/decision.ts";
import type { Gap } from "./unknown-policy.ts";

/** The decision on an action; with a missing fact, by the principal's own policies only. */
export interface Said {
  decision: Decision;
  gap?: Gap;
}

export interface Unsettled {
  /** Decision with the unknown resource policy; undefined when it depends on the resource's account. */
  decided: Decision | undefined;
  /** Decision by the principal's own policies only. */
  own: Decision;
  gap: Gap;
}

/**
 * The policy of an undescribed resource may grant what the principal's policies lack, and may deny what they
 * grant. A missing grant in the principal's policies is still worth reporting; their denials, and those of
 * service control policies, are final.
 */
export function saidOf({ decided, own, gap }: Unsettled): Said | undefined {
  if (!isRefused(own)) return undefined;
  if (!decided || decided.decision === "unknown") return { decision: own, gap };
  if (!own.partial) return undefined;
  const { uncovered } = own;
  const isDenied = decided.decision === "explicitDeny" && uncovered !== undefined;
  return { decision: isDenied ? { ...decided, uncovered } : own };
}

export const isRefused = ({ decision }: Decision): boolean =>
  decision === "implicitDeny" || decision === "explicitDeny";
