import type { Span } from "../../../diagnostics/lines.ts";
import { Unknown } from "../../../documents/document.ts";
import { opaqueText } from "../../../documents/embedded.ts";
import type { ProgramValue } from "./value.ts";

/** How a library writes JSON. */
interface JsonStyle {
  comma: string;
  colon: string;
  isAscii: boolean;
  /** Nothing else decides what the text looks like. */
  isExact: boolean;
}

/** The text that a library makes of a value: known as a whole, or for what it holds. */
export function jsonText(json: ProgramValue, span: Span, source: string, style: JsonStyle): ProgramValue {
  const text = style.isExact && !holdsFloat(json) ? written(json.value, style) : undefined;
  if (text === undefined) return { value: new Unknown(source), span, json };
  return { value: text, span, json, pieces: [{ embedded: opaqueText(text, span) }] };
}

/** `1.0` is written as such, or not: that depends on the library. */
const holdsFloat = ({ isFloat, members, items }: ProgramValue): boolean =>
  isFloat === true || [...(members?.values() ?? []), ...(items ?? [])].some(holdsFloat);

function written(value: unknown, style: JsonStyle): string | undefined {
  if (value instanceof Unknown || value === undefined) return undefined;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  if (typeof value === "string") return escaped(JSON.stringify(value), style);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((item) => written(item, style))
    : Object.entries(value).map(([key, member]) => {
        const text = written(member, style);
        return text === undefined ? undefined : `${escaped(JSON.stringify(key), style)}${style.colon}${text}`;
      });
  if (parts.includes(undefined)) return undefined;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}${parts.join(style.comma)}${close}`;
}

const escaped = (text: string, { isAscii }: JsonStyle): string =>
  isAscii
    ? text.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    : text;
