import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { readEmbeddedText } from "../../documents/embedded.ts";
import { OpenObject } from "../../documents/partial.ts";
import { objectFromEntries, type TextPart, textFromParts } from "../../documents/parts.ts";
import { isUnknownText } from "./argument.ts";

/** A value with the positions of its parts in the file. */
export interface LocatedValue {
  value: unknown;
  span: Span;
  /** The position of its name, if it is a member. */
  key?: Span;
  members?: Map<string, LocatedValue>;
  items?: LocatedValue[];
  /** The document that the value was parsed from as a whole, which has the positions of its parts. */
  document?: Document;
}

/**
 * A text value, whose holes are called by what the file has in their place. `written` has the same stand-ins in the
 * same order, with their positions.
 */
export function createTextValue(text: string, written: EmbeddedText, span: Span, file: string): LocatedValue {
  if (!isUnknownText(text)) return { value: text, span };
  const sources = [...written.text.matchAll(HOLES)].map(({ 0: { length }, index }) => {
    const { start, end } = written.span({ start: index, end: index + length });
    return file.slice(start, end);
  });
  const whole = written.span({ start: 0, end: written.text.length });
  const parts = text
    .split(HOLES)
    .flatMap((literal, at): TextPart[] => [...(at > 0 ? [{ source: sources[at - 1] ?? "" }] : []), literal]);
  return { value: textFromParts(parts, file.slice(whole.start, whole.end)), span };
}

const HOLES = /[\uE000\uE001]+/g;

/** In JSON, stands for an unknown value that is not in a string, and may be of any type. */
export const BARE_STAND_IN = "\uE002";

export const createUnknown = ({ start, end, source }: Span, file: string): Unknown =>
  new Unknown((source?.text ?? file).slice(start, end));

export function createList(items: LocatedValue[], span: Span): LocatedValue {
  return { value: items.map(({ value }) => value), span, items };
}

export function createStructure(members: Map<string, LocatedValue>, span: Span): LocatedValue {
  const value = objectFromEntries([...members].map(([name, member]) => [name, member.value]));
  return { value, span, members };
}

/** A value parsed from JSON or YAML. Texts with unknown parts become unknown. */
export function valueFromDocument(document: Document, inside: EmbeddedText, file: string): LocatedValue {
  const span = inside.span({ start: 0, end: inside.text.length });
  const known = (value: unknown, path: Path): unknown => {
    if (typeof value === "string") return readText(value, document, path, file);
    if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
    if (Array.isArray(value)) return value.map((item, index) => known(item, [...path, index]));
    const entries = Object.entries(value);
    const own = entries.filter(([name]) => !isUnknownText(name));
    const members = objectFromEntries(own.map(([name, member]) => [name, known(member, [...path, name])]));
    if (own.length === entries.length) return members;
    return new OpenObject(createUnknown(document.span(path, "value"), file).source, members);
  };
  return { value: known(document.value, []), span, document };
}

function readText(value: string, document: Document, path: Path, file: string): unknown {
  const span = document.span(path, "value");
  if (value.includes(BARE_STAND_IN)) return createUnknown(span, file);
  const written = isUnknownText(value) ? readEmbeddedText(file, document, path) : undefined;
  return written ? createTextValue(value, written, span, file).value : value;
}

/** The span of a part, or of its nearest existing ancestor. */
export function findValueSpan(root: LocatedValue, path: Path, at: "key" | "value"): Span {
  let placed = root;
  for (const [depth, part] of path.entries()) {
    if (placed.document) {
      const rest = path.slice(depth);
      return placed.document.span(rest, at);
    }
    const next = placed.members?.get(String(part)) ?? placed.items?.[Number(part)];
    if (!next) return placed.span;
    placed = next;
  }
  return at === "key" && placed.key ? placed.key : placed.span;
}
