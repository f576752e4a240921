import { Unknown } from "../../documents/document.ts";
import { getKnownMembers, mapChildren } from "../../documents/parts.ts";
import { RequestCollector } from "../collector.ts";
import type { Payload } from "../payload.ts";
import { payloadFromPart } from "../payload.ts";
import type { FindRequests } from "../request.ts";
import { listAlternatives } from "../templates/intrinsics.ts";
import { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources, readJsonProperty } from "../templates/resources.ts";
import { joinSources } from "../templates/segments.ts";

/** Finds the SDK calls of the CDK's `AwsCustomResource` in a synthesized template. */
export const findCustomResources: FindRequests = (document, surroundings) => {
  const collector = new RequestCollector("custom-resource", surroundings);
  for (const resource of findResources(new DocumentPart(document, surroundings.text))) {
    if (!RESOURCE_TYPES.test(resource.type)) continue;
    for (const event of ["Create", "Update", "Delete"]) {
      const call = resource.properties.member(event);
      for (const one of call ? listAlternatives(call) : []) addCall(one, resource, collector);
    }
  }
  return collector.result;
};

/** The CDK's own type, a custom type chosen by the author, or the generic type of custom resources. */
const RESOURCE_TYPES = /^Custom::|^AWS::CloudFormation::CustomResource$/;

function addCall(part: DocumentPart, resource: TemplateResource, collector: RequestCollector): void {
  const call = readCall(part, resource, collector);
  if (!call) return;
  const whole = new DocumentPart(call.document, part.text, call.path, call.value);
  const [service, action] = [whole.member("service"), whole.member("action")];
  if (!getKnownMembers(call.value) || service?.value instanceof Unknown || action?.value instanceof Unknown) {
    collector.addUnread(part.span(), "a placeholder hides which operation this custom resource calls");
    return;
  }
  if (!service || !action || typeof service.value !== "string" || typeof action.value !== "string") return;
  const operation = collector.resolveOperation(service.value, action.value, () => action.span());
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
    parameters ? payloadFromPart(parameters, replaceMarkers(parameters.value)) : payloadFromPart(whole, {}),
  );
}

/** The call, given as a JSON text or as an object. */
function readCall(
  part: DocumentPart,
  resource: TemplateResource,
  collector: RequestCollector,
): Payload | undefined {
  const json = readJsonProperty(part, resource);
  if (!json) return undefined;
  if ("object" in json) return payloadFromPart(json.object, resolveIntrinsics(json.object));
  const text = joinSources(json.pieces);
  const isMeant =
    resource.type === "Custom::AWS" || (text.includes('"service"') && text.includes('"action"'));
  return isMeant ? collector.parsePayload(json.pieces, part) : undefined;
}

/** Markers that the resource's provider function replaces before it makes the call. */
const MARKER = /^(?:PHYSICAL:RESOURCEID:|TRUE:BOOLEAN|FALSE:BOOLEAN)$/;

function replaceMarkers(value: unknown): unknown {
  if (typeof value === "string") return MARKER.test(value) ? new Unknown(value) : value;
  return mapChildren(value, replaceMarkers);
}
