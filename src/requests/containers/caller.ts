import type { Unknown } from "../../documents/document.ts";
import { readOwnRole } from "../identities/functions.ts";
import type { DocumentPart } from "../templates/part.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { textFromSegments } from "../templates/segments.ts";

/** The ARN of a role as a template writes it, with a hole for each expression in it. */
export function readRoleArn(
  role: DocumentPart,
  { readText }: Pick<TemplateResource, "readText">,
): string | Unknown | undefined {
  const pieces = readText(role);
  return pieces && textFromSegments(pieces);
}

/** The caller that one of these properties of a resource names; SAM makes one where there is none. */
export function readRole(
  resource: TemplateResource,
  names: readonly string[],
): { caller?: string | Unknown } {
  const [role] = names.flatMap((name) => resource.properties.member(name) ?? []);
  const caller = role ? readRoleArn(role, resource) : readOwnRole(resource, "Role");
  return caller === undefined ? {} : { caller };
}
