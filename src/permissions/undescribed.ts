import type { IamDetails } from "../context/load/policies.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import { IamRecordIndex } from "./details.ts";

const ENTITY = /^arn:[\w-]+:iam::\d{12}:(?:role|user)\/./;
const SESSION = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\/./;

/**
 * Finds the users, roles and sessions of requirements that no output describes, without duplicates, sorted.
 */
export function findUndescribedPrincipals(
  requirements: readonly PermissionRequirement[],
  outputs: readonly IamDetails[],
): string[] {
  const details = new IamRecordIndex(outputs);
  const isKnown = (arn: string): boolean => {
    const [, account, name] = SESSION.exec(arn) ?? [];
    return Boolean(account && name ? details.findByName("role", account, name) : details.findByArn(arn));
  };
  const arns = new Set(requirements.flatMap(listPrincipals));
  return [...arns].filter((arn) => (ENTITY.test(arn) || SESSION.test(arn)) && !isKnown(arn)).sort();
}

/** The principal that needs the permission; for a service, the roles that have to trust it. */
function listPrincipals({ principal, actions, resources }: PermissionRequirement): readonly string[] {
  if ("lacks" in principal) return [];
  if ("value" in principal) return [principal.value];
  return actions.includes("sts:AssumeRole") && "value" in resources ? resources.value : [];
}
