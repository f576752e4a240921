import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { Collector } from "../collector.ts";
import { withUnknowns } from "../placeholders.ts";
import type { FindRequests } from "../request.ts";
import { isObject } from "../request.ts";
import { readEmbeddedYaml } from "../templates/embedded-json.ts";
import { sourceText } from "../templates/holes.ts";
import { alternatives, resolved } from "../templates/intrinsics.ts";
import { Part } from "../templates/part.ts";
import type { Resource } from "../templates/resources.ts";
import { jsonProperty, resourcesOf } from "../templates/resources.ts";

interface About {
  collector: Collector;
  /** The inputs may contain CloudFormation's intrinsic functions. */
  resolves?: boolean;
  justification?: string;
}

/**
 * Finds API calls in Systems Manager Automation documents: files of their own, or the content of a resource.
 */
export const findSsmAutomation: FindRequests = (document, surroundings) => {
  const collector = new Collector("ssm-automation", surroundings);
  const root = new Part(document, surroundings.text);
  if (Array.isArray(root.member("mainSteps")?.value)) addSteps(root.member("mainSteps")!, { collector });
  else for (const resource of resourcesOf(root)) addResource(resource, collector);
  return collector.found;
};

const CONTENTS: Readonly<Record<string, string>> = {
  "AWS::SSM::Document": "Content",
  aws_ssm_document: "content",
};

function addResource(resource: Resource, collector: Collector): void {
  const { type, properties } = resource;
  const content = Object.hasOwn(CONTENTS, type) ? properties.member(CONTENTS[type]!) : undefined;
  for (const one of content ? alternatives(content) : []) addContent(one, resource, collector);
}

function addContent(content: Part, resource: Resource, collector: Collector): void {
  const { properties, justification } = resource;
  const json = jsonProperty(content, resource);
  if (!json) return;
  const about = { collector, ...(justification !== undefined && { justification }) };
  if ("object" in json) {
    const steps = json.object.member("mainSteps");
    if (steps) addSteps(steps, { ...about, resolves: true });
    return;
  }
  const text = sourceText(json.pieces);
  if (!ACTION.test(text)) return;
  const { parseYaml } = collector;
  const payload =
    parseYaml && !/^\s*\{/.test(text)
      ? collector.payloadOf(json.pieces, content, (pieces) => readEmbeddedYaml(pieces, parseYaml))
      : collector.payloadOf(json.pieces, content);
  if (payload?.value instanceof Unknown)
    collector.open(content.span(), "the placeholders in this content keep it from being read");
  else if (payload) {
    const steps = new Part(payload.document, properties.text).member("mainSteps");
    if (steps) addSteps(steps, about);
  }
}

/**
 * Actions that call an API (Systems Manager Automation actions reference); the last two poll a read
 * operation.
 */
const ACTION = /aws:(?:executeAwsApi|waitForAwsResourceProperty|assertAwsResourceProperty)/;

/** Inputs that belong to the action rather than to the API. */
const OF_ACTION = new Set(["Service", "Api", "PropertySelector", "DesiredValues"]);

function addSteps(steps: Part, about: About): void {
  for (const step of alternatives(steps).flatMap((some) => some.items().flatMap(alternatives))) {
    const inputs = step.member("inputs");
    if (!inputs) continue;
    if (ACTION.test(step.textMember("action") ?? "")) addStep(step, inputs, about);
    // `aws:loop` contains steps of its own.
    const inner = inputs.member("Steps");
    if (inner) addSteps(inner, about);
  }
}

function addStep(step: Part, inputs: Part, { collector, resolves, justification }: About): void {
  const service = named(inputs, "Service", resolves);
  const api = named(inputs, "Api", resolves);
  if (!service || !api) return;
  if (service.value === undefined || api.value === undefined) {
    const open = service.value === undefined ? service : api;
    collector.open(
      open.part.span(),
      `${quoted(open.source)} is a placeholder: which operation is called is not known`,
    );
    return;
  }
  const operation = collector.operation(service.value, api.value, () => api.part.span());
  if (operation === undefined) return;
  const inputValue = resolves ? resolved(inputs) : inputs.value;
  if (!isObject(inputValue)) return;
  const reason = step.textMember("description") ?? justification;
  collector.add(
    {
      operation,
      path: step.path,
      span: () => step.span(),
      operationSpan: () => api.part.span(),
      ...(reason !== undefined && { justification: reason }),
    },
    {
      value: Object.fromEntries(Object.entries(inputValue).filter(([key]) => !OF_ACTION.has(key))),
      document: inputs.document,
      path: inputs.path,
    },
  );
}

/** An input that is a name; `value` is undefined if it is a placeholder. */
function named(inputs: Part, key: string, resolves: boolean | undefined) {
  const part = inputs.member(key);
  if (!part) return undefined;
  const value = withUnknowns(resolves ? resolved(part) : part.value);
  if (value instanceof Unknown) return { part, value: undefined, source: value.source };
  return typeof value === "string" ? { part, value, source: value } : undefined;
}
