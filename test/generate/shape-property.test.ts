// A random shape, printed as a page and read back, is the same shape; a damaged page ends in a PageError.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateFromPage, PageError } from "../../src/generate/index.ts";
import { printPage, type Toy, type ToyMember, type ToyStructure } from "./print-page.ts";

const name = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,9}$/);
const value = fc.stringMatching(/^[A-Za-z0-9_.:/ "-]{1,12}$/).filter((text) => text !== "string");
const prose = fc.constantFrom(
  "Some words.",
  "- a dash",
  "* a bullet with ``code``",
  "**[REQUIRED]**?",
  ":param",
);

const { structure } = fc.letrec<{ toy: Toy; structure: ToyStructure; member: ToyMember }>((tie) => ({
  toy: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .constantFrom<Toy["kind"]>(
        "string",
        "integer",
        "number",
        "float",
        "boolean",
        "timestamp",
        "blob",
        "document",
      )
      .map((kind) => ({ kind }) as Toy),
    fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((values) => ({ kind: "enum", values }) as Toy),
    tie("toy").map((item) => ({ kind: "list", item }) as Toy),
    tie("toy").map((inner) => ({ kind: "map", value: inner }) as Toy),
    tie("structure"),
  ),
  member: fc.record(
    { name, toy: tie("toy"), required: fc.boolean(), token: fc.boolean(), prose },
    { requiredKeys: ["name", "toy"] },
  ),
  structure: fc.record({
    kind: fc.constant("structure" as const),
    members: fc.uniqueArray(tie("member"), { maxLength: 5, selector: (member) => member.name }),
    union: fc.boolean(),
  }),
}));

const root = structure.map((shape) => ({ ...shape, union: false }));

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
function expected(shape: Toy, part: "request" | "response", token = false): object {
  const marks = token && part === "request" ? { "x-autopopulated": true } : {};
  switch (shape.kind) {
    case "enum":
      return { type: "string", enum: shape.values, ...marks };
    case "list":
      return { type: "array", items: expected(shape.item, part), ...marks };
    case "map":
      return { type: "object", additionalProperties: expected(shape.value, part), ...marks };
    case "structure": {
      const required = shape.members
        .filter((m) => part === "request" && m.required && !m.token)
        .map((m) => m.name);
      return {
        type: "object",
        ...(shape.union ? { minProperties: 1, maxProperties: 1 } : {}),
        ...(required.length > 0 ? { required } : {}),
        properties: Object.fromEntries(shape.members.map((m) => [m.name, expected(m.toy, part, m.token)])),
        additionalProperties: false,
        ...marks,
      };
    }
    default:
      return { ...KINDS[shape.kind], ...marks };
  }
}

function bare(schema: unknown): unknown {
  if (Array.isArray(schema) || typeof schema !== "object" || schema === null) return schema;
  const dropped = new Set(["$schema", "title", "x-source", "description"]);
  const kept = Object.entries(schema).filter(
    ([key, inner]) => !dropped.has(key) || typeof inner === "object",
  );
  return Object.fromEntries(
    kept.filter(([key]) => key !== "x-source").map(([key, inner]) => [key, bare(inner)]),
  );
}

/** Response pages are written by the same printer, which marks tokens only on requests. */
const withoutTokens = (shape: ToyStructure): ToyStructure =>
  JSON.parse(JSON.stringify(shape).replaceAll('"token":true', '"token":false'));

describe("a page of any shape", () => {
  it("is read as that shape", () => {
    fc.assert(
      fc.property(root, fc.option(root, { nil: undefined }), (request, anyResponse) => {
        const response = anyResponse && withoutTokens(anyResponse);
        const generated = generateFromPage(printPage(request, response), "page.rst");
        expect(bare(generated.request)).toEqual(expected(request, "request"));
        expect(bare(generated.response)).toEqual(response && expected(response, "response"));
      }),
      { numRuns: 300 },
    );
  });

  it("is read the same with other line ends and a byte order mark", () => {
    fc.assert(
      fc.property(root, (request) => {
        const page = printPage(request, undefined);
        const other = `\ufeff${page.replaceAll("\n", "\r\n")}`;
        expect(bare(generateFromPage(other, "p").request)).toEqual(bare(generateFromPage(page, "p").request));
      }),
      { numRuns: 30 },
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

describe("a damaged page", () => {
  it.each(Object.entries(DAMAGE))("%s: ends in a PageError or in the same schema", (_, damage) => {
    fc.assert(
      fc.property(root, root, fc.nat(), fc.nat(), (request, response, a, b) => {
        const page = printPage(request, withoutTokens(response));
        const whole = generateFromPage(page, "page.rst");
        const lines = page.split("\n");
        const damaged = damage(lines, a % lines.length, b % lines.length).join("\n");
        const generated = readOrError(damaged);
        if (generated instanceof PageError) expect(generated.line).toBeGreaterThan(0);
        else expect(names(generated.request)).toEqual(names(whole.request));
      }),
      { numRuns: 150 },
    );
  });

  it("cut anywhere ends in a PageError, or lacks only what follows the shapes", () => {
    fc.assert(
      fc.property(root, fc.nat(), (request, a) => {
        const page = printPage(request, undefined);
        const end = page.indexOf(":returns: None");
        const cut = page.slice(0, a % (end + 1));
        expect(readOrError(cut)).toBeInstanceOf(PageError);
      }),
      { numRuns: 200 },
    );
  });
});

/** What damage may not change unnoticed: which members there are, and of which kinds. */
function names(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return undefined;
  const { type, properties, items } = schema as { type?: unknown; properties?: object; items?: object };
  const members = Object.entries(properties ?? {}).map(([key, inner]) => [key, names(inner)] as const);
  return { type, members: members.sort(([x], [y]) => (x < y ? -1 : 1)), items: names(items) };
}

function readOrError(page: string) {
  try {
    return generateFromPage(page, "page.rst");
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
}
