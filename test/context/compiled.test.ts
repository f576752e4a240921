import { describe, expect, it } from "vitest";
import { CONTEXT_NAMES } from "../../src/context/context.ts";
import { CONTEXT_FORMS, recordParts } from "../../src/context/load/forms.ts";
import { getContextType, resolveSchemaPart, schemaPartKey } from "../../src/context/load/parts.ts";
import { loadContextSchemas } from "../../src/context/load/schemas.ts";
import { checkPayload } from "../../src/schema/check.ts";
import { compileSchema } from "../../src/schema/compile.ts";
import type { JsonSchema } from "../../src/schema/json-schema.ts";
import type { RequestSchema } from "../../src/schema/store.ts";
import { STRIDE } from "../support/scale.ts";

/** What each kind of schema there is may refuse. */
const WRONG: readonly unknown[] = [
  null,
  "",
  "x",
  "\n",
  "x".repeat(5000),
  "2026-02-03T04:05:06Z",
  -1,
  1.5,
  true,
  [],
  [null],
  ["x", 1],
  {},
  { Unknown: 1, "a key": [] },
];

/** Values of the form of a schema, each with one part replaced by something that may be wrong there. */
function* variants(schema: JsonSchema, depth = 0): Generator<unknown> {
  yield* WRONG;
  if (depth > 8) return;
  const members = Object.entries(schema.properties ?? {});
  for (const [name, member] of members)
    for (const value of variants(member, depth + 1)) yield { [name]: value };
  if (schema.items) for (const value of variants(schema.items, depth + 1)) yield [value];
  if (typeof schema.additionalProperties === "object")
    for (const value of variants(schema.additionalProperties, depth + 1))
      yield { "aws:Key": value, key: value };
}

const parts = CONTEXT_FORMS.flatMap(recordParts);
const SCHEMAS = new Map<string, RequestSchema>([
  ...parts.map((part) => [schemaPartKey(part), loadContextSchemas.forPart(part)] as const),
  ...CONTEXT_NAMES.map((name) => [name, loadContextSchemas.forName(name)] as const),
]);
const SOURCES = new Map<string, JsonSchema>([
  ...parts.map((part) => [schemaPartKey(part), resolveSchemaPart(part)] as const),
  ...CONTEXT_NAMES.map((name) => [name, getContextType(name)] as const),
]);

describe("the compiled schema", () => {
  it.each([...SCHEMAS.keys()])("of %s says what its source says, compiled at run time", (key) => {
    const shipped = SCHEMAS.get(key)!;
    const source = SOURCES.get(key)!;
    const atRunTime = { source, validator: compileSchema(source) };
    expect(shipped.source).toEqual(source);
    let [count, index] = [0, 0];
    for (const value of variants(source)) {
      // What may be wrong with the whole is always tried.
      if (index++ > WRONG.length && index % STRIDE > 0) continue;
      const expected = checkPayload(value, atRunTime, "the record");
      if (expected.length > 0) count++;
      expect(checkPayload(value, shipped, "the record"), JSON.stringify(value)).toEqual(expected);
    }
    expect(count).toBeGreaterThan(5);
  });
});
