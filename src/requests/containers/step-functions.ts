import { Unknown } from "../../documents/document.ts";
import { RequestCollector } from "../collector.ts";
import type { FindRequests } from "../request.ts";
import { isObject } from "../request.ts";
import { listAlternatives, readTemplateText } from "../templates/intrinsics.ts";
import { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources, readJsonProperty } from "../templates/resources.ts";
import { joinSources } from "../templates/segments.ts";
import { addStates } from "./states.ts";

/** Finds SDK calls in state machines: files of their own, or the definition of a resource. */
export const findStepFunctions: FindRequests = (document, surroundings) => {
  const collector = new RequestCollector("step-functions", surroundings);
  const root = new DocumentPart(document, surroundings.text);
  if (isStateMachine(root)) addStates(root, { collector, readText: readSourceText });
  else for (const resource of findResources(root)) addResource(resource, collector);
  return collector.result;
};

const isStateMachine = (root: DocumentPart): boolean =>
  "StartAt" in Object(root.value) && isObject(root.member("States")?.value);

/** The source text, including any placeholders. */
const readSourceText = (part: DocumentPart): string | undefined =>
  typeof part.value === "string" ? part.value : part.value instanceof Unknown ? part.value.source : undefined;

/** The properties that may hold the definition, by type of resource. */
const DEFINITION_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  "AWS::StepFunctions::StateMachine": ["DefinitionString", "Definition"],
  "AWS::Serverless::StateMachine": ["Definition"],
  aws_sfn_state_machine: ["definition"],
  awscc_stepfunctions_state_machine: ["definition_string"],
};

function addResource(resource: TemplateResource, collector: RequestCollector): void {
  const { type, properties } = resource;
  for (const name of Object.hasOwn(DEFINITION_PROPERTIES, type) ? DEFINITION_PROPERTIES[type]! : []) {
    const definition = properties.member(name);
    for (const one of definition ? listAlternatives(definition) : []) addDefinition(one, resource, collector);
  }
}

function addDefinition(
  definition: DocumentPart,
  resource: TemplateResource,
  collector: RequestCollector,
): void {
  const { properties, justification } = resource;
  const json = readJsonProperty(definition, resource);
  if (!json) return;
  const substitutions = new Map(
    properties
      .member("DefinitionSubstitutions")
      ?.members()
      .map(([variable, value]): [string, unknown] => [variable, resolveIntrinsics(value)]),
  );
  const about = { collector, substitutions, ...(justification !== undefined && { justification }) };
  if ("object" in json) {
    addStates(json.object, { ...about, readText: readSegmentsSource, hasIntrinsics: true });
  } else if (hasSdkCall(joinSources(json.pieces))) {
    const payload = collector.parsePayload(json.pieces, definition);
    if (payload?.value instanceof Unknown)
      collector.addUnresolved(
        definition.span(),
        "the placeholders in this definition keep it from being read",
      );
    else if (payload)
      addStates(new DocumentPart(payload.document, properties.text), { ...about, readText: readSourceText });
  } else if (json.pieces.every((piece) => "source" in piece))
    collector.addUnread(definition.span(), "what this definition is, is not known here");
}

const readSegmentsSource = (part: DocumentPart): string | undefined => {
  const pieces = readTemplateText(part);
  return pieces && joinSources(pieces);
};

/** Errors in definitions without SDK calls are out of scope. */
const hasSdkCall = (text: string): boolean => text.includes(":aws-sdk:");
