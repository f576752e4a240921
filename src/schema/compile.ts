import { Ajv } from "ajv";
import type { JsonSchema } from "./json-schema.ts";
import { AJV_OPTIONS } from "./options.ts";
import { prepared } from "./prepare.ts";
import type { Validator } from "./store.ts";

/** A schema as a function. Throws where the schema is not one. */
export const compile = (schema: JsonSchema): Validator =>
  new Ajv(AJV_OPTIONS).compile(prepared(schema)) as Validator;
