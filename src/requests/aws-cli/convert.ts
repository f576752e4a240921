import type { Span } from "../../diagnostics/lines.ts";
import { Unknown } from "../../documents/document.ts";
import { PartialText } from "../../documents/partial.ts";
import { isPlaceholder } from "../placeholders.ts";
import type { LocatedValue } from "./located-value.ts";
import { createList, createStructure } from "./located-value.ts";
import type { ResolvedShape, ShapeKind, ShapeResolver } from "./shape.ts";

/** The forms that Python's `int` and `float` accept. */
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;
const FLOAT = /^\s*[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i;

const NUMBERS: Partial<Record<ShapeKind, RegExp>> = { integer: INTEGER, float: FLOAT, timestamp: FLOAT };

/**
 * Converts a text to the member's type. A text of another form is kept, so that the schema check reports it.
 */
export function convertScalar(placed: LocatedValue, kind: ShapeKind): LocatedValue {
  const { value } = placed;
  if (!isTextual(kind) && isOpenText(value)) return withoutParts(placed);
  const form = NUMBERS[kind];
  return typeof value === "string" && form?.test(value) ? { ...placed, value: parseNumber(value) } : placed;
}

/** Kinds whose values stay as they are written. */
const isTextual = (kind: ShapeKind): boolean => kind === "text" || kind === "blob";

/** A text that may be another value once it is filled in. */
const isOpenText = (value: unknown): boolean =>
  value instanceof PartialText || (typeof value === "string" && isPlaceholder(value));

const withoutParts = (placed: LocatedValue): LocatedValue => ({
  ...placed,
  value: new Unknown(placed.value instanceof Unknown ? placed.value.source : String(placed.value)),
});

function parseNumber(text: string): number | bigint {
  const digits = text.trim().replaceAll("_", "").replace(/^\+/, "");
  const number = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
}

/**
 * Converts the texts of a shorthand value to the types of the members. Calls `onDocument` for each document
 * type, which shorthand can't express.
 */
export function convertShorthand(
  placed: LocatedValue,
  resolved: ResolvedShape,
  shapes: ShapeResolver,
  onDocument: (at: Span) => void,
): LocatedValue {
  const inner = (part: LocatedValue, shape: Parameters<ShapeResolver["resolve"]>[0]): LocatedValue =>
    convertShorthand(part, shapes.resolve(shape), shapes, onDocument);
  const { kind, members, element } = resolved;
  const { key, span } = placed;
  const withKey = (made: LocatedValue): LocatedValue => (key ? { ...made, key } : made);
  if (!isTextual(kind) && isOpenText(placed.value)) return withoutParts(placed);
  if (placed.value instanceof Unknown) return placed;
  if (kind === "document") onDocument(span);
  if (kind === "boolean") return { ...placed, value: parseBoolean(placed.value) };
  if (kind === "list") {
    // A single value stands for a list of one item.
    if (!placed.items)
      return withKey(createList([{ value: placed.value, span, ...pickMembers(placed) }], span));
    return withKey(
      createList(
        placed.items.map((item) => inner(item, element)),
        span,
      ),
    );
  }
  if ((kind === "structure" || kind === "map") && placed.members) {
    const parts = [...placed.members].map(([name, part]): [string, LocatedValue] => {
      const shape = kind === "map" ? element : Object.hasOwn(members, name) ? members[name] : undefined;
      return [name, shape ? inner(part, shape) : part];
    });
    return withKey(createStructure(new Map(parts), span));
  }
  return convertScalar(placed, kind);
}

const pickMembers = ({ members }: LocatedValue): Pick<LocatedValue, "members"> =>
  members ? { members } : {};

function parseBoolean(value: unknown): unknown {
  const word = typeof value === "string" ? value.toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : value;
}
