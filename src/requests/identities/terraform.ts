import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { getTextParts } from "../../documents/parts.ts";
import type { DocumentPart } from "../templates/part.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { toTextParts } from "../templates/segments.ts";
import { readTemplateDocument } from "./documents.ts";
import type { NamedPolicy, TemplateDocument, TemplateIdentities, TemplateIdentity } from "./identity.ts";
import { isReferredTo } from "./identity.ts";
import { readPolicyDocument } from "./policy-document.ts";
import { findReferredIdentity, findReferredResource } from "./reference.ts";

const PRINCIPALS: Readonly<Record<string, TemplateIdentity["kind"]>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
};

/** Resources that give a policy to principals, with the properties that name these. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role_policy: ["role"],
  aws_iam_user_policy: ["user"],
  aws_iam_group_policy: ["group"],
  aws_iam_role_policy_attachment: ["role"],
  aws_iam_user_policy_attachment: ["user"],
  aws_iam_group_policy_attachment: ["group"],
  aws_iam_policy_attachment: ["roles", "users", "groups"],
};

type Documents = ReadonlyMap<string, TemplateDocument>;

/** The principals that resources of Terraform define, with the policies that these give them. */
export function findTerraformIdentities(resources: readonly TemplateResource[]): TemplateIdentities {
  const documents = new Map<string, TemplateDocument>();
  for (const resource of resources.filter(({ type }) => type === "data.aws_iam_policy_document"))
    documents.set(resource.name, readPolicyDocument(resource));
  for (const resource of resources.filter(({ type }) => type === "aws_iam_policy")) {
    const title = `managed policy ${quoted(textOf(resource, "name") ?? resource.name)}`;
    const document = readDocument(resource, "policy", title, documents);
    if (document) documents.set(resource.name, document);
  }
  const identities = resources.flatMap((resource) => readPrincipal(resource, documents) ?? []);
  for (const resource of resources) addPolicy(resource, identities, documents);
  const resourcePolicies = resources.flatMap((resource) => readResourcePolicies(resource, documents));
  return { identities, resourcePolicies };
}

/** Resources that give buckets and keys a policy, with the property that names these; without one, it is their own. */
const RESOURCE_POLICIES: Readonly<Record<string, { kind: "bucket" | "key"; of?: string; title: string }>> = {
  aws_s3_bucket_policy: { kind: "bucket", of: "bucket", title: "the bucket policy" },
  aws_kms_key_policy: { kind: "key", of: "key_id", title: "the key policy" },
  aws_kms_key: { kind: "key", title: "the key policy" },
};

function readResourcePolicies(
  resource: TemplateResource,
  documents: Documents,
): TemplateIdentities["resourcePolicies"] {
  const { type, name, properties, isConditional } = resource;
  const row = Object.hasOwn(RESOURCE_POLICIES, type) ? RESOURCE_POLICIES[type] : undefined;
  const [of] = row?.of === undefined ? [name] : listReferences(properties.member(row.of), resource);
  const part = row && readGiven(resource, "policy");
  const document = part && readText(part, resource, row.title, documents);
  if (!row || of === undefined || !document) return [];
  const condition = isConditional ? { condition: `count of ${name}` } : {};
  return [{ kind: row.kind, of, document: { ...document, ...condition } }];
}

function readPrincipal(resource: TemplateResource, documents: Documents): TemplateIdentity | undefined {
  const { type, name: reference, properties, span } = resource;
  const kind = Object.hasOwn(PRINCIPALS, type) ? PRINCIPALS[type] : undefined;
  if (!kind) return undefined;
  const name = textOf(resource, "name");
  const given = [
    ...listBlocks(readGiven(resource, "inline_policy")).flatMap((block) =>
      readInline(block, resource, documents),
    ),
    ...listAttached(readGiven(resource, "managed_policy_arns"), resource, documents),
  ];
  const [boundary] = listAttached(properties.member("permissions_boundary"), resource, documents);
  const trust = readDocument(resource, "assume_role_policy", "the trust policy", documents);
  return {
    kind,
    reference,
    ...(name !== undefined && { name }),
    span: span(),
    ...(resource.file !== undefined && { file: resource.file }),
    documents: given.filter((one): one is TemplateDocument => "value" in one),
    named: given.filter((one): one is NamedPolicy => !("value" in one)),
    ...(boundary && { boundary }),
    ...(trust && { trust }),
    groups: [],
  };
}

/** A property that the configuration gives: what AWS fills in are the policies that other resources attach. */
function readGiven({ properties, describe }: TemplateResource, key: string): DocumentPart | undefined {
  const part = properties.member(key);
  return part?.value instanceof Unknown && describe("", part).isComputed ? undefined : part;
}

