import { Unknown } from "../documents/document.ts";
import { OpenList, OpenObject } from "../documents/partial.ts";
import { getReferenceParts, mapChildren, textFromParts } from "../documents/parts.ts";
import { findReferredResource } from "../requests/identities/reference.ts";

/** What references to resources stand for in one call: by reference, the ARN and the name of the resource. */
export type References = ReadonlyMap<string, { arn: string; name: string }>;

/** A text in which references are replaced by what they stand for. */
export function fillReferences(value: unknown, references: References): unknown {
  if (references.size === 0) return value;
  const written = isText(value) ? getReferenceParts(value) : undefined;
  if (!written) return mapChildren(value, (child) => fillReferences(child, references));
  if (
    !written.some(
      (part) => typeof part !== "string" && references.has(findReferredResource(part.source) ?? ""),
    )
  )
    return value;
  const parts = written.map((part) => {
    if (typeof part === "string") return part;
    const found = references.get(findReferredResource(part.source) ?? "");
    return found ? (/\.arn\b/i.test(part.source) ? found.arn : found.name) : part;
  });
  return textFromParts(parts);
}

/** A text with holes, or a reference that may be one. */
const isText = (value: unknown): boolean =>
  value instanceof Unknown && !(value instanceof OpenList || value instanceof OpenObject);
