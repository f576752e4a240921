import { Unknown } from "../../documents/document.ts";
import { parseEmbeddedJson } from "../templates/embedded-json.ts";
import { isIntrinsicCall } from "../templates/intrinsics.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { readJsonProperty } from "../templates/resources.ts";
import type { TemplateDocument } from "./identity.ts";

/** The policy document of a property, given as an object or as text. */
export function readTemplateDocument(
  part: DocumentPart | undefined,
  name: string,
  resource: Pick<TemplateResource, "readText" | "file">,
): TemplateDocument | undefined {
  if (!part) return undefined;
  const file = resource.file === undefined ? {} : { file: resource.file };
  const json = readJsonProperty(part, resource);
  if (json && "pieces" in json && !json.pieces.every((piece) => "source" in piece)) {
    const { document } = parseEmbeddedJson(json.pieces);
    if (document)
      return { name, ...file, value: document.value, span: (path, at) => document.span(path, at) };
  }
  const whole = json && "object" in json ? json.object : part;
  const value =
    json && "pieces" in json && !isIntrinsicCall(part)
      ? new Unknown(sourceOf(part))
      : resolveIntrinsics(whole);
  return { name, ...file, value, span: (path, at) => whole.document.span([...whole.path, ...path], at) };
}

const sourceOf = ({ value }: DocumentPart): string =>
  value instanceof Unknown ? value.source : "the policy document";
