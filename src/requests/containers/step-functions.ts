import { Unknown } from "../../documents/document.ts";
import { PartialText } from "../../documents/partial.ts";
import { RequestCollector } from "../collector.ts";
import { type Payload, payloadFromPart } from "../payload.ts";
import type { FindRequests } from "../request.ts";
import { isObject } from "../request.ts";
import { parseEmbeddedJson } from "../templates/embedded-json.ts";
import { listAlternatives, readTemplateText } from "../templates/intrinsics.ts";
import { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources, readJsonProperty } from "../templates/resources.ts";
import type { TextSegment } from "../templates/segments.ts";
import { joinSources, toArnPieces } from "../templates/segments.ts";
import { readRole } from "./caller.ts";
import type { StateMachineContext } from "./state-machine.ts";
import { addStates } from "./states.ts";
import type { TextPieces } from "./substitutions.ts";

/** Finds SDK calls in state machines: files of their own, or the definition of a resource. */
export const findStepFunctions: FindRequests = (document, surroundings) => {
  const collector = new RequestCollector("step-functions", surroundings);
  const root = new DocumentPart(document, surroundings.text);
  if (isStateMachine(root))
    addStates(root, { collector, readPieces: readSourcePieces, describe: () => ({}) });
  else for (const resource of findResources(root)) addResource(resource, collector);
  return collector.result;
};

const isStateMachine = (root: DocumentPart): boolean =>
  "StartAt" in Object(root.value) && isObject(root.member("States")?.value);

/** A text in a definition that has been parsed, which may contain placeholders. */
function readSourcePieces({ value }: DocumentPart): TextPieces | undefined {
  if (typeof value === "string") return [value];
  if (value instanceof PartialText) return value.parts;
  if (!(value instanceof Unknown)) return undefined;
  // Placeholders of `Fn::Sub` are recognized in the text around them.
  return value.source.includes("${") ? [value.source] : [{ source: value.source }];
}

/** The properties that may hold the definition, by type of resource. */
const DEFINITION_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  "AWS::StepFunctions::StateMachine": ["DefinitionString", "Definition"],
  "AWS::Serverless::StateMachine": ["Definition"],
  aws_sfn_state_machine: ["definition"],
  awscc_stepfunctions_state_machine: ["definition_string"],
};

function addResource(resource: TemplateResource, collector: RequestCollector): void {
  const { type, properties } = resource;
  if (!Object.hasOwn(DEFINITION_PROPERTIES, type)) return;
  for (const name of DEFINITION_PROPERTIES[type]!) {
    const definition = properties.member(name);
    for (const one of definition ? listAlternatives(definition) : []) addDefinition(one, resource, collector);
  }
  const stored = type.startsWith("AWS::") ? findStoredDefinition(properties) : undefined;
  if (stored) collector.addUnread(stored.span(), "the definition is an object in S3, which is not read");
}

/** A definition in S3. A path is that of a file of the repository, which is found there. */
function findStoredDefinition(properties: DocumentPart): DocumentPart | undefined {
  const given = properties.member("DefinitionS3Location") ?? properties.member("DefinitionUri");
  const isLocal = typeof given?.value === "string" && !given.value.startsWith("s3://");
  return isLocal ? undefined : given;
}

function addDefinition(
  definition: DocumentPart,
  resource: TemplateResource,
  collector: RequestCollector,
): void {
  const { justification } = resource;
  const json = readJsonProperty(definition, resource);
  if (!json) return;
  const about: StateMachineContext = {
    collector,
    ...readSubstitutions(resource),
    ...readRole(resource, ["RoleArn", "Role", "role_arn"]),
    describe: (source) => resource.describe(source, definition),
    readPieces: readSourcePieces,
    ...(justification !== undefined && { justification }),
  };
  if ("object" in json)
    addStates(json.object, { ...about, readPieces: readTemplatePieces, hasIntrinsics: true });
  else if (json.pieces.every((piece) => "source" in piece))
    collector.addUnread(definition.span(), "what this definition is, is not known here");
  else addDefinitionText(json.pieces, definition, resource, about);
}

function addDefinitionText(
  pieces: readonly TextSegment[],
  definition: DocumentPart,
  { properties }: TemplateResource,
  about: StateMachineContext,
): void {
  const { collector } = about;
  const payload = hasSdkCall(joinSources(pieces))
    ? collector.parsePayload(pieces, definition)
    : peekDefinition(pieces, definition);
  if (payload?.value instanceof Unknown)
    collector.addUnread(definition.span(), "the placeholders in this definition keep it from being read");
  else if (payload) addStates(new DocumentPart(payload.document, properties.text), about);
}

function peekDefinition(pieces: readonly TextSegment[], part: DocumentPart): Payload | undefined {
  const { document, unknown } = parseEmbeddedJson(pieces);
  return document ? { value: document.value, document, path: [] } : unknown && payloadFromPart(part, unknown);
}

function readSubstitutions({
  properties,
  readText,
}: TemplateResource): Required<Pick<StateMachineContext, "substitutions" | "substitutedPieces">> {
  const members = properties.member("DefinitionSubstitutions")?.members() ?? [];
  return {
    substitutions: new Map(members.map(([name, part]) => [name, resolveIntrinsics(part)])),
    substitutedPieces: new Map(
      members.flatMap(([name, part]): [string, TextPieces][] => {
        const pieces = readText(part);
        return pieces ? [[name, toArnPieces(pieces)]] : [];
      }),
    ),
  };
}

const readTemplatePieces = (part: DocumentPart): TextPieces | undefined => {
  const pieces = readTemplateText(part);
  return pieces && toArnPieces(pieces);
};

/** Errors in definitions without SDK calls are out of scope. */
const hasSdkCall = (text: string): boolean => text.includes(":aws-sdk:");
