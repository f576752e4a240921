import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
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

/** A text value, which is unknown if any part of it is. */
export function createTextValue(text: string, span: Span, file: string): LocatedValue {
  return { value: isUnknownText(text) ? createUnknown(span, file) : text, span };
}

export const createUnknown = ({ start, end, source }: Span, file: string): Unknown =>
  new Unknown((source?.text ?? file).slice(start, end));

export function createList(items: LocatedValue[], span: Span): LocatedValue {
  return { value: items.map(({ value }) => value), span, items };
}

export function createStructure(members: Map<string, LocatedValue>, span: Span): LocatedValue {
  const value: Record<string, unknown> = {};
  for (const [name, member] of members) {
    // `__proto__` must become an own member, which assignment would not do.
    Object.defineProperty(value, name, {
      value: member.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return { value, span, members };
}

/** A value parsed from JSON or YAML. Texts with unknown parts become unknown. */
export function valueFromDocument(document: Document, inside: EmbeddedText, file: string): LocatedValue {
  const span = inside.span({ start: 0, end: inside.text.length });
  const known = (value: unknown, path: Path): unknown => {
    if (typeof value === "string")
      return isUnknownText(value) ? createUnknown(document.span(path, "value"), file) : value;
    if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
    if (Array.isArray(value)) return value.map((item, index) => known(item, [...path, index]));
    const entries = Object.entries(value);
    if (entries.some(([name]) => isUnknownText(name)))
      return createUnknown(document.span(path, "value"), file);
    return createPlainObject(entries.map(([name, member]) => [name, known(member, [...path, name])]));
  };
  return { value: known(document.value, []), span, document };
}

function createPlainObject(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
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
