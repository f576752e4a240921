import type { PolicyKind } from "../policy.ts";

/** The elements that statements of a kind of policy have. */
export interface KindRules {
  /** Used in messages: "an identity policy". */
  called: string;
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
export const KINDS: Readonly<Record<PolicyKind, KindRules>> = {
  identity: { called: "an identity policy", principal: "forbidden", resource: "required", hasPlainSid: true },
  boundary: {
    called: "a permissions boundary",
    principal: "forbidden",
    resource: "required",
    hasPlainSid: true,
  },
  session: { called: "a session policy", principal: "forbidden", resource: "required", hasPlainSid: true },
  scp: {
    called: "a service control policy",
    principal: "forbidden",
    resource: "required",
    hasPlainSid: false,
  },
  rcp: {
    called: "a resource control policy",
    principal: "required",
    resource: "required",
    hasPlainSid: false,
  },
  resource: { called: "a resource policy", principal: "required", resource: "required", hasPlainSid: false },
  trust: { called: "a trust policy", principal: "required", resource: "forbidden", hasPlainSid: true },
  key: { called: "a key policy", principal: "required", resource: "required", hasPlainSid: false },
};
