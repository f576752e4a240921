import type { TemplateResource } from "../templates/resources.ts";
import type { TemplateIdentity } from "./identity.ts";

/** The role that SAM makes for a function or a state machine without one. */
export function readSamPolicies(_resource: TemplateResource): TemplateIdentity | undefined {
  return undefined;
}
