import type { PolicySet } from "../evaluation/decision.ts";
import { requiredPolicy } from "../evaluation/scope.ts";
import type { Policy, PolicyKind } from "../policy.ts";
import { policyFrom } from "./policy-cache.ts";
import type { Levels, OneOrMore, PolicyDocument, SimulateInput } from "./types.ts";

/** Which of the given documents a policy was read from. */
export interface Origin {
  kind: PolicyKind;
  index: number;
  /** Level of a control policy, from 0. */
  level?: number;
}

/** Reads the policies of the input, and records the document that each came from. */
export function policySetOf(input: SimulateInput): {
  policies: PolicySet;
  origins: ReadonlyMap<Policy, Origin>;
} {
  const origins = new Map<Policy, Origin>();
  const read = (document: PolicyDocument, origin: Origin): Policy => {
    // The same document may be given twice; each occurrence is a policy of its own.
    const policy = { ...policyFrom(document, origin.kind) };
    origins.set(policy, origin);
    return policy;
  };
  const list = (given: OneOrMore<PolicyDocument>, kind: PolicyKind, level?: number): Policy[] =>
    listed(given).map((document, index) =>
      read(document, { kind, index, ...(level !== undefined && { level }) }),
    );
  const one = (given: OneOrMore<PolicyDocument>, kind: PolicyKind): Policy =>
    read(listed(given)[0]!, { kind, index: 0 });
  const levels = (given: Levels, kind: PolicyKind): Policy[][] =>
    listed<OneOrMore<PolicyDocument>>(given).map((documents, level) => list(documents, kind, level));
  const { identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy } = input;
  const { serviceControlPolicies, resourceControlPolicies } = input;
  const policies: PolicySet = {
    ...(identityPolicies !== undefined && { identity: list(identityPolicies, "identity") }),
    ...(permissionsBoundary !== undefined && { boundary: one(permissionsBoundary, "boundary") }),
    ...(sessionPolicies !== undefined && { session: list(sessionPolicies, "session") }),
    ...(serviceControlPolicies !== undefined && { serviceControl: levels(serviceControlPolicies, "scp") }),
    ...(resourceControlPolicies !== undefined && { resourceControl: levels(resourceControlPolicies, "rcp") }),
    ...(resourcePolicy !== undefined && { resource: one(resourcePolicy, resourceKind(input)) }),
  };
  return { policies, origins };
}

/** The policy of a role is its trust policy, that of a KMS key its key policy. */
const resourceKind = ({ action, resource }: SimulateInput): PolicyKind =>
  requiredPolicy(action, resource) ?? "resource";

const listed = <Value extends object | string>(given: OneOrMore<Value>): readonly Value[] =>
  Array.isArray(given) ? (given as readonly Value[]) : [given as Value];
