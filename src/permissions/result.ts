import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Decision } from "../iam/evaluation/decision.ts";
import type { Policy } from "../iam/policy.ts";
import type { Requirement } from "../rules/permission.ts";
import type { KnownPrincipal } from "./principals.ts";
import type { Gap } from "./unknown-policy.ts";

/** What the permission check says of one request. */
export interface Judgement {
  findings: Finding[];
  /** The policies of files that were looked at: what is wrong with them is told once a run. */
  consulted: readonly Policy[];
}

/** Who is asked about: a principal of the IAM details, or a service. */
export type Asked = KnownPrincipal | { service: string };

/** One action on one resource, and what was decided. */
export interface Verdict {
  requirement: Requirement;
  principal: Asked;
  action: string;
  resource: string;
  decision: Decision;
  /** It is by the principal's own policies: what the resource's policy says is not known, and could change it. */
  gap?: Gap;
}

/** Something that can't be decided, and what is missing for it. */
export interface Open {
  path: Path | undefined;
  /** Absent where not even that is known. */
  who?: string;
  actions: readonly string[];
  resources: readonly string[];
  gap: Gap;
  /** What is missing is of this principal's calls, and another one would miss its own. */
  isOwn?: boolean;
}

export const nameOfAsked = (asked: Asked): string => ("service" in asked ? asked.service : asked.arn);
