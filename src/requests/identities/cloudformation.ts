import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenList, PartialText } from "../../documents/partial.ts";
import { getTextParts } from "../../documents/parts.ts";
import { parseIntrinsicCall } from "../templates/intrinsic-call.ts";
import { listAlternatives } from "../templates/intrinsics.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { readTemplateDocument } from "./documents.ts";
import type { NamedPolicy, TemplateDocument, TemplateIdentities, TemplateIdentity } from "./identity.ts";
import { isReferredTo } from "./identity.ts";
import { findReferredResource } from "./reference.ts";
import { readSamPolicies } from "./sam.ts";

type Kind = TemplateIdentity["kind"];

/** The resources that define principals, with the properties of their names. */
const PRINCIPALS: Readonly<Record<string, { kind: Kind; name: string }>> = {
  "AWS::IAM::Role": { kind: "role", name: "RoleName" },
  "AWS::IAM::User": { kind: "user", name: "UserName" },
  "AWS::IAM::Group": { kind: "group", name: "GroupName" },
};

/** The resources that give policies to principals, with the properties that name these. */
const POLICIES: Readonly<Record<string, Readonly<Partial<Record<Kind, string>>>>> = {
  "AWS::IAM::Policy": { role: "Roles", user: "Users", group: "Groups" },
  "AWS::IAM::ManagedPolicy": { role: "Roles", user: "Users", group: "Groups" },
  "AWS::IAM::RolePolicy": { role: "RoleName" },
  "AWS::IAM::UserPolicy": { user: "UserName" },
  "AWS::IAM::GroupPolicy": { group: "GroupName" },
};

/** The principals of a CloudFormation or SAM template, with the policies that the template gives them. */
export function findTemplateIdentities(resources: readonly TemplateResource[]): TemplateIdentities {
  const managed = new Map<string, TemplateDocument>();
  for (const resource of resources) {
    const { type, name, properties } = resource;
    if (type !== "AWS::IAM::ManagedPolicy") continue;
    const title = `managed policy ${quoted(textOf(properties, "ManagedPolicyName") ?? name)}`;
    const document = readTemplateDocument(properties.member("PolicyDocument"), title, resource);
    if (document) managed.set(name, document);
  }
  const identities = resources.flatMap(
    (resource) => readPrincipal(resource, managed) ?? readSamPolicies(resource) ?? [],
  );
  for (const resource of resources) addPolicies(resource, identities);
  return { identities, resourcePolicies: resources.flatMap(readResourcePolicies) };
}

function readPrincipal(
  resource: TemplateResource,
  managed: ReadonlyMap<string, TemplateDocument>,
): TemplateIdentity | undefined {
  const { type, name: reference, properties, span } = resource;
  const row = Object.hasOwn(PRINCIPALS, type) ? PRINCIPALS[type] : undefined;
  if (!row) return undefined;
  const name = textOf(properties, row.name);
  const trust = readTemplateDocument(
    properties.member("AssumeRolePolicyDocument"),
    "the trust policy",
    resource,
  );
  const attached = listAttached(properties.member("ManagedPolicyArns"));
  const boundary = listAttached(properties.member("PermissionsBoundary")).map((one) =>
    resolveManaged(one, managed),
  )[0];
  const inline = listInline(properties.member("Policies"), resource);
  const resolved = attached.map((one) => resolveManaged(one, managed));
  return {
    kind: row.kind,
    reference,
    ...(name !== undefined && { name }),
    span: span(),
    documents: [...inline.documents, ...resolved.filter((one): one is TemplateDocument => "value" in one)],
    named: [...inline.open, ...resolved.filter((one): one is NamedPolicy => !("value" in one))],
    ...(boundary && { boundary }),
    ...(trust && { trust }),
    groups: listReferences(properties.member("Groups")).flatMap((one) => one ?? []),
  };
}

/** The text of a property, if it is known. */
const textOf = (properties: DocumentPart, key: string): string | undefined => {
  const part = properties.member(key);
  const value = part && resolveIntrinsics(part);
  return typeof value === "string" ? value : undefined;
};

/** The items of a list; a single value is one item. What may hold others is followed by what that depends on. */
function listPresentItems(part: DocumentPart | undefined): (DocumentPart | { open: string })[] {
  if (!part) return [];
  const value = resolveIntrinsics(part);
  const open = value instanceof OpenList ? [{ open: value.source }] : [];
  if (Array.isArray(part.value)) return [...part.items().filter((item) => !isOptional(item)), ...open];
  return value === undefined || value === null ? [] : [part];
}

/** `Fn::If` with `AWS::NoValue`: the item is there only in some cases. */
const isOptional = (item: DocumentPart): boolean =>
  parseIntrinsicCall(item)?.name === "Fn::If" && listAlternatives(item).length < 2;

function listInline(
  part: DocumentPart | undefined,
  resource: TemplateResource,
): { documents: TemplateDocument[]; open: NamedPolicy[] } {
  const documents: TemplateDocument[] = [];
  const open: NamedPolicy[] = [];
  for (const item of listPresentItems(part)) {
    if ("open" in item) open.push(item);
    else {
      const name = textOf(item, "PolicyName");
      const document = readTemplateDocument(
        item.member("PolicyDocument"),
        `inline policy${name === undefined ? "" : ` ${quoted(name)}`}`,
        resource,
      );
      if (document) documents.push(document);
      else open.push({ open: sourceOf(item) });
    }
  }
  return { documents, open };
}

