import type { PolicyLevels } from "../context/load/policies.ts";
import type { ContextStore } from "../context/store.ts";
import type { PolicySet } from "../iam/evaluation/decision.ts";
import type { Policy, PolicyKind, PolicyMetadata } from "../iam/policy.ts";
import { readPolicy } from "../iam/read/index.ts";

/** Reads the organization's policies; empty when the context describes no organization. */
export function readOrganizationPolicies(
  store: ContextStore,
): Pick<PolicySet, "serviceControl" | "resourceControl"> {
  const { serviceControlPolicies, resourceControlPolicies } = store.organization ?? {};
  return {
    ...(serviceControlPolicies && {
      serviceControl: readLevels(serviceControlPolicies, "scp", "service control policy"),
    }),
    ...(resourceControlPolicies && {
      resourceControl: readLevels(resourceControlPolicies, "rcp", "resource control policy"),
    }),
  };
}

const readLevels = ({ levels, place }: PolicyLevels, kind: PolicyKind, noun: string): Policy[][] =>
  levels.map((documents, level) =>
    documents.map((document, index) =>
      readPolicy(document, {
        kind,
        name: `${noun} ${index + 1} of level ${level + 1}`,
        place: (path, at) => place([level, index, ...path], at),
      }),
    ),
  );

/** Policies of resources from the context of requests. Each is read once. */
export class ResourcePolicyReader {
  readonly #store: ContextStore;
  readonly #objects = new WeakMap<object, Map<string, Policy>>();

  constructor(store: ContextStore) {
    this.#store = store;
  }

  /** Reads a policy from a document, its text, or the output of `get-bucket-policy` or `get-key-policy`. */
  readResourcePolicy(given: unknown, about: Pick<PolicyMetadata, "kind" | "name">): Policy {
    if (typeof given !== "object" || given === null) return this.#read(given, about);
    const known = this.#objects.get(given) ?? new Map<string, Policy>();
    this.#objects.set(given, known);
    const key = `${about.kind} ${about.name}`;
    const policy = known.get(key) ?? this.#read(given, about);
    known.set(key, policy);
    return policy;
  }

  #read(given: unknown, about: Pick<PolicyMetadata, "kind" | "name">): Policy {
    const printed = unwrapPrintedPolicy(given);
    const document = printed ?? given;
    const place = this.#store.findBucketPolicyPlace(given);
    if (!place) return readPolicy(document, about);
    const above = printed === undefined ? [] : ["Policy"];
    // A policy that is given as text has no places for its parts.
    const placed: PolicyMetadata["place"] =
      typeof document === "string" ? () => place(above) : (path, at) => place([...above, ...path], at);
    return readPolicy(document, { ...about, place: placed });
  }
}

function unwrapPrintedPolicy(given: unknown): unknown {
  if (typeof given !== "object" || given === null || !("Policy" in given)) return undefined;
  return "Statement" in given ? undefined : given.Policy;
}
