import type { Finding } from "../diagnostics/diagnostic.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { valueAt } from "../diagnostics/pointer.ts";
import { formatCount, formatList, formatNumber, quoted } from "../diagnostics/text.ts";
import { explainType } from "./explain-type.ts";
import { formatInWords, isDateLike, LONGEST_FORMATTED } from "./format-words.ts";
import { findSchemaAt } from "./json-schema.ts";
import type { ToShownName } from "./names.ts";
import { describeForm, describeMember, formatPayloadPath, keepName, toShownPath } from "./names.ts";
import type { ExplainedFault, PayloadFault } from "./schema-fault.ts";
import type { RequestSchema } from "./store.ts";

/** The payload that is checked, and the schema it is checked against. */
export interface CheckedPayload {
  payload: unknown;
  schema: RequestSchema;
  /** The payload's name in messages. */
  whole: string;
  /** The name of a member in messages; the API's own if absent. */
  toShownName?: ToShownName;
}

type ExplainKeyword = (fault: ExplainedFault) => Omit<Finding, "path"> & { path?: Path };

/** The explanation for each of ajv's keywords. */
const EXPLANATIONS: Record<string, ExplainKeyword> = {
  type: explainType,
  required: explainRequired,
  additionalProperties: explainUnknownField,
  enum: explainEnum,
  pattern: explainPattern,
  format: explainFormat,
  minLength: explainLength,
  maxLength: explainLength,
  minItems: explainItems,
  maxItems: explainItems,
  minimum: explainRange,
  maximum: explainRange,
  minProperties: explainMembers,
  maxProperties: explainMembers,
};

/** Converts an ajv error into a finding; into none if another error of the payload already covers it. */
export function explainFault(fault: PayloadFault, checked: CheckedPayload): Finding[] {
  const { schema, toShownName = keepName } = checked;
  const isUndecidable = schema.isUndecidable ?? (() => false);
  const explained: ExplainedFault = {
    ...fault,
    ...resolveFaultSubject(fault, checked),
    isUndecidable,
    toShownName,
  };
  if (fault.keyword === "required" && isMisspelt(String(fault.params.missingProperty), explained)) return [];
  const words = EXPLANATIONS[fault.keyword];
  if (!words) throw new Error(`no words for the schema keyword ${fault.keyword}`);
  const at = fault.propertyName === undefined ? {} : { at: "key" as const };
  return [{ path: fault.path, ...at, ...words(explained) }];
}

/** The subject of an error: a value, or the key of a map. */
function resolveFaultSubject(
  { path, propertyName }: PayloadFault,
  { payload, schema: { source: root }, whole, toShownName = keepName }: CheckedPayload,
): Pick<ExplainedFault, "value" | "name" | "schema"> {
  const shown = (path: Path): Path => toShownPath(path, root, toShownName);
  if (propertyName === undefined) {
    return {
      value: valueAt(payload, path),
      name: formatPayloadPath(shown(path), whole),
      schema: findSchemaAt(root, path) ?? {},
    };
  }
  const map = path.slice(0, -1);
  const name = `the key ${quoted(propertyName)} of ${formatPayloadPath(shown(map), whole)}`;
  return { value: propertyName, name, schema: findSchemaAt(root, map)?.propertyNames ?? {} };
}

/** Whether an unknown member is a misspelling of the missing one. Then only the misspelling is reported. */
function isMisspelt(missing: string, fault: ExplainedFault): boolean {
  const { value, schema, toShownName } = fault;
  const known = schema.properties ?? {};
  const unknown = Object.keys(value as object).filter((key) => !Object.hasOwn(known, key));
  return unknown.some((key) => suggestMember(key, fault) === toShownName(missing));
}

/** The member that an unknown key is probably a misspelling of, among those not given. */
function suggestMember(
  key: string,
  { value, schema, toShownName }: Pick<ExplainedFault, "value" | "schema" | "toShownName">,
): string | undefined {
  const free = Object.keys(schema.properties ?? {}).filter((name) => !Object.hasOwn(value as object, name));
  return findNearest(key, free.map(toShownName));
}

function explainRequired(fault: ExplainedFault): Omit<Finding, "path"> {
  const { params, name, schema, path, toShownName } = fault;
  const missing = String(params.missingProperty);
  const member = toShownName(missing);
  const where = path.length === 0 ? "" : ` in ${name}`;
  const what = schema.properties?.[missing];
  return {
    code: "schema/required",
    message: `${quoted(member)} is missing${where}`,
    help: `add ${quoted(member)}${what ? `: ${describeMember(what, toShownName)}` : ""}`,
  };
}

function explainUnknownField(fault: ExplainedFault): ReturnType<ExplainKeyword> {
  const { params, name, schema, path, toShownName } = fault;
  const key = String(params.additionalProperty);
  const near = suggestMember(key, fault);
  const members = Object.keys(schema.properties ?? {}).map(toShownName);
  return {
    code: "schema/unknown-field",
    path: [...path, key],
    at: "key",
    message: `${quoted(key)} is not a member of ${name}`,
    help: near ? `did you mean ${quoted(near)}?` : formatUnknownFieldHelp(key, members),
    ...(near !== undefined && { replacement: { of: key, by: near } }),
  };
}

function formatUnknownFieldHelp(key: string, members: readonly string[]): string {
  if (key === "<<") return "merge keys are not part of YAML 1.2: write the members out";
  return members.length === 0 ? "it takes no members" : `its members are ${formatList(members, "and", 20)}`;
}

