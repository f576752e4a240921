import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { getKnownMembers, omitMembers } from "../../documents/parts.ts";
import { fillAutomationParameters } from "../automation-parameters.ts";
import { RequestCollector } from "../collector.ts";
import { findBoto3Aliases } from "../dialects/boto3-aliases.ts";
import { renameMembers } from "../dialects/rename-members.ts";
import { findBoto3Name } from "../dialects/sdk-operation.ts";
import type { Payload } from "../payload.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { FindRequests } from "../request.ts";
import { parseEmbeddedJson, parseEmbeddedYaml } from "../templates/embedded-json.ts";
import { listAlternatives } from "../templates/intrinsics.ts";
import { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources, readJsonProperty } from "../templates/resources.ts";
import { joinSources } from "../templates/segments.ts";

interface StepContext {
  collector: RequestCollector;
  /** The inputs may contain CloudFormation's intrinsic functions. */
  hasIntrinsics?: boolean;
  /** The role that the automation takes. */
  caller?: string | Unknown;
  justification?: string;
  /** The document's parameters, which its texts refer to by `{{ Name }}`. */
  parameters?: unknown;
}

/**
 * Finds API calls in Systems Manager Automation documents: files of their own, or the content of a resource.
 */
export const findSsmAutomation: FindRequests = (document, surroundings) => {
  const collector = new RequestCollector("ssm-automation", surroundings);
  const root = new DocumentPart(document, surroundings.text);
  if (Array.isArray(root.member("mainSteps")?.value)) addAutomation(root, { collector });
  else for (const resource of findResources(root)) addResource(resource, collector);
  return collector.result;
};

const CONTENT_PROPERTIES: Readonly<Record<string, string>> = {
  "AWS::SSM::Document": "Content",
  aws_ssm_document: "content",
};

function addResource(resource: TemplateResource, collector: RequestCollector): void {
  const { type, properties } = resource;
  const content = Object.hasOwn(CONTENT_PROPERTIES, type)
    ? properties.member(CONTENT_PROPERTIES[type]!)
    : undefined;
  for (const one of content ? listAlternatives(content) : []) addContent(one, resource, collector);
}

function addContent(content: DocumentPart, resource: TemplateResource, collector: RequestCollector): void {
  const { properties, justification } = resource;
  const json = readJsonProperty(content, resource);
  if (!json) return;
  const about = { collector, ...(justification !== undefined && { justification }) };
  if ("object" in json) {
    addAutomation(json.object, { ...about, hasIntrinsics: true });
    return;
  }
  const text = joinSources(json.pieces);
  if (!API_ACTION.test(text)) return;
  const { parseYaml } = collector;
  const payload =
    parseYaml && !/^\s*\{/.test(text)
      ? collector.parsePayload(json.pieces, content, (pieces) => parseEmbeddedYaml(pieces, parseYaml))
      : collector.parsePayload(json.pieces, content);
  if (payload?.value instanceof Unknown)
    collector.addUnread(content.span(), "the placeholders in this content keep it from being read");
  else if (payload) addAutomation(new DocumentPart(payload.document, properties.text), about);
}

function addAutomation(automation: DocumentPart, about: StepContext): void {
  const steps = automation.member("mainSteps");
  const parameters = automation.member("parameters")?.value;
  const role = automation.member("assumeRole");
  const written = role && (about.hasIntrinsics ? resolveIntrinsics(role) : role.value);
  const value = fillAutomationParameters(written, parameters);
  const isRole = (typeof value === "string" && value !== "") || value instanceof Unknown;
  if (steps) addSteps(steps, { ...about, parameters, ...(isRole && { caller: value }) });
}

/**
 * Actions that call an API (Systems Manager Automation actions reference); the last two poll a read
 * operation.
 */
const API_ACTION = /aws:(?:executeAwsApi|waitForAwsResourceProperty|assertAwsResourceProperty)/;

/** Inputs that belong to the action rather than to the API. */
const ACTION_INPUTS = new Set(["Service", "Api", "PropertySelector", "DesiredValues"]);

function addSteps(steps: DocumentPart, about: StepContext): void {
  for (const step of listAlternatives(steps).flatMap((some) => some.items().flatMap(listAlternatives))) {
    const inputs = step.member("inputs");
    if (!inputs) continue;
    addTemplate(step, inputs, about);
    if (API_ACTION.test(step.textMember("action") ?? "")) addStep(step, inputs, about);
    // `aws:loop` contains steps of its own.
    const inner = inputs.member("Steps");
    if (inner) addSteps(inner, about);
  }
}

/** A template that a step makes a stack of. */
function addTemplate(step: DocumentPart, inputs: DocumentPart, { collector }: StepContext): void {
  const part = inputs.member("TemplateBody") ?? inputs.member("templateBody");
  if (!part) return;
  if (typeof part.value !== "string") {
    const { document, path, value } = part;
    collector.addNested({ value, span: (inner, at) => document.span([...path, ...inner], at) }, step.path);
    return;
  }
  const pieces = [{ embedded: part.embedded(part.value) }];
  const { parseYaml } = collector;
  const { document } = parseYaml ? parseEmbeddedYaml(pieces, parseYaml) : parseEmbeddedJson(pieces);
  if (document) collector.addNested(document, step.path);
}

function addStep(
  step: DocumentPart,
  inputs: DocumentPart,
  { collector, hasIntrinsics: resolves, justification, caller, parameters }: StepContext,
): void {
  const service = readName(inputs, "Service", resolves);
  const api = readName(inputs, "Api", resolves);
  if (!service || !api) return;
  if (service.value === undefined || api.value === undefined) {
    const open = service.value === undefined ? service : api;
    collector.addUnread(
      open.part.span(),
      `${quoted(open.source)} is a placeholder: which operation is called is not known`,
    );
    return;
  }
  const boto3 = findBoto3Name(service.value);
  if (boto3 !== undefined)
    collector.faults.push({
      code: "document/unknown-operation",
      // Whether Automation looks at the case is not documented.
      ...(boto3 === service.value.toLowerCase() && { severity: "warning" }),
      span: service.part.span(),
      message: `boto3, which makes the call, knows no service ${quoted(service.value)}`,
      help: `did you mean ${quoted(boto3)}?`,
    });
  const operation = collector.resolveOperation(service.value, api.value, () => api.part.span());
  if (operation === undefined) return;
  const inputValue = resolves ? resolveIntrinsics(inputs) : inputs.value;
  if (!getKnownMembers(inputValue)) return;
  const reason = step.textMember("description") ?? justification;
  const payload: Payload = {
    value: fillAutomationParameters(omitMembers(inputValue, ACTION_INPUTS), parameters),
    document: inputs.document,
    path: inputs.path,
  };
  const request = {
    operation,
    path: step.path,
    span: () => step.span(),
    operationSpan: () => api.part.span(),
    ...(reason !== undefined && { justification: reason }),
    ...(caller !== undefined && { caller }),
  };
  const aliases = findBoto3Aliases(operation);
  if (Object.keys(aliases).length > 0) collector.addRestored(request, renameMembers(payload, aliases));
  else collector.add(request, payload);
}

/** An input that is a name; `value` is undefined if it is a placeholder. */
function readName(inputs: DocumentPart, key: string, resolves: boolean | undefined) {
  const part = inputs.member(key);
  if (!part) return undefined;
  const value = replacePlaceholders(resolves ? resolveIntrinsics(part) : part.value);
  if (value instanceof Unknown) return { part, value: undefined, source: value.source };
  return typeof value === "string" ? { part, value, source: value } : undefined;
}
