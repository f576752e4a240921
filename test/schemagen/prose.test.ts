// Which facts are extracted from prose, and which are not.

import { describe, expect, it } from "vitest";
import { generateFromPage } from "../../src/schemagen/index.ts";
import { printPage, type TestShape } from "./print-page.ts";

const SHAPES: Record<string, TestShape> = {
  string: { kind: "string" },
  integer: { kind: "integer" },
  number: { kind: "number" },
  boolean: { kind: "boolean" },
  list: { kind: "list", item: { kind: "string" } },
  speed: { kind: "enum", values: ["slow", "fast"] },
};

/** The keywords that a member's prose adds to its schema. */
function extractFactsFrom(kind: string, prose: string): object {
  const member = { name: "Toy", toy: SHAPES[kind]!, prose };
  const page = printPage({ kind: "structure", members: [member] }, undefined);
  const { request } = generateFromPage(page, "page.rst");
  const { properties } = request as unknown as { properties: { Toy: Record<string, unknown> } };
  const { type: _, description: __, items: ___, enum: ____, ...facts } = properties.Toy;
  return facts;
}

describe("a limit in prose", () => {
  it.each([
    ["string", "A name, in a string of up to 63 ASCII characters.", { maxLength: 63 }],
    ["string", "A name. It can be up to 1,024 characters long.", { maxLength: 1024 }],
    ["string", "The name can't be longer than 30 characters.", { maxLength: 30 }],
    [
      "string",
      "The name must be between 3 and 20 Unicode characters in length.",
      { minLength: 3, maxLength: 20 },
    ],
    ["string", "Maximum length: 12", { maxLength: 12 }],
    ["list", "A list of up to 50 key/value tags to put on the toy.", { maxItems: 50 }],
    ["list", "A list of toys, with a maximum of 50 elements.", { maxItems: 50 }],
    ["list", "You can specify between 1 and 10 toys.", { minItems: 1, maxItems: 10 }],
    [
      "list",
      "Array Members: Minimum number of 1 item. Maximum number of 9 items.",
      { minItems: 1, maxItems: 9 },
    ],
    ["integer", "How many turns. Valid values are 1-10.", { minimum: 1, maximum: 10 }],
    ["integer", "How many turns. The valid range is 1 to 10.", { minimum: 1, maximum: 10 }],
    ["number", "How loud. Must be between 0 and 100, inclusive.", { minimum: 0, maximum: 100 }],
    ["integer", "How many turns. The maximum value is 7.", { maximum: 7 }],
  ])("is extracted for a %s: %s", (kind, prose, facts) => {
    expect(extractFactsFrom(kind, prose)).toEqual(facts);
  });

  it.each([
    [
      "a limit of something else",
      "string",
      "The toy has wheels for which names between 3 and 20 characters are used.",
    ],
    ["a condition", "string", "If the toy is red, the name must be between 3 and 20 characters."],
    [
      "two limits that differ",
      "string",
      "It can be up to 10 characters long. It can be up to 20 characters long.",
    ],
    ["a range upside down", "string", "The name must be between 20 and 3 characters."],
    ["another kind", "boolean", "Valid values are 1-10."],
    ["a number outside of the range", "integer", "Valid values are 1-10. To wind nothing, give 0."],
    ["a negative number outside of the range", "integer", "Valid values are 0-10. To wind nothing, give -1."],
    ["a number with a fraction", "number", "Valid values are 0.5-1.5."],
    ["a page size", "integer", "The maximum number of results to return. Valid values are 1-10."],
    ["a limit for each case", "list", "You can specify up to 5 items for each toy."],
  ])("is not extracted from %s", (_, kind, prose) => {
    expect(extractFactsFrom(kind, prose)).toEqual({});
  });
});

describe("a default in prose", () => {
  it.each([
    ["integer", "How often. The default is ``3``.", { default: 3 }],
    ["integer", "How often. Default: 3", { default: 3 }],
    ["number", "How loud. The default value is 0.5.", { default: 0.5 }],
    ["boolean", "Whether it is wound up. The default is ``False``.", { default: false }],
    ["speed", "How fast. The default is slow.", { default: "slow" }],
  ])("is extracted for a %s: %s", (kind, prose, facts) => {
    expect(extractFactsFrom(kind, prose)).toEqual(facts);
  });

  it.each([
    ["that is not in the enum", "speed", "How fast. The default is medium."],
    ["of another type", "integer", "How often. The default is often."],
    ["of a string without an enum", "string", "Its name. The default is bear."],
    ["under a condition", "integer", "How often. The default is 3 for bears."],
    ["twice", "integer", "How often. The default is 3. The default value is 4."],
  ])("is not extracted if it is stated %s", (_, kind, prose) => {
    expect(extractFactsFrom(kind, prose)).toEqual({});
  });

  it("is not extracted if it is outside of the range", () => {
    expect(extractFactsFrom("integer", "How often. The maximum value is 7. Default: 8")).toEqual({});
  });
});

describe("prose about a string's values", () => {
  it.each([
    ["Valid Values: ``bear`` | ``train``", { "x-documented-values": ["bear", "train"] }],
    ["Valid values: bear | A train of cars", {}],
    ["Valid values: bear", {}],
    ["The key can't start with aws:.", { "x-reserved-prefixes": ["aws:"] }],
    ["The key must not begin with ``toy:`` or a digit.", { "x-reserved-prefixes": ["toy:"] }],
    ["The key can start with aws:.", {}],
    ["The toy's policy, as a JSON document.", { "x-aws-type": "document" }],
    ["The resource policy.", { "x-aws-type": "document" }],
    ["The name of the resource policy.", {}],
  ])("yields the expected keywords: %s", (prose, facts) => {
    expect(extractFactsFrom("string", prose)).toEqual(facts);
  });
});

describe("a description", () => {
  const describeIt = (prose: string) => {
    const page = printPage(
      { kind: "structure", members: [{ name: "Toy", toy: SHAPES.string!, prose }] },
      undefined,
    );
    const { request } = generateFromPage(page, "page.rst");
    return (request as unknown as { properties: { Toy: { description: string } } }).properties.Toy
      .description;
  };

  it("is plain text without markup", () => {
    const prose =
      "See `the guide <https://example.com/a_b>`__, **now**, :class:`.Toy` and ``Name``\\:  *soon*.";
    expect(describeIt(prose)).toBe("See the guide, now, .Toy and Name: soon.");
  });

  it("is cut after a sentence", () => {
    expect(describeIt(`${"A sentence of some length. ".repeat(30)}`)).toBe(
      "A sentence of some length. ".repeat(11).trim(),
    );
  });

  it("is cut between words if the first sentence is too long", () => {
    const text = describeIt("word ".repeat(200));
    expect(text.length).toBeLessThanOrEqual(301);
    expect(text).toMatch(/ word…$/);
  });
});
