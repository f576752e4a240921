import { quoted } from "../diagnostics/text.ts";
import { Collector, type Payload, payloadAt } from "./collector.ts";
import type { FindRequests } from "./request.ts";
import { sdkCall } from "./sdk-arns.ts";
import { sourceText, wholeText } from "./templates/holes.ts";
import { resolved } from "./templates/intrinsics.ts";
import { Part } from "./templates/part.ts";
import type { Resource } from "./templates/resources.ts";
import { jsonProperty, resourcesOf } from "./templates/resources.ts";

/** A target of an EventBridge schedule, by what CloudFormation or Terraform calls its parts. */
interface Target {
  whole: Part;
  arn: Part;
  input: Part | undefined;
  role: Part | undefined;
}

/** Universal targets of EventBridge Scheduler; rules of EventBridge have none. */
export const findScheduler: FindRequests = (document, surroundings) => {
  const collector = new Collector("scheduler", surroundings);
  for (const resource of resourcesOf(new Part(document, surroundings.text))) {
    for (const target of targetsOf(resource)) addTarget(target, resource, collector);
  }
  return collector.found;
};

function targetsOf({ type, properties }: Resource): Target[] {
  const isTemplate = type === "AWS::Scheduler::Schedule";
  if (!isTemplate && type !== "aws_scheduler_schedule") return [];
  const wholes = isTemplate ? [properties.member("Target")] : (properties.member("target")?.items() ?? []);
  return wholes.flatMap((whole) => {
    const arn = whole?.member(isTemplate ? "Arn" : "arn");
    if (!whole || !arn) return [];
    const input = whole.member(isTemplate ? "Input" : "input");
    return { whole, arn, input, role: whole.member(isTemplate ? "RoleArn" : "role_arn") };
  });
}

/** Universal target user guide: read-only operations, which begin so, are not supported. */
const READ_ONLY = /^(?:get|list|describe)/i;

function addTarget({ whole, arn, input, role }: Target, resource: Resource, collector: Collector): void {
  const named = resource.textOf(arn);
  const call = named && sdkCall(sourceText(named), "scheduler");
  if (!call) return;
  if (call === "open") {
    collector.open(
      arn.span(),
      `${quoted(sourceText(named))} holds a placeholder: which operation is called is not known`,
    );
    return;
  }
  const { service, action } = call;
  if (READ_ONLY.test(action) && collector.hasService(service)) {
    const message = `${quoted(action)} only reads: EventBridge Scheduler takes no operation that begins with \`get\`, \`list\` or \`describe\``;
    collector.fault(
      arn.span(),
      message,
      "call it from a Lambda function or a state machine that the schedule starts",
    );
    return;
  }
  const operation = collector.operation(service, action, () => arn.span());
  const payload = operation && payloadOf(input, whole, resource, collector);
  if (!operation || !payload) return;
  const roleText = role && resource.textOf(role);
  const caller = roleText && wholeText(roleText);
  collector.add(
    {
      operation,
      path: whole.path,
      operationSpan: () => arn.span(),
      ...(resource.justification !== undefined && { justification: resource.justification }),
      ...(caller !== undefined && { caller }),
    },
    collector.capitalised(operation, payload),
  );
}

/** Without an input, the operation is called without parameters. */
function payloadOf(
  input: Part | undefined,
  whole: Part,
  resource: Resource,
  collector: Collector,
): Payload | undefined {
  if (!input || input.value === null) return payloadAt(whole, {});
  const json = jsonProperty(input, resource);
  if (json && "pieces" in json) return collector.payloadOf(json.pieces, input);
  if (json?.isText) return payloadAt(json.object, resolved(json.object));
  collector.fault(
    input.span(),
    "the input of a schedule's target is a text that holds JSON",
    json ? "write it as a JSON string, or put it under `Fn::ToJsonString`" : "write it as a JSON string",
  );
  return json && payloadAt(json.object, resolved(json.object));
}