function explainEnum({
  params,
  name,
  value,
  schemaPath,
  propertyName,
}: ExplainedFault): Omit<Finding, "path"> {
  const values = (params.allowedValues as unknown[]).map(String);
  const documented = schemaPath.endsWith("/allOf/0/enum");
  const near = typeof value === "string" ? findNearest(value, values) : undefined;
  const all =
    values.length === 1
      ? `the only value is ${formatList(values)}`
      : `the values are ${formatList(values, "and")}`;
  return {
    code: documented ? "schema/documented-value" : "schema/enum",
    message:
      propertyName === undefined
        ? `${quoted(String(value))} is not ${documented ? "among the documented values" : "a value"} of ${name}`
        : `${name} is not one that it takes`,
    help: near === undefined ? all : `did you mean ${quoted(near)}? ${all}`,
    ...(near !== undefined && { replacement: { of: String(value), by: near } }),
  };
}

function explainPattern(fault: ExplainedFault): Omit<Finding, "path"> {
  const { name, schema, params } = fault;
  const text = String(fault.value);
  const pattern = String(params.pattern);
  if (fault.isUndecidable(pattern, text)) return explainUndecidablePattern(name, pattern);
  const lineBreak = /[\r\n\u0085\u2028\u2029]/.test(text);
  const form = describeForm(schema);
  return {
    code: "schema/pattern",
    message: `${quoted(text)} is not of the form that ${name} has${lineBreak ? ": it holds a line break" : ""}`,
    help: form ? `expected ${form}` : `expected text that matches ${quoted(pattern, 200)}`,
  };
}

function explainFormat({ name, schema, params, value }: ExplainedFault): Omit<Finding, "path"> {
  const text = String(value);
  const format = String(params.format);
  const help = `expected ${describeForm(schema) ?? formatInWords(format)}`;
  if (text.length > LONGEST_FORMATTED) {
    const message = `whether ${name} is of the format ${quoted(format)} can't be checked: it is too long for that`;
    return { code: "schema/pattern", status: "undecided", message, help };
  }
  const message = isDateLike(format, text)
    ? `there is no day ${quoted(text)}`
    : `${quoted(text)} is not of the form that ${name} has`;
  return { code: "schema/pattern", message, help };
}

const explainUndecidablePattern = (name: string, pattern: string): Omit<Finding, "path"> => ({
  code: "schema/pattern",
  status: "undecided",
  message: `whether ${name} is of the documented form can't be checked`,
  help: `compare it with ${quoted(pattern, 200)} yourself: the pattern is not one that can be run safely here`,
});

function explainLength({ keyword, params, value, name, schema }: ExplainedFault): Omit<Finding, "path"> {
  const { atLeast, atMost } = params;
  // Of a text with holes only a bound is known.
  const bounded = atLeast !== undefined ? "at least " : atMost !== undefined ? "at most " : "";
  const length = Number(atLeast ?? atMost ?? [...String(value)].length);
  const limit = Number(params.limit);
  const form = describeForm(schema);
  const bound =
    keyword === "minLength"
      ? `at least ${formatNumber(limit)} are needed`
      : `at most ${formatNumber(limit)} are allowed`;
  return {
    code: "schema/length",
    message: `${name} has ${bounded}${formatCount(length, "character")}; ${bound}`,
    ...(form && { help: `expected ${form}` }),
  };
}

function explainItems({ keyword, params, value, name }: ExplainedFault): Omit<Finding, "path"> {
  const count = Array.isArray(value) ? value.length : 0;
  const limit = Number(params.limit);
  const few = keyword === "minItems";
  return {
    code: "schema/items",
    message: `${name} has ${formatCount(count, "item")}; ${few ? `at least ${formatNumber(limit)} ${limit === 1 ? "is" : "are"} needed` : `at most ${formatNumber(limit)} are allowed`}`,
    help: few
      ? "add an item, or leave the member out where it is optional"
      : "split it over several requests",
  };
}

function explainRange({ keyword, params, value, name }: ExplainedFault): Omit<Finding, "path"> {
  const limit = formatNumber(Number(params.limit));
  return {
    code: "schema/range",
    message: `${name} is ${formatNumber(Number(value))}; the ${keyword === "minimum" ? "smallest" : "largest"} value is ${limit}`,
    help: `write a number ${keyword === "minimum" ? "from" : "up to"} ${limit}`,
  };
}

function explainMembers(fault: ExplainedFault): Omit<Finding, "path"> {
  return fault.schema.properties ? explainUnion(fault) : explainMapSize(fault);
}

function explainMapSize({ keyword, params, value, name }: ExplainedFault): Omit<Finding, "path"> {
  const count = Object.keys(value as object).length;
  const limit = formatNumber(Number(params.limit));
  const bound = keyword === "minProperties" ? `at least ${limit} are needed` : `at most ${limit} are allowed`;
  return { code: "schema/items", message: `${name} has ${formatCount(count, "member")}; ${bound}` };
}

function explainUnion({ value, name, schema, toShownName }: ExplainedFault): Omit<Finding, "path"> {
  const given = Object.keys(value as object).map(toShownName);
  const members = Object.keys(schema.properties ?? {}).map(toShownName);
  return {
    code: "schema/union",
    message: `${name} takes exactly one member, not ${given.length === 0 ? "none" : formatList(given, "and")}`,
    help: `keep one of ${formatList(members, "or", 20)}`,
  };
}
