import type { PolicyKind } from "../policy.ts";

/** The elements that statements of a kind of policy have. */
export interface PolicyKindRules {
  /** Used in messages: "an identity policy". */
  displayName: string;
  /** Forbidden where the policy applies to the principal that it is attached to. */
  principal: "required" | "forbidden";
  resource: "required" | "forbidden";
  /** Whether `Sid` is restricted to letters and digits, as in IAM's own policies. */
  hasPlainSid: boolean;
}

/**
 * IAM user guide, "AWS JSON policy elements" (Principal, Resource); Organizations user guide, "SCP syntax"
 * and "RCP syntax". A trust policy has no resource, since it is attached to it.
 */
export const POLICY_KIND_RULES: Readonly<Record<PolicyKind, PolicyKindRules>> = {
  identity: {
    displayName: "an identity policy",
    principal: "forbidden",
    resource: "required",
    hasPlainSid: true,
  },
  boundary: {
    displayName: "a permissions boundary",
    principal: "forbidden",
    resource: "required",
    hasPlainSid: true,
  },
  session: {
    displayName: "a session policy",
    principal: "forbidden",
    resource: "required",
    hasPlainSid: true,
  },
  scp: {
    displayName: "a service control policy",
    principal: "forbidden",
    resource: "required",
    hasPlainSid: false,
  },
  rcp: {
    displayName: "a resource control policy",
    principal: "required",
    resource: "required",
    hasPlainSid: false,
  },
  resource: {
    displayName: "a resource policy",
    principal: "required",
    resource: "required",
    hasPlainSid: false,
  },
  trust: { displayName: "a trust policy", principal: "required", resource: "forbidden", hasPlainSid: true },
  key: { displayName: "a key policy", principal: "required", resource: "required", hasPlainSid: false },
};
