import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { createValidator } from "../../src/index.ts";
import { FORMATS } from "../../src/schema/formats.ts";
import { directory } from "../cli/run.ts";

const schemasOf = (properties: object): string => {
  const text = JSON.stringify({ type: "object", properties }, null, 2);
  return `${directory({ "s/toy/Run.request.json": text })}/s`;
};

function found(part: object, value: unknown): Diagnostic[] {
  const validator = createValidator({ schemas: schemasOf({ Value: part }) });
  return validator.validate({ operation: "toy:Run", request: { Value: value } }).diagnostics;
}

const of = (format: string) => ({ type: ["string", "number"], format });

describe("format in a user's own schema", () => {
  it.each([
    ["date", "2026-12-31"],
    ["date", "2028-02-29"],
    ["date-time", "2026-12-31T10:00:00Z"],
    ["date-time", "2026-12-31T10:00:00.5+01:00"],
    ["email", "a.b@example.com"],
    ["uri", "https://example.com/a?b=c#d"],
    ["uri", "urn:example:a"],
    ["ipv4", "10.0.0.1"],
    ["uuid", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"],
    ["regex", "^a+$"],
    ["int32", 2147483647],
    // A format is one of texts, or one of numbers.
    ["date", 5],
    ["int32", "x"],
  ])("%s takes %j", (format, value) => {
    expect(found(of(format), value)).toEqual([]);
  });

  it.each([
    ["date", "2026-02-30", "there is no day `2026-02-30`", "expected a date such as `2026-12-31`"],
    ["date", "soon", "`soon` is not of the form that `Value` has", "expected a date such as `2026-12-31`"],
    [
      "date-time",
      "2026-12-31",
      "is not of the form",
      "expected a date and time such as `2026-01-05T10:00:00Z`",
    ],
    ["email", "a@", "`a@` is not of the form that `Value` has", "expected an email address"],
    ["uri", "not a uri", "is not of the form", "expected a URI such as `https://example.com/page`"],
    ["json-pointer", "a", "is not of the form", "expected a value of the format `json-pointer`"],
    ["regex", "(", "is not of the form", "expected a regular expression"],
    ["int32", 2147483648, "`2147483648` is not of the form", "expected a whole number of 32 bits"],
  ])("%s refuses %j", (format, value, message, help) => {
    expect(found(of(format), value)).toMatchObject([
      { code: "schema/pattern", status: "failed", message: expect.stringContaining(message), help },
    ]);
  });

  it("leaves a placeholder open", () => {
    expect(found(of("uri"), "${PAGE}")).toContainEqual(
      expect.objectContaining({
        code: "schema/pattern",
        status: "undecided",
        message: "`${PAGE}` is a placeholder: its form can't be checked",
      }),
    );
  });

  it("is one mistake beside a pattern and a length", () => {
    const part = { type: "string", format: "date", pattern: "^2", minLength: 3 };
    expect(found(part, "1").map(({ code }) => code)).toEqual(["schema/length"]);
    expect(found(part, "1234").map(({ code }) => code)).toEqual(["schema/pattern"]);
  });

  it("does not narrow what AWS takes for a timestamp", () => {
    const part = { type: ["string", "number"], "x-aws-type": "timestamp", format: "date-time" };
    for (const value of ["2026-12-31", "2026-12-31T10:00Z", 1700000000])
      expect(found(part, value)).toEqual([]);
    expect(found(part, "yesterday")).toMatchObject([{ code: "schema/pattern" }]);
  });
});

describe("a format that there isn't", () => {
  const thrown = (properties: object): unknown => {
    try {
      createValidator({ schemas: schemasOf(properties) });
    } catch (error) {
      return error;
    }
    throw new Error("nothing is wrong with this schema");
  };

  it("is thrown by createValidator with its file, its place and the nearest name", () => {
    expect(thrown({ Day: { type: "string", format: "dat" } })).toMatchObject({
      message: expect.stringMatching(/\/toy\/Run\.request\.json:6: there is no format `dat`$/),
      faults: [
        {
          file: expect.stringMatching(/Run\.request\.json$/),
          message: "there is no format `dat`",
          help: "did you mean `date`?",
          place: { line: 6, column: 17 },
        },
      ],
    });
  });

  it("is found wherever a schema may stand, and nowhere else", () => {
    const part = { type: "string", format: "nothing-like-it" };
    const error = thrown({
      a: { type: "array", items: part },
      b: { type: "object", additionalProperties: part, propertyNames: part },
      c: { type: "object", properties: { format: part }, patternProperties: { "^x$": part } },
      d: { type: "string", format: 5 },
      e: { type: "object", default: { format: "none" }, examples: [{ format: "none" }] },
    }) as { faults: { message: string; help: string }[] };
    expect(error.faults.map(({ message }) => message)).toEqual([
      ...Array.from({ length: 5 }, () => "there is no format `nothing-like-it`"),
      "there is no format `5`",
    ]);
    expect(error.faults[0]!.help).toContain("the formats are `date`, `time`");
  });
});

describe("a hostile text", () => {
  const LONG = 8000;
  const PARTS = [
    "a",
    "a.",
    "a-",
    ":",
    "::",
    "@",
    "a@",
    "%41",
    "/",
    "/a",
    "{a",
    "1",
    "1.",
    "(",
    "~1",
    "AAAA",
    "é",
  ];
  const BEFORE = ["", "a:", "ftp://a:", "http://[", "a@", "P", "/", "#", "urn:uuid:"];

  it.each(Object.keys(FORMATS))("keeps %s busy for no time to speak of", (name) => {
    const format = FORMATS[name] as { validate?: (text: string) => boolean };
    const start = performance.now();
    for (const before of BEFORE)
      for (const part of PARTS) {
        format.validate?.(`${`${before}${part.repeat(LONG)}`.slice(0, LONG - 1)}\u0000`);
        format.validate?.(`${before}${part.repeat(100 * LONG)}`);
      }
    expect((performance.now() - start) / (BEFORE.length * PARTS.length)).toBeLessThan(200);
  });

  it("that is too long is neither right nor wrong", () => {
    expect(found(of("uri"), `https://example.com/${"a".repeat(LONG)}`)).toMatchObject([
      {
        code: "schema/pattern",
        status: "undecided",
        message: expect.stringContaining("it is too long for that"),
      },
    ]);
  });
});
