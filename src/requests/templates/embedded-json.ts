import type { Document, Fault, ParsedText } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import { EmbeddedDocument, embeddedDocument, embeddedSlice } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { HoledText, Piece } from "./holes.ts";
import { holedText, sourceText } from "./holes.ts";

/**
 * What the JSON in a text with holes says. A string with a hole in it is unknown, and so is a hole that is a value; all
 * else is known.
 */
export interface EmbeddedJson {
  /** Absent where the text can't be read: then there are faults, or it is unknown. */
  document?: Document;
  /** The whole text, where its holes keep it from being read. */
  unknown?: Unknown;
  faults: Fault[];
}

export function readEmbeddedJson(pieces: readonly Piece[]): EmbeddedJson {
  return read(pieces, parseJson, holedText(pieces));
}

/** The same of YAML, where a hole stands for itself, with quotes around it or without. */
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
  const told = faults.map((fault) => withSources(fault, holed));
  if (document) return { document: filled(document, holed), faults: told };
  const broken = parsed?.faults.at(-1)?.span.start ?? 0;
  // Behind a hole that may be anything, what follows may be right or wrong.
  const isOpen = holed.firstBare !== undefined && broken >= holed.firstBare;
  return isOpen ? { unknown: new Unknown(sourceText(pieces)), faults: [] } : { faults: told };
}

/**
 * A file of JSON with placeholders outside of its strings, which somebody fills in before anybody reads it as JSON.
 * Undefined for a text that these don't make readable.
 */
export function readHoledJson(text: string): Document | undefined {
  const whole = embeddedSlice(text, { start: 0, end: text.length });
  return readEmbeddedJson([{ embedded: whole }]).document;
}

/** The document with its stand-ins replaced. */
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

/** An object with a member of unknown name may hold any member. */
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
