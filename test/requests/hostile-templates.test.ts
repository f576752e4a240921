import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { parseText } from "../../src/documents/parse.ts";
import { findRequests } from "../../src/requests/find.ts";
import { createOperationNames } from "../../src/requests/operations.ts";
import { runs } from "../support/scale.ts";
import { OPERATIONS } from "./list-found.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const names = readdirSync(FIXTURES).filter((name) => !name.endsWith(".found.json"));
const files = names.map((name) => ({ name, text: readFileSync(join(FIXTURES, name), "utf8") }));
const operations = createOperationNames(OPERATIONS);

/** Finds the requests and resolves all of their positions. Returns the number of requests. */
async function resolveAllPositions(name: string, text: string): Promise<number> {
  const parsed = await parseText(name, text);
  const { requests, faults, unread } = findRequests(parsed, text, { operations });
  for (const { span } of [...parsed.faults, ...faults, ...unread]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  for (const request of requests) {
    request.operationSpan();
    request.span?.();
    const keys = Object.keys(Object(request.payload));
    for (const key of keys) request.payloadDocument?.span([...request.payloadPath, key, "x", 0], "key");
  }
  return requests.length;
}

/** Replaces or removes one part of a value. */
function replacePart(value: unknown, way: readonly number[], other: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  if (keys.length === 0) return other;
  const key = keys[step % keys.length]!;
  const part = replacePart((value as Record<string, unknown>)[key], rest, other);
  if (Array.isArray(value)) return value.map((item, index) => (index === Number(key) ? part : item));
  return { ...value, [key]: part };
}

const JUNK = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, "", [], {}, [[]], "${", '{"', { Ref: 1 }, { "Fn::Sub": [] }),
  fc.constantFrom<unknown>(
    { "Fn::Join": ["", { Ref: "x" }] },
    { "Fn::Join": 5 },
    { "Fn::Sub": ["${a}", 5] },
    { "Fn::Sub": { a: 1 } },
    { "Fn::ToJsonString": [1] },
    { __proto__: 1, constructor: 2 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

test("finders don't throw on templates in which any part is replaced or removed", async () => {
  const documents = (
    await Promise.all(files.map(async ({ name, text }) => (await parseText(name, text)).documents))
  ).flatMap((parsed, index) =>
    parsed.map(({ value }) => ({ name: names[index]!, value: toLongForm(value) })),
  );
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...documents),
      fc.array(fc.nat(20), { maxLength: 9 }),
      JUNK,
      fc.boolean(),
      async ({ value }, way, junk, isYaml) => {
        const broken = replacePart(value, way, junk);
        const text = isYaml ? stringify(broken) : JSON.stringify(broken);
        found += await resolveAllPositions(isYaml ? "t.yaml" : "t.json", text);
      },
    ),
    { numRuns: runs(1500), seed: 5 },
  );
  expect(found).toBeGreaterThan((runs(1500) * 2) / 3);
});

/** Converts YAML tags to their long form. */
const toLongForm = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"$unknown"', '"Fn::Sub"'));

test("finders don't throw on templates that are truncated or have characters replaced", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.nat(5000),
      fc.constantFrom(
        "",
        '"',
        "'",
        "{",
        "}",
        "[",
        ",",
        ":",
        "!Sub ",
        "${",
        "\\",
        "\n",
        "|",
        "- ",
        "\t",
        "\ue000",
      ),
      fc.nat(3),
      async ({ name, text }, at, put, removed) => {
        const from = at % text.length;
        await resolveAllPositions(name, text.slice(0, from) + put + text.slice(from + removed));
        await resolveAllPositions(name, text.slice(0, from));
      },
    ),
    { numRuns: runs(400), seed: 6 },
  );
});
