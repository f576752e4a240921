import type { Span } from "../../diagnostics/lines.ts";
import { Unknown } from "../../documents/document.ts";
import type { Placed } from "./placed.ts";
import { listOf, structureOf } from "./placed.ts";
import type { Kind, Resolved, Shapes } from "./shape.ts";

/** The forms that Python's `int` and `float` accept. */
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;
const FLOAT = /^\s*[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i;

const NUMBERS: Partial<Record<Kind, RegExp>> = { integer: INTEGER, float: FLOAT, timestamp: FLOAT };

/**
 * Converts a text to the member's type. A text of another form is kept, so that the schema check reports it.
 */
export function scalar(placed: Placed, kind: Kind): Placed {
  const { value } = placed;
  const form = NUMBERS[kind];
  return typeof value === "string" && form?.test(value) ? { ...placed, value: numberOf(value) } : placed;
}

function numberOf(text: string): number | bigint {
  const digits = text.trim().replaceAll("_", "").replace(/^\+/, "");
  const number = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
}

/**
 * Converts the texts of a shorthand value to the types of the members. Calls `onDocument` for each document
 * type, which shorthand can't express.
 */
export function converted(
  placed: Placed,
  resolved: Resolved,
  shapes: Shapes,
  onDocument: (at: Span) => void,
): Placed {
  const inner = (part: Placed, shape: Parameters<Shapes["resolve"]>[0]): Placed =>
    converted(part, shapes.resolve(shape), shapes, onDocument);
  const { kind, members, element } = resolved;
  const { key, span } = placed;
  const withKey = (made: Placed): Placed => (key ? { ...made, key } : made);
  if (placed.value instanceof Unknown) return placed;
  if (kind === "document") onDocument(span);
  if (kind === "boolean") return { ...placed, value: booleanOf(placed.value) };
  if (kind === "list") {
    // A single value stands for a list of one item.
    if (!placed.items) return withKey(listOf([{ value: placed.value, span, ...rest(placed) }], span));
    return withKey(
      listOf(
        placed.items.map((item) => inner(item, element)),
        span,
      ),
    );
  }
  if ((kind === "structure" || kind === "map") && placed.members) {
    const parts = [...placed.members].map(([name, part]): [string, Placed] => {
      const shape = kind === "map" ? element : Object.hasOwn(members, name) ? members[name] : undefined;
      return [name, shape ? inner(part, shape) : part];
    });
    return withKey(structureOf(new Map(parts), span));
  }
  return scalar(placed, kind);
}

const rest = ({ members }: Placed): Pick<Placed, "members"> => (members ? { members } : {});

function booleanOf(value: unknown): unknown {
  const word = typeof value === "string" ? value.toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : value;
}
