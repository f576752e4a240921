import type { PolicySet } from "../evaluation/decision.ts";
import { resolveRequiredPolicy } from "../evaluation/scope.ts";
import type { Policy, PolicyKind } from "../policy.ts";
import { readCachedPolicy } from "./policy-cache.ts";
import type { Levels, OneOrMore, PolicyDocument, SimulateInput } from "./types.ts";

/** Which of the given documents a policy was read from. */
export interface PolicyOrigin {
  kind: PolicyKind;
  index: number;
  /** Level of a control policy, from 0. */
  level?: number;
}

/** Reads the policies of the input, and records the document that each came from. */
export function readPolicySet(input: SimulateInput): {
  policies: PolicySet;
  origins: ReadonlyMap<Policy, PolicyOrigin>;
} {
  const origins = new Map<Policy, PolicyOrigin>();
  const read = (document: PolicyDocument, origin: PolicyOrigin): Policy => {
    const cached = readCachedPolicy(document, origin.kind);
    // The same document may be given twice; each occurrence is a policy of its own.
    const policy = origins.has(cached) ? { ...cached } : cached;
    origins.set(policy, origin);
    return policy;
  };
  const list = (given: OneOrMore<PolicyDocument>, kind: PolicyKind, level?: number): Policy[] =>
    toDocumentList(given).map((document, index) =>
      read(document, { kind, index, ...(level !== undefined && { level }) }),
    );
  const one = (given: OneOrMore<PolicyDocument>, kind: PolicyKind): Policy =>
    read(toDocumentList(given)[0]!, { kind, index: 0 });
  const levels = (given: Levels, kind: PolicyKind): Policy[][] =>
    toDocumentList<OneOrMore<PolicyDocument>>(given).map((documents, level) => list(documents, kind, level));
  const { identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy } = input;
  const { serviceControlPolicies, resourceControlPolicies } = input;
  const policies: PolicySet = {};
  if (identityPolicies !== undefined) policies.identity = list(identityPolicies, "identity");
  if (permissionsBoundary !== undefined) policies.boundary = one(permissionsBoundary, "boundary");
  if (sessionPolicies !== undefined) policies.session = list(sessionPolicies, "session");
  if (serviceControlPolicies !== undefined) policies.serviceControl = levels(serviceControlPolicies, "scp");
  if (resourceControlPolicies !== undefined)
    policies.resourceControl = levels(resourceControlPolicies, "rcp");
  if (resourcePolicy !== undefined) policies.resource = one(resourcePolicy, resolveResourceKind(input));
  return { policies, origins };
}

/** The policy of a role is its trust policy, that of a KMS key its key policy. */
const resolveResourceKind = ({ action, resource }: SimulateInput): PolicyKind =>
  resolveRequiredPolicy(action, resource) ?? "resource";

const toDocumentList = <Value extends object | string>(given: OneOrMore<Value>): readonly Value[] =>
  Array.isArray(given) ? (given as readonly Value[]) : [given as Value];
