// Tests limits files.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateFromPage, PageError, parseLimits } from "../../src/schemagen/index.ts";

const WIND = readFileSync(join(import.meta.dirname, "fixtures/wind_up.rst"), "utf8");
const HEAD = "operation: toybox:WindUp\nsource: https://example.com/wind-up\n";

const generate = (limits: string) =>
  generateFromPage(WIND, "wind_up.rst", { limits: parseLimits(limits, "WindUp.limits.yaml") });

function catchLimitsError(limits: string): string {
  try {
    generate(limits);
  } catch (error) {
    if (error instanceof PageError) return `${error.page}:${error.line}:${error.column}: ${error.message}`;
    throw error;
  }
  throw new Error("the limits were taken");
}

describe("a limits file", () => {
  it("adds limits and replaces all descriptions of the page", () => {
    const { request } = generate(`${HEAD}request:
  "": { description: Winds up. }
  /Note: { description: A word., minLength: 1, pattern: "^a", wholeMatch: true, form: any, examples: [a] }
  /Tags/*/Key: { maxLength: 9 }
`);
    expect(request).toMatchObject({
      description: "Winds up.",
      "x-source": { limits: { source: "https://example.com/wind-up" } },
    });
    const { properties } = request as unknown as { properties: Record<string, object> };
    expect(properties.Note).toEqual({
      type: "string",
      description: "A word.",
      "x-form": "any",
      examples: ["a"],
      minLength: 1,
      maxLength: 63,
      pattern: "^a",
      "x-whole-match": true,
    });
    expect(properties.Token).toEqual({ type: "string", "x-autopopulated": true });
    expect(properties.Tags).toMatchObject({
      maxItems: 50,
      items: { properties: { Key: { maxLength: 9 } } },
    });
    expect(JSON.stringify(request)).not.toContain("How often");
  });

  it("can restrict the schemas to one part", () => {
    expect(generate(`${HEAD}parts: [response]\n`).request).toBeUndefined();
  });

  it.each([
    ["/Notes: { maxLength: 1 }", "3:12: `/Notes` leads nowhere: the page has no `Notes` there"],
    ["/Tags/0/Key: { maxLength: 1 }", "3:12: `/Tags/0/Key` leads nowhere: the page has no `0` there"],
    ["Note: { maxLength: 1 }", "3:12: `Note` is no JSON pointer"],
    ["/Note: { maxlength: 1 }", "3:21: unknown key `maxlength`"],
    ["/Note: { maxLength: -1 }", "3:32: `maxLength` is not a whole number from 0"],
    [
      '/Note: { pattern: "(" }',
      "3:30: `pattern` is not a regular expression that JavaScript reads with its `u` flag",
    ],
    ["/Note: { maxLength: 64 }", "3:32: `maxLength` is 64, but the page's prose says 63"],
    ["/Note: { minLength: 64 }", "3:32: `minLength` 64 is above `maxLength` 63: no value is allowed"],
    ["/Turns: { maxLength: 1 }", "3:33: `maxLength` doesn't suit `/Turns` (integer)"],
  ])("is rejected if an entry is %s", (entry, message) => {
    expect(catchLimitsError(`${HEAD}request: { ${entry} }\n`)).toBe(`WindUp.limits.yaml:${message}`);
  });

  it.each([
    [
      "operation: toybox:Other\nsource: https://example.com\n",
      "1:12: these are limits of `toybox:Other`, but the page documents `toybox:WindUp`",
    ],
    ["operation: toybox:WindUp\n", "1:1: `source` is missing"],
    [`${HEAD}response:\n  /A: { maxLength: 1 }\n`, "4:3: the page has no response shapes"],
    [`${HEAD}parts: [answer]\n`, "3:8: `parts` is not a list of `request` and `response`"],
    [`${HEAD}request: [1]\n`, "3:10: `request` is not a map"],
    ["- a\n", "1:1: expected a map here"],
    ["a: b: c\n", "1:4: Nested mappings are not allowed in compact mappings"],
  ])("is rejected if its text is %j", (limits, message) => {
    expect(catchLimitsError(limits)).toBe(`WindUp.limits.yaml:${message}`);
  });
});
