import { quoted } from "../diagnostics/text.ts";
import { PartialText } from "../documents/partial.ts";
import { mapChildren, textFromParts } from "../documents/parts.ts";
import type { Policy } from "../iam/policy.ts";
import { readPolicy } from "../iam/read/index.ts";
import type { TemplateDocument } from "../requests/identities/identity.ts";
import { isReferredTo } from "../requests/identities/identity.ts";
import { findReferredIdentity } from "../requests/identities/reference.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { DefinedBucket } from "./defined-bucket.ts";
import type { ActionQuery, EvaluationRun } from "./evaluation-run.ts";
import { describeResourcePolicy } from "./policy-sets.ts";
import type { EvaluatedPrincipal } from "./result.ts";
import { makeUncertain } from "./template-policies.ts";
import type { References } from "./template-references.ts";
import { fillReferences } from "./template-references.ts";

/** The references to the resource of a call: what isn't known of it is `*` there, and so is it where others name it. */
function listReferences({ bucket }: DefinedBucket, resource: string): References {
  const [arn = "", service] = [/^arn:[\w-]+:s3:::[^/]*/.exec(resource)?.[0], resource.split(":")[2]];
  const key = service === "kms" ? bucket.keyReference : undefined;
  return new Map([
    ...(arn === "" ? [] : [[bucket.reference, { arn, name: arn.slice(arn.lastIndexOf(":") + 1) }] as const]),
    ...(key === undefined ? [] : [[key, { arn: resource, name: resource.split("key/")[1] ?? "*" }] as const]),
  ]);
}

/** The references to the role and the bucket that a call is about. */
export function listCallReferences(
  { members }: PermissionRequirement,
  resource: string,
  { roles, bucket }: EvaluationRun,
): References {
  const role = roles.get(members.resource ?? "");
  const name = resource.slice(resource.lastIndexOf("/") + 1);
  return new Map([
    // `**` matches what `*` does, and unlike that nobody has written it to allow every role.
    ...(role ? [[role.identity.reference, { arn: resource.replace(/\*$/, "**"), name }] as const] : []),
    ...(bucket ? listReferences(bucket, resource) : []),
  ]);
}

/** The policy that the template gives the resource of a call; undefined if it gives none, and so another source may. */
export function readDefinedPolicy(
  { requirement, requester: asked, resource }: Omit<ActionQuery, "action">,
  bucket: DefinedBucket | undefined,
  references: References,
): Policy | undefined {
  const { resourcePolicy } = requirement;
  const about = describeResourcePolicy(resource);
  const { policy, keyPolicy } = bucket?.bucket ?? {};
  const document = about.kind === "key" ? keyPolicy : policy;
  // What a context says of the bucket comes first.
  const isGiven = resourcePolicy && "value" in resourcePolicy && resourcePolicy.value !== null;
  if (!bucket || !document || !resourcePolicy || isGiven) return undefined;
  const { name = bucket.bucket.reference } = bucket.bucket;
  const called = about.kind === "key" ? about : { ...about, name: `the policy of bucket ${quoted(name)}` };
  return readResourceDocument(bucket, document, called, { asked, references });
}

/** The policy that a template gives a bucket or its key, for one principal. */
function readResourceDocument(
  { place }: DefinedBucket,
  document: TemplateDocument,
  about: { kind: "resource" | "key"; name: string },
  { asked, references }: { asked: EvaluatedPrincipal; references: References },
): Policy {
  const value = fillReferences(fillPrincipals(document.value, asked), references);
  const policy = readPolicy(value, { ...about, place: (path, at = "value") => place(document, path, at) });
  return document.condition === undefined ? policy : makeUncertain(policy, document.condition);
}

/** What a policy calls the principal itself, and the account, where the template defines both. */
function fillPrincipals(value: unknown, asked: EvaluatedPrincipal): unknown {
  if ("service" in asked || !asked.template) return value;
  const { arn, account, template } = asked;
  const fill = (text: unknown): unknown => {
    if (!(text instanceof PartialText)) return mapChildren(text, fill);
    const by = findReferredIdentity(text.parts);
    if (by !== undefined && isReferredTo(template.identity, by)) return arn;
    const [, partition = "aws"] = arn.split(":");
    const parts = text.parts.map((part) => {
      if (typeof part === "string") return part;
      if (/AWS::Partition|aws_partition/.test(part.source)) return partition;
      return /AWS::AccountId|aws_caller_identity[\w.-]*\.account_id/.test(part.source) ? account : part;
    });
    return textFromParts(parts, text.source);
  };
  return mapStatements(value, (member, name) => (/^(?:Not)?Principal$/.test(name) ? fill(member) : member));
}

const mapStatements = (value: unknown, replace: (member: unknown, name: string) => unknown): unknown =>
  mapChildren(value, (child, key) =>
    key === "Statement" || typeof key === "number"
      ? mapStatements(child, replace)
      : replace(child, String(key)),
  );
