import type { Format } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { LONGEST_FORMATTED } from "./format-words.ts";

/** The formats of ajv-formats, tried on no text that is too long: `url` takes time that grows with its square. */
export const FORMATS: Readonly<Record<string, Format>> = Object.fromEntries(
  Object.entries(fullFormats).map(([name, format]) => [name, limited(format)]),
);

function limited(format: Format): Format {
  const check = testOf(format);
  if (check === undefined) return format;
  return { type: "string", validate: (text: string) => text.length <= LONGEST_FORMATTED && check(text) };
}

/** How a text is tried; undefined for a format of numbers, and for one that takes everything. */
function testOf(format: Format): ((text: string) => boolean) | undefined {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === "function") return (text) => format(text) === true;
  if (typeof format !== "object" || !("validate" in format) || format.type === "number") return undefined;
  return testOf(format.validate as Format);
}

/** Is a text of one of the formats? */
export const isOfFormat = (text: string, format: "uri"): boolean =>
  (FORMATS[format] as { validate(text: string): boolean }).validate(text);