function readInline(
  block: DocumentPart,
  resource: TemplateResource,
  documents: Documents,
): (TemplateDocument | NamedPolicy)[] {
  if (block.value instanceof Unknown) return [{ open: "inline_policy" }];
  const policy = block.member("policy");
  const title = `inline policy ${quoted(block.textMember("name") ?? "(unnamed)")}`;
  const document = policy && readText(policy, resource, title, documents);
  return document ? [document] : [];
}

const listBlocks = (part: DocumentPart | undefined): DocumentPart[] => {
  if (!part || part.value === null || part.value === undefined) return [];
  return Array.isArray(part.value) ? part.items() : [part];
};

const textOf = ({ properties }: TemplateResource, key: string): string | undefined =>
  properties.textMember(key);

/** A document in a property, or the one that the property refers to. */
function readDocument(
  resource: TemplateResource,
  property: string,
  title: string,
  documents: Documents,
): TemplateDocument | undefined {
  const part = resource.properties.member(property);
  return part && readText(part, resource, title, documents);
}

function readText(
  part: DocumentPart,
  resource: TemplateResource,
  title: string,
  documents: Documents,
): TemplateDocument | undefined {
  const referred = findDocument(part, resource, documents);
  return referred ? { ...referred, name: title } : readTemplateDocument(part, title, resource);
}

/** `data.aws_iam_policy_document.x.json`, `aws_iam_policy.x.arn` */
function findDocument(
  part: DocumentPart,
  resource: TemplateResource,
  documents: Documents,
): TemplateDocument | undefined {
  const [only, ...others] = partsOf(part, resource);
  if (typeof only !== "object" || others.length > 0) return undefined;
  const reference =
    /^(?:\$\{\s*)?(data\.aws_iam_policy_document\.[\w-]+)(?:\[[^\]]*\])?\.json/.exec(only.source)?.[1] ??
    findReferredResource(only.source);
  return reference === undefined ? undefined : documents.get(reference);
}

const partsOf = (part: DocumentPart, resource: TemplateResource) =>
  toTextParts(resource.readText(part) ?? []);

function listAttached(
  part: DocumentPart | undefined,
  resource: TemplateResource,
  documents: Documents,
): (TemplateDocument | NamedPolicy)[] {
  if (part?.value instanceof Unknown && !getTextParts(part.value)) {
    const found = findDocument(part, resource, documents);
    return [found ?? { open: sourceOf(part, resource) }];
  }
  return listBlocks(part).flatMap((item): (TemplateDocument | NamedPolicy)[] => {
    if (typeof item.value === "string") return item.value === "" ? [] : [{ arn: item.value }];
    return [findDocument(item, resource, documents) ?? { open: sourceOf(item, resource) }];
  });
}

function sourceOf(part: DocumentPart, resource: TemplateResource): string {
  const hole = partsOf(part, resource).find((one) => typeof one === "object");
  if (typeof hole === "object") return hole.source;
  return part.value instanceof Unknown ? part.value.source : "a policy that the configuration leaves open";
}

function addPolicy(
  resource: TemplateResource,
  identities: readonly TemplateIdentity[],
  documents: Documents,
): void {
  const { type, name, properties } = resource;
  if (type === "aws_iam_user_group_membership") addGroups(resource, identities);
  for (const property of Object.hasOwn(HOLDERS, type) ? HOLDERS[type]! : []) {
    const kind = property.replace(/s$/, "");
    const title = `inline policy ${quoted(textOf(resource, "name") ?? name)}`;
    const given = type.endsWith("_attachment")
      ? listAttached(properties.member("policy_arn"), resource, documents)
      : [readDocument(resource, "policy", title, documents) ?? { open: `${name}.policy` }];
    const holders = listReferences(properties.member(property), resource);
    for (const identity of identities.filter((one) => one.kind === kind)) give(identity, given, holders);
  }
}

/** A policy of a principal that the configuration leaves open may be this one's. */
function give(
  identity: TemplateIdentity,
  given: readonly (TemplateDocument | NamedPolicy)[],
  holders: readonly (string | undefined)[],
): void {
  const isHolder = holders.some((by) => by !== undefined && isReferredTo(identity, by));
  if (!isHolder && !holders.includes(undefined)) return;
  for (const one of given) {
    if ("value" in one)
      identity.documents.push(isHolder ? one : { ...one, condition: "the name of its role" });
    else identity.named.push(one);
  }
}

function addGroups(resource: TemplateResource, identities: readonly TemplateIdentity[]): void {
  const users = listReferences(resource.properties.member("user"), resource);
  const groups = listReferences(resource.properties.member("groups"), resource);
  for (const identity of identities)
    if (users.some((by) => by !== undefined && isReferredTo(identity, by)))
      identity.groups.push(...groups.map((by) => by ?? ""));
}

/** Names or references; undefined for one that isn't known. */
function listReferences(part: DocumentPart | undefined, resource: TemplateResource): (string | undefined)[] {
  return listBlocks(part).map((item) =>
    typeof item.value === "string" ? `name:${item.value}` : findReferredIdentity(partsOf(item, resource)),
  );
}
