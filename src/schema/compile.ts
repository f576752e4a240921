import { Ajv, type Options } from "ajv";
import type { JsonSchema } from "./json-schema.ts";
import { matcherOf } from "./patterns.ts";
import { prepared } from "./prepare.ts";
import type { Validator } from "./store.ts";

/** Report all errors of a payload; no coercion, no defaults. */
export const AJV_OPTIONS = {
  allErrors: true,
  strict: false,
  strictNumbers: true,
  messages: false,
  unicodeRegExp: true,
} as const;

/** Compiles a schema. Throws if it is not a valid JSON Schema. */
export const compile = (schema: JsonSchema): Validator =>
  new Ajv(OPTIONS).compile(prepared(schema)) as Validator;

/**
 * A pattern that can't be evaluated counts as a mismatch, so that ajv reports it; `isUndecidable` then tells
 * the two cases apart. ajv identifies patterns by `toString`.
 */
const regExp = Object.assign(
  (pattern: string) => ({
    test: (text: string) => matcherOf(pattern)(text) === true,
    toString: () => pattern,
  }),
  { code: "" },
);

/** ajv's messages are used only for errors in the schema itself; errors in a payload get our own. */
const OPTIONS: Options = { ...AJV_OPTIONS, messages: true, code: { regExp } };

/** Whether it can't be determined if a text matches a pattern. */
export const isUndecidable = (pattern: string, text: string): boolean =>
  matcherOf(pattern)(text) === undefined;
