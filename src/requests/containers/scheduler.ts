import { Unknown } from "../../documents/document.ts";
import { RequestCollector } from "../collector.ts";
import { type Payload, payloadFromPart } from "../payload.ts";
import type { FindRequests } from "../request.ts";
import type { Choice } from "../templates/choices.ts";
import { listChoices } from "../templates/choices.ts";
import { parseEmbeddedJson } from "../templates/embedded-json.ts";
import { isIntrinsicCall, listAlternatives } from "../templates/intrinsics.ts";
import { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources, nameResource, readJsonProperty } from "../templates/resources.ts";
import { joinSources, toArnPieces } from "../templates/segments.ts";
import { isOpenCall, readCallArn } from "./call-arn.ts";
import { readRoleArn } from "./caller.ts";

/** A target of an EventBridge schedule, independent of how CloudFormation or Terraform names its parts. */
interface ScheduleTarget {
  whole: DocumentPart;
  arn: DocumentPart;
  input: DocumentPart | undefined;
  role: DocumentPart | undefined;
  /** Which branches of conditions lead to this one. */
  taken: ReadonlyMap<string, number>;
}

/** Finds universal targets of EventBridge Scheduler. EventBridge rules don't have such targets. */
export const findScheduler: FindRequests = (document, surroundings) => {
  const collector = new RequestCollector("scheduler", surroundings);
  const counts = new Map<string, number>();
  for (const resource of findResources(new DocumentPart(document, surroundings.text))) {
    const name = nameResource(resource);
    for (const { taken, ...target } of findTargets(resource, collector)) {
      // A schedule has one target: of several, each is what it may be.
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      addTarget({ ...target, taken: new Map(taken).set(name, count) }, resource, collector);
    }
  }
  return collector.result;
};

/** The names of a target's parts, by type of resource. */
const TARGET_NAMES: Readonly<Record<string, Readonly<Record<"target" | "arn" | "input" | "role", string>>>> =
  {
    "AWS::Scheduler::Schedule": { target: "Target", arn: "Arn", input: "Input", role: "RoleArn" },
    aws_scheduler_schedule: { target: "target", arn: "arn", input: "input", role: "role_arn" },
    awscc_scheduler_schedule: { target: "target", arn: "arn", input: "input", role: "role_arn" },
  };

function findTargets({ type, properties }: TemplateResource, collector: RequestCollector): ScheduleTarget[] {
  const names = Object.hasOwn(TARGET_NAMES, type) ? TARGET_NAMES[type] : undefined;
  const given = names && properties.member(names.target);
  if (!given) return [];
  const wholes = Array.isArray(given.value) ? given.items() : listAlternatives(given);
  return wholes.flatMap((whole) => {
    const arn = whole.member(names.arn);
    if (!arn && isIntrinsicCall(whole))
      collector.addUnread(
        whole.span(),
        "a function of CloudFormation makes this target: what it calls is not known",
      );
    else if (!arn && whole.value instanceof Unknown)
      collector.addUnread(whole.span(), "what this target calls is not known here");
    return listChoices(arn).flatMap(({ part: arn, taken }) =>
      arn ? listChoices(whole.member(names.input), taken).map(toTarget(whole, arn, names.role)) : [],
    );
  });
}

/** A target whose role is one of several, while its other parts are the same, has an unknown role. */
const toTarget =
  (whole: DocumentPart, arn: DocumentPart, name: string) =>
  ({ part: input, taken }: Choice): ScheduleTarget => {
    const role = whole.member(name);
    const [choice, ...others] = listChoices(role, taken);
    return { whole, arn, input, taken, role: others.length > 0 ? role : choice?.part };
  };

function addTarget(
  { whole, arn, input, role, taken }: ScheduleTarget,
  resource: TemplateResource,
  collector: RequestCollector,
): void {
  const named = resource.readText(arn);
  const call =
    named && readCallArn(toArnPieces(named), "scheduler", (source) => resource.describe(source, arn));
  if (!call) return;
  if (isOpenCall(call)) {
    const isOther = TEMPLATED_TARGET.some((name) => whole.member(name));
    if (!isOther) collector.addOpenCall(arn, joinSources(named), call, peekPayload(input, resource));
    return;
  }
  const operation = collector.resolveCall(call, "scheduler", () => arn.span());
  const payload = operation && readPayload(input, whole, resource, collector);
  if (!operation || !payload) return;
  const caller = role && readRoleArn(role, resource);
  collector.addRestored(
    {
      operation,
      path: whole.path,
      operationSpan: () => arn.span(),
      repeats: !isOneTime(resource),
      choices: { document: whole.document, taken },
      ...(resource.justification !== undefined && { justification: resource.justification }),
      ...(caller !== undefined && { caller }),
    },
    collector.restoreSdkNames(operation, payload, "EventBridge Scheduler"),
  );
}

/** Whether a schedule runs once, at a time that it names. */
function isOneTime({ properties }: TemplateResource): boolean {
  const expression = properties.member("ScheduleExpression") ?? properties.member("schedule_expression");
  return typeof expression?.value === "string" && /^\s*at\(/.test(expression.value);
}

/** Parameters of targets that are no universal ones, in CloudFormation and in Terraform. */
const TEMPLATED_TARGET = [
  ...[
    "EcsParameters",
    "EventBridgeParameters",
    "KinesisParameters",
    "SageMakerPipelineParameters",
    "SqsParameters",
  ],
  ...[
    "ecs_parameters",
    "eventbridge_parameters",
    "kinesis_parameters",
    "sagemaker_pipeline_parameters",
    "sqs_parameters",
  ],
];

/** The payload, if it can be told without saying what is wrong with it. */
function peekPayload(input: DocumentPart | undefined, resource: TemplateResource): unknown {
  const json = input && readJsonProperty(input, resource);
  if (!json) return undefined;
  if ("object" in json) return json.object.value;
  const { document, unknown } = parseEmbeddedJson(json.pieces);
  return unknown ?? document?.value ?? null;
}

/** Without an input, the operation is called without parameters. */
function readPayload(
  input: DocumentPart | undefined,
  whole: DocumentPart,
  resource: TemplateResource,
  collector: RequestCollector,
): Payload | undefined {
  if (!input || input.value === null) return payloadFromPart(whole, {});
  const json = readJsonProperty(input, resource);
  if (json && "pieces" in json) return collector.parsePayload(json.pieces, input);
  if (json?.isText) return payloadFromPart(json.object, resolveIntrinsics(json.object));
  collector.addFault(
    input.span(),
    "the input of a schedule's target is a text that holds JSON",
    json ? "write it as a JSON string, or put it under `Fn::ToJsonString`" : "write it as a JSON string",
  );
  return json && payloadFromPart(json.object, resolveIntrinsics(json.object));
}
