import type { PolicySet } from "../iam/evaluation/decision.ts";
import type { Policy } from "../iam/policy.ts";

/** The account in an ARN; undefined where it has none, or a pattern. */
export function resourceAccountFromArn(resource: string): string | undefined {
  const account = resource.split(":", 5)[4] ?? "";
  return /^\d{12}$/.test(account) ? account : undefined;
}

/** What the policy of a resource is, and what messages call it. */
export function describeResourcePolicy(resource: string): { kind: "resource" | "key"; name: string } {
  const [, , service, , , ...rest] = resource.split(":");
  if (service === "kms") return { kind: "key", name: "the policy of the KMS key" };
  const [bucket = ""] = rest.join(":").split("/");
  const name =
    service === "s3" ? `the policy of bucket \`${bucket.replaceAll("`", "'")}\`` : "the resource's policy";
  return { kind: "resource", name };
}

export const listPolicies = ({
  identity,
  boundary,
  serviceControl,
  resourceControl,
  resource,
}: PolicySet): Policy[] => [
  ...(identity ?? []),
  ...(boundary ? [boundary] : []),
  ...(serviceControl ?? []).flat(),
  ...(resourceControl ?? []).flat(),
  ...(resource ? [resource] : []),
];
