import { quoted } from "../../diagnostics/text.ts";
import { listAlternatives, readTemplateText } from "../templates/intrinsics.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { joinSources } from "../templates/segments.ts";
import { readTemplateDocument } from "./documents.ts";
import type { NamedPolicy, TemplateDocument, TemplateIdentity } from "./identity.ts";

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
    documents: [basic, ...given.filter((one): one is TemplateDocument => "value" in one)],
    named: given.filter((one): one is NamedPolicy => !("value" in one)),
    ...(boundary !== undefined && { boundary: { arn: boundary } }),
    ...(isOpen && { boundary: { open: "PermissionsBoundary" } }),
    groups: [],
  };
}

/** A name or an ARN of a managed policy, a document, or one of SAM's policy templates, of which only the name is known. */
function readPolicy(item: DocumentPart, resource: TemplateResource): (TemplateDocument | NamedPolicy)[] {
  const value = resolveIntrinsics(item);
  if (typeof value === "string")
    return [{ arn: value.startsWith("arn:") ? value : `arn:aws:iam::aws:policy/${value}` }];
  if (item.member("Statement")) {
    const document = readTemplateDocument(item, `policy of ${quoted(resource.name)}`, resource);
    return document ? [document] : [];
  }
  const [template] = listAlternatives(item).length === 1 ? item.members() : [];
  const pieces = readTemplateText(item);
  return [{ open: pieces ? joinSources(pieces) : (template?.[0] ?? "Policies") }];
}
