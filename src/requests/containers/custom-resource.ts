import { Unknown } from "../../documents/document.ts";
import { Collector } from "../collector.ts";
import type { Payload } from "../payload.ts";
import { payloadAt } from "../payload.ts";
import type { FindRequests } from "../request.ts";
import { isObject } from "../request.ts";
import { sourceText } from "../templates/holes.ts";
import { alternatives, resolved } from "../templates/intrinsics.ts";
import { Part } from "../templates/part.ts";
import type { Resource } from "../templates/resources.ts";
import { jsonProperty, resourcesOf } from "../templates/resources.ts";

/** Finds the SDK calls of the CDK's `AwsCustomResource` in a synthesized template. */
export const findCustomResources: FindRequests = (document, surroundings) => {
  const collector = new Collector("custom-resource", surroundings);
  for (const resource of resourcesOf(new Part(document, surroundings.text))) {
    if (!TYPES.test(resource.type)) continue;
    for (const event of ["Create", "Update", "Delete"]) {
      const call = resource.properties.member(event);
      for (const one of call ? alternatives(call) : []) addCall(one, resource, collector);
    }
  }
  return collector.found;
};

/** The CDK's own type, a custom type chosen by the author, or the generic type of custom resources. */
const TYPES = /^Custom::|^AWS::CloudFormation::CustomResource$/;

function addCall(part: Part, resource: Resource, collector: Collector): void {
  const call = callOf(part, resource, collector);
  if (!call) return;
  const whole = new Part(call.document, part.text, call.path, call.value);
  const [service, action] = [whole.member("service"), whole.member("action")];
  if (
    call.value instanceof Unknown ||
    service?.value instanceof Unknown ||
    action?.value instanceof Unknown
  ) {
    collector.open(part.span(), "a placeholder hides which operation this custom resource calls");
    return;
  }
  if (!service || !action || typeof service.value !== "string" || typeof action.value !== "string") return;
  const operation = collector.operation(service.value, action.value, () => action.span());
  if (operation === undefined) return;
  const parameters = whole.member("parameters");
  const { justification } = resource;
  collector.add(
    {
      operation,
      path: part.path,
      span: () => whole.span(),
      operationSpan: () => action.span(),
      ...(justification !== undefined && { justification }),
    },
    parameters ? payloadAt(parameters, withMarkers(parameters.value)) : payloadAt(whole, {}),
  );
}

/** The call, given as a JSON text or as an object. */
function callOf(part: Part, resource: Resource, collector: Collector): Payload | undefined {
  const json = jsonProperty(part, resource);
  if (!json) return undefined;
  if ("object" in json) return payloadAt(json.object, resolved(json.object));
  const text = sourceText(json.pieces);
  const isMeant =
    resource.type === "Custom::AWS" || (text.includes('"service"') && text.includes('"action"'));
  return isMeant ? collector.payloadOf(json.pieces, part) : undefined;
}

/** Markers that the resource's provider function replaces before it makes the call. */
const MARKER = /^(?:PHYSICAL:RESOURCEID:|TRUE:BOOLEAN|FALSE:BOOLEAN)$/;

function withMarkers(value: unknown): unknown {
  if (typeof value === "string") return MARKER.test(value) ? new Unknown(value) : value;
  if (Array.isArray(value)) return value.map(withMarkers);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withMarkers(member)]));
}
