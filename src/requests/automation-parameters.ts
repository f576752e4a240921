import { type HoleDomain, PartialText } from "../documents/partial.ts";
import { mapChildren, type TextPart, textFromParts } from "../documents/parts.ts";
import { isPlaceholder } from "./placeholders.ts";
import { isObject } from "./request.ts";

const REFERENCE = /(\{\{ {0,9}\w{1,255} {0,9}\}\})/;

/** Makes holes of the references to parameters of an Automation document that says what they may be. */
export function fillAutomationParameters(value: unknown, parameters: unknown): unknown {
  if (!isObject(parameters)) return value;
  if (typeof value === "string") return readText([value], parameters) ?? value;
  if (value instanceof PartialText) return readText(value.parts, parameters, value.source) ?? value;
  return mapChildren(value, (child) => fillAutomationParameters(child, parameters));
}

function readText(
  parts: readonly TextPart[],
  parameters: Readonly<Record<string, unknown>>,
  source?: string,
): unknown {
  const split = parts.flatMap((part) =>
    typeof part === "string" ? part.split(REFERENCE).map((piece) => toPart(piece, parameters)) : [part],
  );
  const isChanged = split.some((part) => typeof part !== "string" && !parts.includes(part));
  return isChanged ? textFromParts(split, source) : undefined;
}

function toPart(piece: string, parameters: Readonly<Record<string, unknown>>): TextPart {
  const name = REFERENCE.test(piece) ? piece.slice(2, -2).trim() : "";
  const parameter = name !== "" && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const domain = isObject(parameter) ? findDomain(parameter) : undefined;
  return domain ? { source: piece, domain } : piece;
}

/** Patterns that aren't held to both ends leave the rest open. */
function findDomain({
  type,
  allowedValues,
  allowedPattern,
}: Record<string, unknown>): HoleDomain | undefined {
  if (type !== "String") return undefined;
  if (Array.isArray(allowedValues) && allowedValues.length > 0) {
    const isText = allowedValues.every((each) => typeof each === "string" && !isPlaceholder(each));
    return isText ? { values: allowedValues as string[] } : undefined;
  }
  const isWhole = typeof allowedPattern === "string" && /^\^[^|]*\$$/.test(allowedPattern);
  return isWhole ? { pattern: allowedPattern } : undefined;
}
