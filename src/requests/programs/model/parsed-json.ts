import type { Path } from "../../../diagnostics/pointer.ts";
import type { Document } from "../../../documents/document.ts";
import { isErrorFault } from "../../../documents/document.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";
import { composeEmbedded, readEmbeddedText } from "../../../documents/embedded.ts";
import { parseJson } from "../../../documents/json/json.ts";
import { isObject } from "../../request.ts";
import { embedSegments } from "../../scripts/machines/segments-text.ts";
import type { ProgramValue } from "./value.ts";
import { listValue, objectValue } from "./value.ts";

/** What a text of JSON stands for, as `JSON.parse` reads it; undefined where it isn't known as a whole, or is no JSON. */
export function parsedJson({ value, pieces }: ProgramValue): ProgramValue | undefined {
  if (typeof value !== "string" || !pieces) return undefined;
  const within = embedSegments(pieces);
  const { documents, faults } = parseJson(within.text);
  const [document] = documents;
  return document && !faults.some(isErrorFault)
    ? partAt({ document, within }, document.value, [])
    : undefined;
}

interface ParsedPart {
  document: Document;
  /** The text that the document was parsed from. */
  within: EmbeddedText;
}

function partAt(parsed: ParsedPart, value: unknown, path: Path): ProgramValue {
  const { document, within } = parsed;
  const span = within.span(document.span(path, "value"));
  if (typeof value === "string") {
    const text = readEmbeddedText(within.text, document, path)!;
    return { value, span, pieces: [{ embedded: composeEmbedded(within, text) }] };
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => partAt(parsed, item, [...path, index]));
    return listValue(items, { span, source: "", isOpen: false });
  }
  if (!isObject(value)) return { value, span };
  const members = Object.entries(value).map(([name, member]) => {
    const inner = [...path, name];
    const key = within.span(document.span(inner, "key"));
    return [name, { ...partAt(parsed, member, inner), key }] as const;
  });
  return objectValue(Object.fromEntries(members), span);
}
