import type { PartialText } from "../documents/partial.ts";
import { decide, decidePattern, lengthRange, type MatchVerdict, whole } from "../texts/decide.ts";
import { either, type Language, literal } from "../texts/language.ts";
import type { JsonSchema } from "./json-schema.ts";
import { resolvePattern } from "./prepare.ts";
import type { SchemaError } from "./store.ts";

/** What is certain of a text with holes, whatever is filled in. */
export interface PartialTextCheck {
  /** The keywords that every filling violates, as ajv reports them. */
  faults: readonly TextFault[];
  /** The most specific keyword that some fillings may violate. */
  open?: keyof JsonSchema | undefined;
}

type TextFault = Pick<SchemaError, "keyword" | "schemaPath" | "params">;
type KeywordCheck = (text: PartialText, schema: JsonSchema) => TextFault | keyof JsonSchema | undefined;

/** Checks a text with holes against the schema of its place. */
export function checkPartialText(text: PartialText, schema: JsonSchema): PartialTextCheck {
  const types = [schema.type ?? "string"].flat();
  if (!types.includes("string")) return checkScalar(text, schema, types);
  const results = KEYWORD_CHECKS.flatMap((check) => check(text, schema) ?? []);
  return {
    faults: results.filter((result) => typeof result === "object"),
    open: results.find((result) => typeof result === "string"),
  };
}

/** Texts that a tool may have meant as a number or a boolean; the others are none, whatever is filled in. */
const SCALAR_FORMS: Readonly<Record<string, string>> = {
  integer: "^[\\s+-]*[0-9][0-9_a-fox.eE+-]*\\s*$",
  number: "^[\\s+-]*[.0-9][0-9_a-fox.eE+-]*\\s*$",
  boolean: "^\\s*[A-Za-z]{1,5}\\s*$",
};

function checkScalar(text: PartialText, schema: JsonSchema, types: readonly string[]): PartialTextCheck {
  const isNone = types.every(
    (type) => SCALAR_FORMS[type] !== undefined && decidePattern(text, SCALAR_FORMS[type]) === "never",
  );
  if (isNone) return { faults: [{ keyword: "type", schemaPath: "", params: { type: schema.type } }] };
  const isRanged = schema.minimum !== undefined || schema.maximum !== undefined;
  return { faults: [], open: isRanged ? "minimum" : "type" };
}

function toResult(
  verdict: MatchVerdict,
  keyword: keyof JsonSchema,
  params: Record<string, unknown>,
): ReturnType<KeywordCheck> {
  if (verdict === "always") return undefined;
  return verdict === "never" ? { keyword, schemaPath: "", params } : keyword;
}

/** The most specific first. */
const KEYWORD_CHECKS: readonly KeywordCheck[] = [
  (text, { enum: values }) =>
    values && toResult(decide(text, valuesLanguage(values)), "enum", { allowedValues: values }),
  (text, schema) => {
    const pattern = resolvePattern(schema);
    return pattern === undefined
      ? undefined
      : toResult(decideInEachEngine(text, pattern), "pattern", { pattern });
  },
  checkLength,
  (text, { "x-documented-values": values }) => {
    // Another value than a documented one is only a warning, so that nothing is open where it depends.
    if (!values || decide(text, valuesLanguage(values)) !== "never") return undefined;
    return { keyword: "enum", schemaPath: "/allOf/0/enum", params: { allowedValues: values } };
  },
];

function checkLength(
  text: PartialText,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: JsonSchema,
): ReturnType<KeywordCheck> {
  const { min, max } = lengthRange(text);
  if (max < minLength) return toResult("never", "minLength", { limit: minLength, atMost: max });
  if (min > maxLength) return toResult("never", "maxLength", { limit: maxLength, atLeast: min });
  if (min < minLength) return "minLength";
  return max > maxLength ? "maxLength" : undefined;
}

/** Patterns of users' schemas run in RE2 where it takes them, and the built-in ones in Node's engine. */
function decideInEachEngine(text: PartialText, pattern: string): MatchVerdict {
  const verdict = decidePattern(text, pattern, "ecmascript");
  if (verdict === "depends") return verdict;
  return verdict === decidePattern(text, pattern, "re2") ? verdict : "depends";
}

const languages = new WeakMap<readonly unknown[], Language>();

function valuesLanguage(values: readonly unknown[]): Language {
  const known = languages.get(values);
  if (known) return known;
  const made = whole(either(...values.map((value) => literal(String(value)))));
  languages.set(values, made);
  return made;
}
