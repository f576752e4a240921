import type { PolicySet } from "./decision.ts";
import type { Policy, PolicyKind } from "./policy.ts";
import { policyFrom } from "./policy-cache.ts";
import { requiredPolicy } from "./scope.ts";
import type { PolicyDocument, SimulateInput } from "./simulate.ts";

/** Which of the policies that were handed in a policy is. */
export interface Origin {
  kind: PolicyKind;
  index: number;
  /** Of control policies, from 0. */
  level?: number;
}

/** The policies of a question, read, and which of them came from where. */
export function policySetOf(input: SimulateInput): {
  policies: PolicySet;
  origins: ReadonlyMap<Policy, Origin>;
} {
  const origins = new Map<Policy, Origin>();
  const read = (document: PolicyDocument, origin: Origin): Policy => {
    // A document may be given twice; each is a policy of its own.
    const policy = { ...policyFrom(document, origin.kind) };
    origins.set(policy, origin);
    return policy;
  };
  const list = (documents: readonly PolicyDocument[], kind: PolicyKind, level?: number): Policy[] =>
    documents.map((document, index) =>
      read(document, { kind, index, ...(level !== undefined && { level }) }),
    );
  const levels = (given: readonly (readonly PolicyDocument[])[], kind: PolicyKind): Policy[][] =>
    given.map((documents, level) => list(documents, kind, level));
  const { identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy } = input;
  const { serviceControlPolicies, resourceControlPolicies } = input;
  const policies: PolicySet = {
    ...(identityPolicies && { identity: list(identityPolicies, "identity") }),
    ...(permissionsBoundary && { boundary: read(permissionsBoundary, { kind: "boundary", index: 0 }) }),
    ...(sessionPolicies && { session: list(sessionPolicies, "session") }),
    ...(serviceControlPolicies && { serviceControl: levels(serviceControlPolicies, "scp") }),
    ...(resourceControlPolicies && { resourceControl: levels(resourceControlPolicies, "rcp") }),
    ...(resourcePolicy && { resource: read(resourcePolicy, { kind: resourceKind(input), index: 0 }) }),
  };
  return { policies, origins };
}

/** A role's policy is its trust policy, a KMS key's its key policy. */
const resourceKind = ({ action, resource }: SimulateInput): PolicyKind =>
  requiredPolicy(action, resource) ?? "resource";
