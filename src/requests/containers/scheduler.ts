import { quoted } from "../../diagnostics/text.ts";
import { Collector } from "../collector.ts";
import { type Payload, payloadAt } from "../payload.ts";
import type { FindRequests } from "../request.ts";
import { sourceText, wholeText } from "../templates/holes.ts";
import { alternatives, isCall, resolved } from "../templates/intrinsics.ts";
import { Part } from "../templates/part.ts";
import type { Resource } from "../templates/resources.ts";
import { jsonProperty, resourcesOf } from "../templates/resources.ts";
import { sdkCall } from "./sdk-arns.ts";

/** A target of an EventBridge schedule, independent of how CloudFormation or Terraform names its parts. */
interface Target {
  whole: Part;
  arn: Part;
  input: Part | undefined;
  role: Part | undefined;
}

/** Finds universal targets of EventBridge Scheduler. EventBridge rules don't have such targets. */
export const findScheduler: FindRequests = (document, surroundings) => {
  const collector = new Collector("scheduler", surroundings);
  for (const resource of resourcesOf(new Part(document, surroundings.text))) {
    for (const target of targetsOf(resource, collector)) addTarget(target, resource, collector);
  }
  return collector.found;
};

/** The names of a target's parts, by type of resource. */
const NAMES: Readonly<Record<string, Readonly<Record<"target" | "arn" | "input" | "role", string>>>> = {
  "AWS::Scheduler::Schedule": { target: "Target", arn: "Arn", input: "Input", role: "RoleArn" },
  aws_scheduler_schedule: { target: "target", arn: "arn", input: "input", role: "role_arn" },
  awscc_scheduler_schedule: { target: "target", arn: "arn", input: "input", role: "role_arn" },
};

function targetsOf({ type, properties }: Resource, collector: Collector): Target[] {
  const names = Object.hasOwn(NAMES, type) ? NAMES[type] : undefined;
  const given = names && properties.member(names.target);
  if (!given) return [];
  const wholes = Array.isArray(given.value) ? given.items() : alternatives(given);
  return wholes.flatMap((whole) => {
    const arn = whole.member(names.arn);
    if (!arn && isCall(whole))
      collector.skip(
        whole.span(),
        "a function of CloudFormation makes this target: what it calls is not known",
      );
    const inputs = optional(whole.member(names.input));
    const [role] = optional(whole.member(names.role));
    const arns = arn ? alternatives(arn) : [];
    return arns.flatMap((arn) => inputs.map((input) => ({ whole, arn, input, role })));
  });
}

function optional(part: Part | undefined): readonly (Part | undefined)[] {
  const some = part ? alternatives(part) : [];
  return some.length > 0 ? some : [undefined];
}

/**
 * Universal targets don't support read-only operations, recognized by these prefixes (EventBridge Scheduler
 * user guide, "Using universal targets").
 */
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
