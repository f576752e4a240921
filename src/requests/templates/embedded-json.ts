import type { Document, Fault, ParsedText } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import { EmbeddedDocument, embeddedDocument, embeddedSlice } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { HoledText, Piece } from "./holes.ts";
import { holedText, sourceText } from "./holes.ts";

/**
 * The result of parsing JSON with placeholders. A string that contains a placeholder is unknown, and so is a
 * placeholder in place of a value; everything else is known.
 */
export interface EmbeddedJson {
  /** Absent if the text can't be parsed: then either `faults` or `unknown` says why. */
  document?: Document;
  /** The whole text, if its placeholders prevent parsing. */
  unknown?: Unknown;
  faults: Fault[];
}

export function readEmbeddedJson(pieces: readonly Piece[]): EmbeddedJson {
  return read(pieces, parseJson, holedText(pieces));
}

/** The same for YAML, in which a placeholder is a plain scalar or part of one. */
export const readEmbeddedYaml = (
  pieces: readonly Piece[],
  parseYaml: (text: string) => ParsedText,
): EmbeddedJson => read(pieces, parseYaml, holedText(pieces, "yaml"));

function read(pieces: readonly Piece[], parse: (text: string) => ParsedText, holed: HoledText): EmbeddedJson {
  let parsed: ParsedText | undefined;
  const { documents, faults } = embeddedDocument(holed.embedded, (text) => {
    parsed = parse(text);
    return parsed;
  });
  const [document] = documents;
  const restoredFaults = faults.map((fault) => withSources(fault, holed));
  if (document) return { document: filled(document, holed), faults: restoredFaults };
  const broken = parsed?.faults.at(-1)?.span.start ?? 0;
  // After a placeholder outside of a string, a syntax error may be caused by the placeholder itself.
  const isOpen = holed.firstBare !== undefined && broken >= holed.firstBare;
  return isOpen ? { unknown: new Unknown(sourceText(pieces)), faults: [] } : { faults: restoredFaults };
}

/**
 * Parses a JSON file with placeholders outside of its strings, which is no valid JSON until they are filled
 * in. Undefined if the text is invalid even with values in their place.
 */
export function readHoledJson(text: string): Document | undefined {
  const whole = embeddedSlice(text, { start: 0, end: text.length });
  return readEmbeddedJson([{ embedded: whole }]).document;
}

/** The document with its stand-ins replaced by unknown values. */
function filled(document: Document, { restored }: HoledText): Document {
  const value = withHoles(document.value, restored);
  if (value === document.value || !(document instanceof EmbeddedDocument)) return document;
  const { inner, within } = document;
  return new EmbeddedDocument({ value, span: (path, at) => inner.span(path, at) }, within);
}

type Restored = HoledText["restored"];

function withHoles(value: unknown, restored: Restored): unknown {
  if (typeof value === "string") {
    const source = restored(value);
    return source === undefined ? value : new Unknown(source);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => withHoles(item, restored));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return objectWithHoles(value as Record<string, unknown>, restored);
}

/** If the name of a member is unknown, so is the whole object. */
function objectWithHoles(value: Record<string, unknown>, restored: Restored): unknown {
  const filled: Record<string, unknown> = {};
  let differs = false;
  for (const [key, member] of Object.entries(value)) {
    const source = restored(key);
    if (source !== undefined) return new Unknown(source);
    const known = withHoles(member, restored);
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

function withSources(fault: Fault, { restored }: HoledText): Fault {
  const { message, help } = fault;
  return {
    ...fault,
    message: restored(message) ?? message,
    ...(help !== undefined && { help: restored(help) ?? help }),
  };
}
