// Properties: a random shape printed as a page is read back unchanged; a damaged page leads to a `PageError`.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateFromPage, PageError } from "../../src/schemagen/index.ts";
import { runs } from "../support/scale.ts";
import { anyStructure, normalizeSchema, removeTokens } from "./any-shape.ts";
import { printPage, type TestShape } from "./print-page.ts";

const KINDS: Record<string, object> = {
  string: { type: "string" },
  integer: { type: "integer" },
  number: { type: "number" },
  float: { type: "number" },
  boolean: { type: "boolean" },
  timestamp: { type: ["string", "number"], "x-aws-type": "timestamp" },
  blob: { type: "string", "x-aws-type": "blob" },
  document: { "x-aws-type": "document" },
};

/** The schema that a shape must have, without descriptions. */
function expectedSchema(shape: TestShape, part: "request" | "response", token = false): object {
  const marks = token && part === "request" ? { "x-autopopulated": true } : {};
  switch (shape.kind) {
    case "enum":
      return { type: "string", enum: shape.values, ...marks };
    case "list":
      return { type: "array", items: expectedSchema(shape.item, part), ...marks };
    case "map":
      return { type: "object", additionalProperties: expectedSchema(shape.value, part), ...marks };
    case "structure": {
      const required = shape.members
        .filter((m) => part === "request" && m.required && !m.token)
        .map((m) => m.name);
      return {
        type: "object",
        ...(shape.union ? { minProperties: 1, maxProperties: 1 } : {}),
        ...(required.length > 0 ? { required } : {}),
        properties: Object.fromEntries(
          shape.members.map((m) => [m.name, expectedSchema(m.toy, part, m.token)]),
        ),
        additionalProperties: false,
        ...marks,
      };
    }
    default:
      return { ...KINDS[shape.kind], ...marks };
  }
}

describe("generateFromPage() on a page of a random shape", () => {
  it("generates that shape's schemas", () => {
    fc.assert(
      fc.property(anyStructure, fc.option(anyStructure, { nil: undefined }), (request, anyResponse) => {
        const response = anyResponse && removeTokens(anyResponse);
        const generated = generateFromPage(printPage(request, response), "page.rst");
        expect(normalizeSchema(generated.request)).toEqual(expectedSchema(request, "request"));
        expect(normalizeSchema(generated.response)).toEqual(response && expectedSchema(response, "response"));
      }),
      { numRuns: runs(300) },
    );
  });

  it("ignores CRLF line ends and a byte order mark", () => {
    fc.assert(
      fc.property(anyStructure, (request) => {
        const page = printPage(request, undefined);
        const other = `\ufeff${page.replaceAll("\n", "\r\n")}`;
        expect(normalizeSchema(generateFromPage(other, "p").request)).toEqual(
          normalizeSchema(generateFromPage(page, "p").request),
        );
      }),
      { numRuns: runs(30) },
    );
  });
});

type Damage = (lines: string[], at: number, to: number) => string[];

const DAMAGE: Record<string, Damage> = {
  cut: (lines, at) => lines.slice(0, at),
  drop: (lines, at) => lines.toSpliced(at, 1),
  double: (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ""),
  swap: (lines, at, to) => lines.with(at, lines[to] ?? "").with(to, lines[at] ?? ""),
  indent: (lines, at, to) => lines.with(at, `${" ".repeat((to % 7) + 1)}${lines[at]}`),
  outdent: (lines, at) => lines.with(at, (lines[at] ?? "").trimStart()),
  tab: (lines, at) => lines.with(at, `\t${(lines[at] ?? "").trimStart()}`),
};

describe("generateFromPage() on a damaged page", () => {
  it.each(Object.entries(DAMAGE))("throws a PageError or gives the same schema: %s", (_, damage) => {
    fc.assert(
      fc.property(anyStructure, anyStructure, fc.nat(), fc.nat(), (request, response, a, b) => {
        const page = printPage(request, removeTokens(response));
        const whole = generateFromPage(page, "page.rst");
        const lines = page.split("\n");
        const damaged = damage(lines, a % lines.length, b % lines.length).join("\n");
        const generated = generateOrError(damaged);
        if (generated instanceof PageError) expect(generated.line).toBeGreaterThan(0);
        else expect(summarizeMembers(generated.request)).toEqual(summarizeMembers(whole.request));
      }),
      { numRuns: runs(150) },
    );
  });

  it("throws a PageError wherever the page is truncated before the end of the shapes", () => {
    fc.assert(
      fc.property(anyStructure, fc.nat(), (request, a) => {
        const page = printPage(request, undefined);
        const end = page.indexOf(":returns: None");
        const cut = page.slice(0, a % (end + 1));
        expect(generateOrError(cut)).toBeInstanceOf(PageError);
      }),
      { numRuns: runs(200) },
    );
  });
});

/** What damage must not change unnoticed: the members and their types. */
function summarizeMembers(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return undefined;
  const { type, properties, items } = schema as { type?: unknown; properties?: object; items?: object };
  const members = Object.entries(properties ?? {}).map(
    ([key, inner]) => [key, summarizeMembers(inner)] as const,
  );
  return { type, members: members.sort(([x], [y]) => (x < y ? -1 : 1)), items: summarizeMembers(items) };
}

function generateOrError(page: string) {
  try {
    return generateFromPage(page, "page.rst");
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
}
