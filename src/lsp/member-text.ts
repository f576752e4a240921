import { formatCount, formatNumber, quoted } from "../diagnostics/text.ts";
import type { JsonSchema } from "../schema/json-schema.ts";

const TYPES: Readonly<Record<string, string>> = { array: "list", object: "structure" };

/** A pattern that is longer explains nothing. */
const MAX_PATTERN_LENGTH = 200;

/** Escapes text of a schema that a user brings for Markdown: it must not make links or images. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&");

/** What a schema says of an operation, in Markdown. */
export function describeOperation(
  operation: string,
  { description, "x-source": source }: JsonSchema,
): string {
  const url = source?.url?.startsWith("https://docs.aws.amazon.com/") ? source.url : undefined;
  return joinParts([
    `**${quoted(operation)}**`,
    description === undefined ? undefined : escapeMarkdown(description),
    url === undefined || /[\s()<>]/.test(url) ? undefined : `[documentation of AWS](${url})`,
  ]);
}

/** What a schema says of a member, in Markdown. */
export function describeSchemaMember(name: string, schema: JsonSchema, isRequired: boolean): string {
  const head = [`**${quoted(name)}**`, nameType(schema), ...(isRequired ? ["required"] : [])].join(" · ");
  return joinParts([
    head,
    schema.description === undefined ? undefined : escapeMarkdown(schema.description),
    listFacts(schema)
      .map((fact) => `- ${fact}`)
      .join("\n") || undefined,
  ]);
}

const joinParts = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join("\n\n");

export function nameType(schema: JsonSchema): string {
  const special = schema["x-aws-type"];
  if (special !== undefined) return special;
  const [type = "value"] = [schema.type ?? []].flat();
  const isMap = type === "object" && !schema.properties && typeof schema.additionalProperties === "object";
  const name = isMap ? "map" : (TYPES[type] ?? type);
  return type === "array" && schema.items ? `${name} of ${nameType(schema.items)}` : name;
}

function listFacts(schema: JsonSchema): string[] {
  const { pattern, items, required = [] } = schema;
  const form = schema["x-form"];
  const values = [schema.enum, schema["x-documented-values"]].find((list) => list !== undefined);
  const [example] = schema.examples ?? [];
  return [
    ...(values ? [`one of ${values.map((value) => quoted(String(value))).join(", ")}`] : []),
    ...(form === undefined ? [] : [escapeMarkdown(form)]),
    ...formatRange(schema.minLength, schema.maxLength, "character"),
    ...formatRange(schema.minItems, schema.maxItems, "item"),
    ...formatRange(schema.minProperties, schema.maxProperties, "entry", "entries"),
    ...formatBounds(schema),
    ...(pattern === undefined || pattern.length > MAX_PATTERN_LENGTH
      ? []
      : [`pattern ${quoted(pattern, MAX_PATTERN_LENGTH)}`]),
    ...(required.length > 0 ? [`with ${required.map((name) => quoted(name)).join(", ")}`] : []),
    ...(items ? listFacts(items).map((fact) => `each: ${fact}`) : []),
    ...(schema.default === undefined ? [] : [`default ${quoted(JSON.stringify(schema.default))}`]),
    ...(example === undefined ? [] : [`for example ${quoted(JSON.stringify(example), 120)}`]),
  ];
}

function formatRange(
  min: number | undefined,
  max: number | undefined,
  noun: string,
  plural?: string,
): string[] {
  if (max === undefined)
    return min === undefined || min === 0 ? [] : [`at least ${formatCount(min, noun, plural)}`];
  if (min === undefined || min === 0) return [`at most ${formatCount(max, noun, plural)}`];
  return [
    min === max
      ? formatCount(max, noun, plural)
      : `${formatNumber(min)} to ${formatCount(max, noun, plural)}`,
  ];
}

function formatBounds({ minimum, maximum }: JsonSchema): string[] {
  if (minimum !== undefined && maximum !== undefined)
    return [`${formatNumber(minimum)} to ${formatNumber(maximum)}`];
  if (minimum !== undefined) return [`at least ${formatNumber(minimum)}`];
  return maximum === undefined ? [] : [`at most ${formatNumber(maximum)}`];
}
