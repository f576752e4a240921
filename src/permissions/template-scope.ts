import type { Policy } from "../iam/policy.ts";
import { createUnknownCondition } from "../iam/read/unknown-parts.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { KnownPrincipal } from "./principals.ts";
import type { TemplateScope } from "./template-policies.ts";
import type { TemplatePrincipal } from "./template-principal.ts";

/**
 * What a template's references to its own account and Region stand for in a call. The caller's calls are made where the
 * template is deployed, so a resource that only its own account can use is in the same account and Region.
 */
export function findTemplateScope(
  { isCallers, resourcePolicy, resourceAccount }: PermissionRequirement,
  resource: string,
  { isElsewhere }: TemplatePrincipal,
): TemplateScope {
  const [, partition = "aws", , region = "", account = ""] = resource.split(":");
  const scope = { partition: /^[\w-]+$/.test(partition) ? partition : "aws" };
  if (!isCallers || resourcePolicy || resourceAccount) return scope;
  return { ...scope, ...(region !== "" && !isElsewhere && { region }), ...(account !== "" && { account }) };
}

const UNNAMED = {
  message: "the resource's policy names principals, and which of them the template's role is, is not known",
  help: "give the template's role as it is: `countersign iam fetch ARN --out iam.json`, and `--context iam.json`",
};

/** A resource's policy for a principal whose ARN isn't known: any principal that it names may be this one. */
export function blurPrincipals(policy: Policy, { arn, account }: KnownPrincipal): Policy {
  const statements = policy.statements.map((statement) => {
    const { principal } = statement;
    const names = [...(principal?.aws ?? []), ...(principal?.canonicalUser ?? [])];
    if (!principal || (!principal.isNegated && names.every((name) => name === "*"))) return statement;
    const own = [arn, `arn:${arn.split(":")[1]}:iam::${account}:root`, account];
    if (names.every((name) => own.includes(name)) || (!principal.isNegated && names.includes(arn)))
      return statement;
    return {
      ...statement,
      principal: { ...principal, isNegated: false, isEveryone: true, aws: ["*"], canonicalUser: [] },
      conditions: [...statement.conditions, createUnknownCondition(UNNAMED)],
    };
  });
  return { ...policy, statements };
}