/** The ARNs of a list of policies, or the resources that it refers to. */
function listAttached(part: DocumentPart | undefined): (NamedPolicy & { reference?: string })[] {
  return listPresentItems(part).map((item) => {
    if ("open" in item) return item;
    const value = resolveIntrinsics(item);
    const arn = readArn(value);
    if (arn !== undefined) return { arn };
    const source = sourceOf(item);
    const reference = findReferredResource(source);
    return { open: source, ...(reference !== undefined && { reference }) };
  });
}

/** ARNs of AWS's own policies differ by partition only in their first part. */
function readArn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const parts = value instanceof PartialText ? (getTextParts(value) ?? []) : [];
  if (parts.length === 0) return undefined;
  const texts = parts.map((one) =>
    typeof one === "string" ? one : /AWS::Partition/.test(one.source) ? "aws" : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

/** What stands there, in the words of a text with holes. */
function sourceOf(item: DocumentPart): string {
  const value = resolveIntrinsics(item);
  const [only] = value instanceof PartialText ? value.parts : [];
  if (typeof only === "object") return only.source;
  return value instanceof Unknown ? value.source : "a policy that the template leaves open";
}

const resolveManaged = (
  { reference, ...named }: NamedPolicy & { reference?: string },
  managed: ReadonlyMap<string, TemplateDocument>,
): TemplateDocument | NamedPolicy => (reference === undefined ? undefined : managed.get(reference)) ?? named;

/** Names or references of principals; undefined for one that isn't known. */
function listReferences(part: DocumentPart | undefined): (string | undefined)[] {
  return listPresentItems(part).map((item) => {
    if ("open" in item) return undefined;
    const value = resolveIntrinsics(item);
    if (typeof value === "string") return `name:${value}`;
    return findReferredResource(sourceOf(item));
  });
}

function addPolicies(resource: TemplateResource, identities: readonly TemplateIdentity[]): void {
  const { type, properties } = resource;
  if (type === "AWS::IAM::UserToGroupAddition") addGroup(properties, identities);
  const holders = Object.hasOwn(POLICIES, type) ? POLICIES[type]! : {};
  const document = Object.keys(holders).length > 0 ? readStandalone(resource) : undefined;
  if (!document) return;
  for (const [kind, property] of Object.entries(holders)) {
    const references = listReferences(properties.member(property));
    for (const identity of identities.filter((one) => one.kind === kind))
      addPolicy(document, identity, references, identities, property);
  }
}

function addGroup(properties: DocumentPart, identities: readonly TemplateIdentity[]): void {
  const [group] = listReferences(properties.member("GroupName"));
  const users = listReferences(properties.member("Users"));
  for (const identity of identities)
    if (users.some((by) => by !== undefined && isReferredTo(identity, by))) identity.groups.push(group ?? "");
}

/** The document of a policy that is a resource of its own. */
function readStandalone(resource: TemplateResource): TemplateDocument | undefined {
  const { type, name, properties } = resource;
  const isManaged = type === "AWS::IAM::ManagedPolicy";
  const given = textOf(properties, isManaged ? "ManagedPolicyName" : "PolicyName") ?? name;
  const title = `${isManaged ? "managed" : "inline"} policy ${quoted(given)}`;
  const document = readTemplateDocument(properties.member("PolicyDocument"), title, resource);
  return document && markConditional(document, resource);
}

/** A resource that a condition decides about may not come to exist. */
const markConditional = (
  document: TemplateDocument,
  { isConditional, name }: TemplateResource,
): TemplateDocument => (isConditional ? { ...document, condition: `the condition of ${name}` } : document);

function addPolicy(
  document: TemplateDocument,
  identity: TemplateIdentity,
  references: readonly (string | undefined)[],
  identities: readonly TemplateIdentity[],
  property: string,
): void {
  if (references.some((by) => by !== undefined && isReferredTo(identity, by)))
    identity.documents.push(document);
  else if (references.some((by) => by === undefined || isForeign(by, identities, identity)))
    identity.documents.push({ ...document, condition: property });
}

/** A name that no principal of the template has may be that of one whose name the template leaves open. */
const isForeign = (by: string, all: readonly TemplateIdentity[], { name }: TemplateIdentity): boolean =>
  name === undefined && !by.startsWith("name:") && !all.some((one) => isReferredTo(one, by));

function readResourcePolicies(resource: TemplateResource): TemplateIdentities["resourcePolicies"] {
  const { type, name, properties } = resource;
  if (type === "AWS::S3::BucketPolicy") {
    const [of] = listReferences(properties.member("Bucket"));
    const document = readTemplateDocument(properties.member("PolicyDocument"), "the bucket policy", resource);
    return document && of !== undefined
      ? [{ kind: "bucket", of, document: markConditional(document, resource) }]
      : [];
  }
  if (type !== "AWS::KMS::Key") return [];
  const document = readTemplateDocument(properties.member("KeyPolicy"), "the key policy", resource);
  return document ? [{ kind: "key", of: name, document }] : [];
}
