import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { Embedded } from "../../documents/embedded.ts";
import { isUnknownText } from "./argument.ts";

/** A value, with where each of its parts stands in the file. */
export interface Placed {
  value: unknown;
  span: Span;
  /** Where the name stands that it is a member by. */
  key?: Span;
  members?: Map<string, Placed>;
  items?: Placed[];
  /** A document that the value was read from as a whole, and the place of its parts. */
  document?: Document;
}

/** A text as a value; unknown where any of its characters is. */
export function textValue(text: string, span: Span, file: string): Placed {
  return { value: isUnknownText(text) ? unknownAt(span, file) : text, span };
}

export const unknownAt = ({ start, end }: Span, file: string): Unknown => new Unknown(file.slice(start, end));

export function listOf(items: Placed[], span: Span): Placed {
  return { value: items.map(({ value }) => value), span, items };
}

export function structureOf(members: Map<string, Placed>, span: Span): Placed {
  const value: Record<string, unknown> = {};
  for (const [name, member] of members) {
    // A member called __proto__ is a member like any other.
    Object.defineProperty(value, name, {
      value: member.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return { value, span, members };
}

/** A value read by the reader of JSON or YAML. Texts with unknown parts in them become unknown. */
export function documentValue(document: Document, inside: Embedded, file: string): Placed {
  const span = inside.span({ start: 0, end: inside.text.length });
  const known = (value: unknown, path: Path): unknown => {
    if (typeof value === "string")
      return isUnknownText(value) ? unknownAt(document.span(path, "value"), file) : value;
    if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
    if (Array.isArray(value)) return value.map((item, index) => known(item, [...path, index]));
    const entries = Object.entries(value);
    if (entries.some(([name]) => isUnknownText(name))) return unknownAt(document.span(path, "value"), file);
    return plainObject(entries.map(([name, member]) => [name, known(member, [...path, name])]));
  };
  return { value: known(document.value, []), span, document };
}

function plainObject(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** The place of a part; of the nearest part around it where there is none. */
export function placeOf(root: Placed, path: Path, at: "key" | "value"): Span {
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
