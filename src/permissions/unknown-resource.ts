import type { Decision } from "../iam/evaluation/decision.ts";
import type { Gap } from "./unknown-policy.ts";

/** What is said of an action on a resource; with a gap, only what the principal's own policies say. */
export interface Said {
  decision: Decision;
  gap?: Gap;
}

export interface Unsettled {
  /** With a policy of the resource that nobody knows; undefined where it depends on the resource's account. */
  decided: Decision | undefined;
  /** By the principal's own policies alone. */
  own: Decision;
  gap: Gap;
}

/**
 * The policy of a resource that isn't described may grant what the principal's own policies don't, and may deny what
 * they do. What they lack is worth knowing before that; what they deny, or service control policies do, is decided.
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
