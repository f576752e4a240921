import { PartialText } from "../documents/partial.ts";
import { mapChildren, textFromParts } from "../documents/parts.ts";
import { findReferredResource } from "../requests/identities/reference.ts";

/** What references to resources stand for in one call: by reference, the ARN and the name of the resource. */
export type References = ReadonlyMap<string, { arn: string; name: string }>;

/** A text in which references are replaced by what they stand for. */
export function fillReferences(value: unknown, references: References): unknown {
  if (references.size === 0) return value;
  if (!(value instanceof PartialText))
    return mapChildren(value, (child) => fillReferences(child, references));
  const parts = value.parts.map((part) => {
    if (typeof part === "string") return part;
    const found = references.get(findReferredResource(part.source) ?? "");
    return found ? (/\.arn\b/i.test(part.source) ? found.arn : found.name) : part;
  });
  return textFromParts(parts, value.source);
}
