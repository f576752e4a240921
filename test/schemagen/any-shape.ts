// Generates random shapes, and normalizes their schemas for comparison.

import fc from "fast-check";
import type { TestMember, TestShape, TestStructure } from "./print-page.ts";

const anyName = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,9}$/);
const anyValue = fc.stringMatching(/^[A-Za-z0-9_.:/ "-]{1,12}$/).filter((text) => text !== "string");
const anyProse = fc.constantFrom(
  "Some words.",
  "- a dash",
  "* a bullet with ``code``",
  "**[REQUIRED]**?",
  ":param",
);

const { structure } = fc.letrec<{ toy: TestShape; structure: TestStructure; member: TestMember }>((tie) => ({
  toy: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .constantFrom<TestShape["kind"]>(
        "string",
        "integer",
        "number",
        "float",
        "boolean",
        "timestamp",
        "blob",
        "document",
      )
      .map((kind) => ({ kind }) as TestShape),
    fc
      .uniqueArray(anyValue, { minLength: 1, maxLength: 4 })
      .map((values) => ({ kind: "enum", values }) as TestShape),
    tie("toy").map((item) => ({ kind: "list", item }) as TestShape),
    tie("toy").map((inner) => ({ kind: "map", value: inner }) as TestShape),
    tie("structure"),
  ),
  member: fc.record(
    { name: anyName, toy: tie("toy"), required: fc.boolean(), token: fc.boolean(), prose: anyProse },
    { requiredKeys: ["name", "toy"] },
  ),
  structure: fc.record({
    kind: fc.constant("structure" as const),
    members: fc.uniqueArray(tie("member"), { maxLength: 5, selector: (member) => member.name }),
    union: fc.boolean(),
  }),
}));

export const anyStructure = structure.map((shape) => ({ ...shape, union: false }));

/** Removes descriptions and everything that depends on the source from a schema. */
export function normalizeSchema(schema: unknown): unknown {
  if (Array.isArray(schema) || typeof schema !== "object" || schema === null) return schema;
  const dropped = new Set(["$schema", "title", "x-source", "description"]);
  const kept = Object.entries(schema).filter(
    ([key, inner]) => !dropped.has(key) || typeof inner === "object",
  );
  return Object.fromEntries(
    kept.filter(([key]) => key !== "x-source").map(([key, inner]) => [key, normalizeSchema(inner)]),
  );
}

/** Responses are printed by the same code, but tokens are marked only in requests. */
export const removeTokens = (shape: TestStructure): TestStructure =>
  JSON.parse(JSON.stringify(shape).replaceAll('"token":true', '"token":false'));
