import type { Document, DocumentFault, ParsedText } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import { EmbeddedDocument, embedSlice, parseEmbedded } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { StandInText, TextSegment } from "./segments.ts";
import { joinSources, toStandInText } from "./segments.ts";

/**
 * The result of parsing JSON with placeholders. A string that contains a placeholder is unknown, and so is a
 * placeholder in place of a value; everything else is known.
 */
export interface EmbeddedJson {
  /** Absent if the text can't be parsed: then either `faults` or `unknown` says why. */
  document?: Document;
  /** The whole text, if its placeholders prevent parsing. */
  unknown?: Unknown;
  faults: DocumentFault[];
}

export function parseEmbeddedJson(pieces: readonly TextSegment[]): EmbeddedJson {
  return parseSegments(pieces, parseJson, toStandInText(pieces));
}

/** The same for YAML, in which a placeholder is a plain scalar or part of one. */
export const parseEmbeddedYaml = (
  pieces: readonly TextSegment[],
  parseYaml: (text: string) => ParsedText,
): EmbeddedJson => parseSegments(pieces, parseYaml, toStandInText(pieces, "yaml"));

function parseSegments(
  pieces: readonly TextSegment[],
  parse: (text: string) => ParsedText,
  holed: StandInText,
): EmbeddedJson {
  let parsed: ParsedText | undefined;
  const { documents, faults } = parseEmbedded(holed.embedded, (text) => {
    parsed = parse(text);
    return parsed;
  });
  const [document] = documents;
  const restoredFaults = faults.map((fault) => restoreFault(fault, holed));
  if (document) return { document: restoreDocument(document, holed), faults: restoredFaults };
  const broken = parsed?.faults.at(-1)?.span.start ?? 0;
  // After a placeholder outside of a string, a syntax error may be caused by the placeholder itself.
  const isOpen = holed.firstUnquoted !== undefined && broken >= holed.firstUnquoted;
  return isOpen ? { unknown: new Unknown(joinSources(pieces)), faults: [] } : { faults: restoredFaults };
}

/**
 * Parses a JSON file with placeholders outside of its strings, which is no valid JSON until they are filled
 * in. Undefined if the text is invalid even with values in their place.
 */
export function parseJsonWithPlaceholders(text: string): Document | undefined {
  const whole = embedSlice(text, { start: 0, end: text.length });
  return parseEmbeddedJson([{ embedded: whole }]).document;
}

/** The document with its stand-ins replaced by unknown values. */
function restoreDocument(document: Document, { restore: restored }: StandInText): Document {
  const value = restoreValue(document.value, restored);
  if (value === document.value || !(document instanceof EmbeddedDocument)) return document;
  const { inner, within } = document;
  return new EmbeddedDocument({ value, span: (path, at) => inner.span(path, at) }, within);
}

type RestoreText = StandInText["restore"];

function restoreValue(value: unknown, restored: RestoreText): unknown {
  if (typeof value === "string") {
    const source = restored(value);
    return source === undefined ? value : new Unknown(source);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => restoreValue(item, restored));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return restoreObject(value as Record<string, unknown>, restored);
}

/** If the name of a member is unknown, so is the whole object. */
function restoreObject(value: Record<string, unknown>, restored: RestoreText): unknown {
  const filled: Record<string, unknown> = {};
  let differs = false;
  for (const [key, member] of Object.entries(value)) {
    const source = restored(key);
    if (source !== undefined) return new Unknown(source);
    const known = restoreValue(member, restored);
    differs ||= known !== member;
    Object.defineProperty(filled, key, {
      value: known,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return differs ? filled : value;
}

function restoreFault(fault: DocumentFault, { restore: restored }: StandInText): DocumentFault {
  const { message, help } = fault;
  return {
    ...fault,
    message: restored(message) ?? message,
    ...(help !== undefined && { help: restored(help) ?? help }),
  };
}
