import type { PolicyKind } from "../policy.ts";

/** What the statements of a kind of policy hold. */
export interface KindRules {
  /** In messages: "an identity policy". */
  called: string;
  /** Whose principal it is about, where none can stand. */
  principal: "required" | "forbidden";
  resource: "required" | "forbidden";
  /** IAM's own documents, whose `Sid` is letters and digits. */
  hasPlainSid: boolean;
}

/**
 * IAM user guide, "AWS JSON policy elements" (Principal, Resource); Organizations user guide, "SCP syntax" and "RCP
 * syntax". A trust policy is attached to its resource and names none.
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
