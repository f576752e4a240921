import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { getTextParts, type TextPart, textFromParts } from "../../documents/parts.ts";
import { findReferenceDomain } from "../reference-domains.ts";
import { isObject } from "../request.ts";
import { listAlternatives, readTemplateText } from "../templates/intrinsics.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { joinSources } from "../templates/segments.ts";
import { readTemplateDocument } from "./documents.ts";
import type { NamedPolicy, TemplateDocument, TemplateIdentity } from "./identity.ts";
import { SAM_POLICY_TEMPLATES } from "./sam-templates.ts";

const WITH_ROLES = new Set(["AWS::Serverless::Function", "AWS::Serverless::StateMachine"]);

/** What every function's role may do (AWS managed policy reference, "AWSLambdaBasicExecutionRole"). */
const BASIC_EXECUTION = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: "*",
  },
};

/** The role that SAM makes for a function or a state machine without one: it is called as that, with `Role` after it. */
export function readSamPolicies(resource: TemplateResource): TemplateIdentity | undefined {
  const { type, name, properties, span } = resource;
  if (!WITH_ROLES.has(type) || properties.member("Role")) return undefined;
  const policies = properties.member("Policies");
  const items = policies && Array.isArray(policies.value) ? policies.items() : policies ? [policies] : [];
  const given = items.flatMap((item) => readPolicy(item, resource));
  const basic: TemplateDocument = {
    name: "managed policy `AWSLambdaBasicExecutionRole`",
    value: BASIC_EXECUTION,
    span: () => span(),
  };
  const boundary = properties.textMember("PermissionsBoundary");
  const isOpen = boundary === undefined && properties.member("PermissionsBoundary") !== undefined;
  return {
    kind: "role",
    reference: `${name}Role`,
    span: span(),
    documents: [
      ...(type.endsWith("Function") ? [basic] : []),
      ...given.filter((one): one is TemplateDocument => "value" in one),
    ],
    named: given.filter((one): one is NamedPolicy => !("value" in one)),
    ...(boundary !== undefined && { boundary: { arn: boundary } }),
    ...(isOpen && { boundary: { open: "PermissionsBoundary" } }),
    groups: [],
  };
}

/** A name or an ARN of a managed policy, a document, or one of SAM's policy templates. */
function readPolicy(item: DocumentPart, resource: TemplateResource): (TemplateDocument | NamedPolicy)[] {
  const value = resolveIntrinsics(item);
  if (typeof value === "string")
    return [{ arn: value.startsWith("arn:") ? value : `arn:aws:iam::aws:policy/${value}` }];
  if (item.member("Statement")) {
    const document = readTemplateDocument(item, `policy of ${quoted(resource.name)}`, resource);
    return document ? [document] : [];
  }
  const [template] = listAlternatives(item).length === 1 ? item.members() : [];
  const granted = template && readPolicyTemplate(...template);
  if (granted) return [granted];
  const pieces = readTemplateText(item);
  return [{ open: pieces ? joinSources(pieces) : (template?.[0] ?? "Policies") }];
}

/** What one of SAM's policy templates grants with these parameters; undefined where that isn't known. */
function readPolicyTemplate(name: string, parameters: DocumentPart): TemplateDocument | undefined {
  const rows = Object.hasOwn(SAM_POLICY_TEMPLATES, name) ? SAM_POLICY_TEMPLATES[name] : undefined;
  const values = resolveIntrinsics(parameters);
  if (!rows || !isObject(values)) return undefined;
  const statements = rows.map(([actions, ...resources]) => {
    const [service, first, ...others] = actions.split(/[: ]/);
    return {
      Effect: "Allow",
      Action: [first, ...others].map((action) => `${service}:${action}`),
      Resource: resources.map((resource) => fillResource(resource, values)),
    };
  });
  return {
    name: `policy template ${quoted(name)}`,
    value: { Version: "2012-10-17", Statement: statements },
    span: () => parameters.span("key"),
  };
}

/** A resource of the table, as the template would write it. */
function fillResource(resource: string, parameters: Readonly<Record<string, unknown>>): unknown {
  if (resource === "*") return resource;
  const whole = resource.startsWith("=") ? resource.slice(1) : `arn:{AWS::Partition}:${resource}`;
  const parts = whole.split(/\{([\w:]+)\}/).flatMap((part, index): readonly TextPart[] => {
    if (index % 2 === 0) return [part];
    if (!part.startsWith("AWS::"))
      return getTextParts(parameters[part]) ?? [{ source: sourceOf(parameters[part], part) }];
    const domain = findReferenceDomain(part);
    return [{ source: `\${${part}}`, ...(domain && { domain }) }];
  });
  return textFromParts(parts);
}

const sourceOf = (value: unknown, name: string): string => (value instanceof Unknown ? value.source : name);
