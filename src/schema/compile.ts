import { Ajv, type Options } from "ajv";
import type { JsonSchema } from "./json-schema.ts";
import { matcherOf } from "./patterns.ts";
import { prepared } from "./prepare.ts";
import type { Validator } from "./store.ts";

/** Ajv as we use it: every fault of a payload, no coercion, nothing filled in. */
export const AJV_OPTIONS = {
  allErrors: true,
  strict: false,
  strictNumbers: true,
  messages: false,
  unicodeRegExp: true,
} as const;

/** A schema as a function. Throws where the schema is not one. */
export const compile = (schema: JsonSchema): Validator =>
  new Ajv(OPTIONS).compile(prepared(schema)) as Validator;

/**
 * A pattern that can't be decided counts as a fault, so that it comes up: `isUndecidable` tells the two apart.
 * ajv tells patterns apart by `toString`.
 */
const regExp = Object.assign(
  (pattern: string) => ({
    test: (text: string) => matcherOf(pattern)(text) === true,
    toString: () => pattern,
  }),
  { code: "" },
);

/** Messages are for whoever wrote a schema that is none; what a payload breaks is said in our own words. */
const OPTIONS: Options = { ...AJV_OPTIONS, messages: true, code: { regExp } };

/** Can it not be told whether a text matches a pattern? */
export const isUndecidable = (pattern: string, text: string): boolean =>
  matcherOf(pattern)(text) === undefined;
