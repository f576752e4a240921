import { findNearest } from "../diagnostics/nearest.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import { FORMATS } from "./formats.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A format that there isn't, with where it stands in the schema. */
export interface UnknownFormat {
  path: Path;
  message: string;
  help: string;
}

/** Every `format` of a schema that nothing could be checked by. */
export function unknownFormats(schema: JsonSchema, path: Path = []): UnknownFormat[] {
  const { format } = schema;
  const isKnown = format === undefined || (typeof format === "string" && Object.hasOwn(FORMATS, format));
  const own = isKnown ? [] : [{ path: [...path, "format"], ...unknown(format) }];
  return [...own, ...partsOf(schema).flatMap(([part, below]) => unknownFormats(part, [...path, ...below]))];
}

function unknown(format: unknown): Pick<UnknownFormat, "message" | "help"> {
  const names = Object.keys(FORMATS);
  const near = typeof format === "string" ? findNearest(format, names) : undefined;
  return {
    message: `there is no format ${quoted(typeof format === "string" ? format : JSON.stringify(format))}`,
    help: near
      ? `did you mean ${quoted(near)}?`
      : `the formats are ${formatList(names, "and", names.length)}`,
  };
}

const MAPS = ["properties", "patternProperties", "definitions"] as const;
const SINGLE = ["items", "additionalProperties", "propertyNames"] as const;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The schemas in a schema, each with the way to it. */
function partsOf(schema: JsonSchema): [JsonSchema, Path][] {
  const parts: [unknown, Path][] = [
    ...SINGLE.map((key): [unknown, Path] => [schema[key], [key]]),
    ...MAPS.flatMap((key) =>
      Object.entries(schema[key] ?? {}).map(([name, part]): [unknown, Path] => [part, [key, name]]),
    ),
  ];
  return parts.filter((part): part is [JsonSchema, Path] => isSchema(part[0]));
}
