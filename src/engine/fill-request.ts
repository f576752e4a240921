import type { Path } from "../diagnostics/pointer.ts";
import type { Unknown } from "../documents/document.ts";
import type { GivenValue } from "../documents/given-values.ts";
import type { LocatedRequest } from "../requests/find.ts";
import { replacePlaceholders } from "../requests/placeholders.ts";
import type { ContainerFinding } from "../requests/request.ts";
import { PlaceholderFiller } from "../requests/values/fill.ts";
import { findSchemaAt, type JsonSchema } from "../schema/json-schema.ts";
import type { Engine } from "./engine.ts";
import { restoreGivenMembers } from "./given-names.ts";

/** Fills the placeholders of a request, and of what came with it, with the values that the user gives. */
export function fillRequest(request: LocatedRequest, { filling, schemas }: Engine): LocatedRequest {
  if (!filling) return request;
  const template = request.document.value;
  const beside = new PlaceholderFiller(filling, template, ({ value }) => value);
  const fillText = <T extends string | Unknown>(text: T): string | T => {
    const filled = beside.fill(replacePlaceholders(text));
    return typeof filled === "string" ? filled : text;
  };
  const operation = fillText(request.operation);
  const schema = schemas.find(operation)?.source;
  const isCommand = request.container === "aws-cli";
  const written: ContainerFinding[] = [];
  const convert = (given: GivenValue, path: Path) => {
    const converted = convertGiven(given, schema && findSchemaAt(schema, path), isCommand);
    const { value, findings } = restoreGivenMembers(converted, path, request, schema);
    written.push(...findings);
    return value;
  };
  const filler = new PlaceholderFiller(filling, template, convert);
  const fillCaller = (given: string | Unknown): string | Unknown => {
    const filled = typeof given === "string" ? fillText(given) : beside.fill(given);
    return typeof filled === "string" ? filled : given;
  };
  const { justification, caller, context } = request;
  const payload = filler.fill(request.payload);
  return {
    ...request,
    operation,
    payload,
    ...(written.length > 0 && { findings: [...(request.findings ?? []), ...written] }),
    ...(typeof justification === "string" && { justification: fillText(justification) }),
    ...(caller !== undefined && { caller: fillCaller(caller) }),
    ...(context && { context: beside.fill(replacePlaceholders(context)) as Record<string, unknown> }),
  };
}

/**
 * What a member is that a placeholder stands for. All values in a shell are texts, which the AWS CLI converts as the
 * member's type wants; elsewhere only a text is made of a number, whose type in the file of values nobody chose.
 */
function convertGiven({ value, text }: GivenValue, schema: JsonSchema | undefined, isCommand: boolean) {
  if (text === undefined || schema === undefined) return value;
  if (schema.type === "string") return text;
  if (!isCommand || typeof value !== "string") return value;
  if (schema.type === "array") return splitWords(text);
  return readScalar(text, String(schema.type)) ?? value;
}

/** Items of an unquoted expansion; undefined where a shell would do more than split it. */
const splitWords = (text: string): string[] | undefined =>
  /[*?[\]\\]/.test(text) ? undefined : text.split(/[ \t\n]+/).filter((word) => word !== "");

function readScalar(text: string, type: string): unknown {
  if (type === "boolean" && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (type === "integer" && /^[+-]?\d+$/.test(text)) return Number(text);
  if (type === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  return undefined;
}
