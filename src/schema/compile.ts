import { Ajv, type Options } from "ajv";
import { FORMATS } from "./formats.ts";
import type { JsonSchema } from "./json-schema.ts";
import { getPatternMatcher } from "./patterns.ts";
import { prepareSchema } from "./prepare.ts";
import type { SchemaValidator } from "./store.ts";

/** Report all errors of a payload; no coercion, no defaults. */
export const AJV_OPTIONS = {
  allErrors: true,
  strict: false,
  strictNumbers: true,
  messages: false,
  unicodeRegExp: true,
  formats: FORMATS,
} as const;

/** Compiles a schema. Throws if it is not a valid JSON Schema. */
export const compileSchema = (schema: JsonSchema): SchemaValidator =>
  new Ajv(OPTIONS).compile(prepareSchema(schema)) as SchemaValidator;

/**
 * A pattern that can't be evaluated counts as a mismatch, so that ajv reports it; `isUndecidable` then tells
 * the two cases apart. ajv identifies patterns by `toString`.
 */
const createRegExp = Object.assign(
  (pattern: string) => ({
    test: (text: string) => getPatternMatcher(pattern)(text) === true,
    toString: () => pattern,
  }),
  { code: "" },
);

/** ajv's messages are used only for errors in the schema itself; errors in a payload get our own. */
const OPTIONS: Options = { ...AJV_OPTIONS, messages: true, code: { regExp: createRegExp } };

/** Whether it can't be determined if a text matches a pattern. */
export const isUndecidable = (pattern: string, text: string): boolean =>
  getPatternMatcher(pattern)(text) === undefined;
