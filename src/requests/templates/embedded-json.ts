import type { Document, DocumentFault, ParsedText } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import { EmbeddedDocument, embedSlice, parseEmbedded } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import { OpenObject } from "../../documents/partial.ts";
import {
  getKnownMembers,
  joinPartSources,
  mapChildren,
  objectFromEntries,
  textFromParts,
} from "../../documents/parts.ts";
import { mayBeOtherThanText } from "../placeholders.ts";
import type { StandInText, TextSegment } from "./segments.ts";
import { joinSources, toStandInText } from "./segments.ts";

/**
 * The result of parsing JSON with placeholders. A string that contains a placeholder is known in part; a placeholder
 * in place of a value is unknown.
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

function restoreValue(value: unknown, restore: RestoreText): unknown {
  if (typeof value === "string") return restoreText(value, restore);
  return mapChildren(openAtRestoredKeys(value, restore), (child) => restoreValue(child, restore));
}

function restoreText(text: string, restore: RestoreText): unknown {
  const restored = restore(text);
  if (!restored) return text;
  const { parts, source, isBare } = restored;
  const filled = parts.filter((part) => part !== "");
  return isBare && mayBeOtherThanText(filled) ? new Unknown(source) : textFromParts(parts, source);
}

/** If the name of a member is unknown, it may be any member. */
function openAtRestoredKeys(value: unknown, restore: RestoreText): unknown {
  const members = getKnownMembers(value);
  const open = members && Object.keys(members).find((key) => restore(key));
  if (open === undefined) return value;
  const known = Object.entries(members ?? {}).filter(([key]) => !restore(key));
  return new OpenObject(restore(open)?.source ?? open, objectFromEntries(known));
}

function restoreFault(fault: DocumentFault, { restore }: StandInText): DocumentFault {
  const { message, help } = fault;
  const toSource = (text: string): string => {
    const restored = restore(text);
    return restored ? joinPartSources(restored.parts) : text;
  };
  return { ...fault, message: toSource(message), ...(help !== undefined && { help: toSource(help) }) };
}
