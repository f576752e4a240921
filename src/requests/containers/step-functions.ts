import { Unknown } from "../../documents/document.ts";
import { Collector } from "../collector.ts";
import type { FindRequests } from "../request.ts";
import { isObject } from "../request.ts";
import { sourceText } from "../templates/holes.ts";
import { alternatives, resolved, textOf } from "../templates/intrinsics.ts";
import { Part } from "../templates/part.ts";
import type { Resource } from "../templates/resources.ts";
import { jsonProperty, resourcesOf } from "../templates/resources.ts";
import { addStates } from "./states.ts";

/** Finds SDK calls in state machines: files of their own, or the definition of a resource. */
export const findStepFunctions: FindRequests = (document, surroundings) => {
  const collector = new Collector("step-functions", surroundings);
  const root = new Part(document, surroundings.text);
  if (isMachine(root)) addStates(root, { collector, textOf: plain });
  else for (const resource of resourcesOf(root)) addResource(resource, collector);
  return collector.found;
};

const isMachine = (root: Part): boolean =>
  "StartAt" in Object(root.value) && isObject(root.member("States")?.value);

/** The source text, including any placeholders. */
const plain = (part: Part): string | undefined =>
  typeof part.value === "string" ? part.value : part.value instanceof Unknown ? part.value.source : undefined;

/** The properties that may hold the definition, by type of resource. */
const DEFINITIONS: Readonly<Record<string, readonly string[]>> = {
  "AWS::StepFunctions::StateMachine": ["DefinitionString", "Definition"],
  "AWS::Serverless::StateMachine": ["Definition"],
  aws_sfn_state_machine: ["definition"],
  awscc_stepfunctions_state_machine: ["definition_string"],
};

function addResource(resource: Resource, collector: Collector): void {
  const { type, properties } = resource;
  for (const name of Object.hasOwn(DEFINITIONS, type) ? DEFINITIONS[type]! : []) {
    const definition = properties.member(name);
    for (const one of definition ? alternatives(definition) : []) addDefinition(one, resource, collector);
  }
}

function addDefinition(definition: Part, resource: Resource, collector: Collector): void {
  const { properties, justification } = resource;
  const json = jsonProperty(definition, resource);
  if (!json) return;
  const substitutions = new Map(
    properties
      .member("DefinitionSubstitutions")
      ?.members()
      .map(([variable, value]): [string, unknown] => [variable, resolved(value)])
      .filter((known): known is [string, string] => typeof known[1] === "string"),
  );
  const about = { collector, substitutions, ...(justification !== undefined && { justification }) };
  if ("object" in json) {
    addStates(json.object, { ...about, textOf: templateText, resolves: true });
  } else if (mayCall(sourceText(json.pieces))) {
    const payload = collector.payloadOf(json.pieces, definition);
    if (payload?.value instanceof Unknown)
      collector.open(definition.span(), "the placeholders in this definition keep it from being read");
    else if (payload) addStates(new Part(payload.document, properties.text), { ...about, textOf: plain });
  } else if (json.pieces.every((piece) => "source" in piece))
    collector.skip(definition.span(), "what this definition is, is not known here");
}

const templateText = (part: Part): string | undefined => {
  const pieces = textOf(part);
  return pieces && sourceText(pieces);
};

/** Errors in definitions without SDK calls are out of scope. */
const mayCall = (text: string): boolean => text.includes(":aws-sdk:");
