import type { Policy } from "../iam/policy.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { DefinedBucket } from "./defined-bucket.ts";
import type { EvaluatedPrincipal, PermissionDecision, UndecidedRequirement } from "./result.ts";
import type { TemplatePrincipal } from "./template-principal.ts";

/** Accumulates the results for the requirements of one request. */
export interface EvaluationRun {
  decisions: PermissionDecision[];
  /** Decisions that allow a service regardless of the account that it acts for. */
  confusable: PermissionDecision[];
  undecided: UndecidedRequirement[];
  consulted: Set<Policy>;
  given: Readonly<Record<string, unknown>>;
  caller: TemplatePrincipal | undefined;
  roles: ReadonlyMap<string, TemplatePrincipal>;
  bucket: DefinedBucket | undefined;
}

/** One action on one resource. */
export interface ActionQuery {
  requirement: PermissionRequirement;
  requester: EvaluatedPrincipal;
  action: string;
  resource: string;
  policy?: Policy;
}
