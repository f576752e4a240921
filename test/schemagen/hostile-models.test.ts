// Hostile models must quickly lead to schemas or to an error.

import { describe, expect, it } from "vitest";
import { proseFromHtml } from "../../src/schemagen/model/html-text.ts";
import { locateInJson } from "../../src/schemagen/model/json-position.ts";
import { toJsPattern } from "../../src/schemagen/prose/java-pattern.ts";
import { size } from "../support/scale.ts";
import { generateFromModel } from "./from-model.ts";

type Shapes = Record<string, object>;

const model = (shapes: Shapes) => ({
  metadata: {},
  operations: { Play: { input: { shape: "S0" } } },
  shapes,
});
const numbered = (n: number, shape: (i: number) => object): Shapes =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`S${i}`, shape(i)]));
const structure = (members: Record<string, string>) => ({
  type: "structure",
  members: Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, { shape }])),
});

describe("generateFromModel() on a hostile model", () => {
  it("writes shared shapes once when shapes double at each of 40 levels", () => {
    const shapes = numbered(40, (i) => structure(i < 39 ? { A: `S${i + 1}`, B: `S${i + 1}` } : {}));
    const [generated] = generateFromModel(model(shapes));
    expect(JSON.stringify(generated!.request).length).toBeLessThan(5_000_000);
  });

  it("handles deeply nested shapes", () => {
    const depth = size(100_000);
    const shapes = numbered(depth, (i) => structure(i < depth - 1 ? { In: `S${i + 1}` } : {}));
    const [generated] = generateFromModel(model(shapes));
    expect(JSON.stringify(generated!.request)).toContain("#/definitions/");
  });

  it("handles shapes that all refer to each other", () => {
    const all = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`M${i}`, `S${i}`]));
    const [generated] = generateFromModel(model(numbered(200, () => structure(all))));
    const { definitions } = generated!.request as { definitions: object };
    expect(Object.keys(definitions)).toHaveLength(200);
  });

  it("handles lists and maps that contain themselves", () => {
    const shapes = {
      S0: structure({ List: "L", Map: "M" }),
      L: { type: "list", member: { shape: "L" } },
      M: { type: "map", key: { shape: "K" }, value: { shape: "M" } },
      K: { type: "string" },
    };
    const [generated] = generateFromModel(model(shapes));
    expect(generated!.request).toMatchObject({
      properties: { List: { $ref: "#/definitions/L" }, Map: { $ref: "#/definitions/M" } },
      definitions: { L: { type: "array", items: { $ref: "#/definitions/L" } } },
    });
  });

  it("handles names such as toString and __proto__", () => {
    expect(() => generateFromModel(model({ S0: structure({ a: "toString" }) }))).toThrow(
      "there is no shape `toString`",
    );
    const shapes = JSON.parse(
      '{"S0": {"type": "structure", "members": {"__proto__": {"shape": "T"}}}, "T": {"type": "string"}}',
    );
    const [generated] = generateFromModel(model(shapes));
    expect(JSON.stringify(generated!.request)).toContain('"__proto__":{"type":"string"}');
  });
});

describe("locating a fault or a value in JSON text", () => {
  it.each([
    ["", undefined, 1, 1],
    ['{"a": tru}', undefined, 1, 7],
    ['{"a": 1,}', undefined, 1, 9],
    ['{"a": [1, 2}', undefined, 1, 12],
    ['{"a": 1}\nx', undefined, 2, 1],
    ['{"a": {"b": [1, {"c": 2}]}}', ["a", "b", "1", "c"], 1, 23],
    ['{"a": {"b": 1}, "c": 2}', ["a", "x"], 1, 7],
    ['{"b": {"x": 1}, "a": {"x":\n 2}}', ["a", "x"], 2, 2],
  ] as const)("finds the position in %s", (text, path, line, column) => {
    expect(locateInJson(text, path)).toEqual({ line, column });
  });

  it("finds a syntax error in deeply nested JSON", () => {
    expect(locateInJson(`${"[".repeat(200_000)}x`, undefined)).toEqual({ line: 1, column: 200_001 });
  });
});

describe("translating a pattern to JavaScript", () => {
  it.each([
    ["^[a-z]+$", "^[a-z]+$"],
    ["[\\w-.]+", "[\\w\\-.]+"],
    ["[a-\\w]", "[a\\-\\w]"],
    ["a\\:\\_\\ b", "a:_ b"],
    ["[\\-\\_\\]]", "[\\-_\\]]"],
    ["(?i)a", undefined],
    ["[a-z&&[^b]]", undefined],
    ["\\Aa\\z", undefined],
    ["(", undefined],
  ])("converts %s, or returns undefined if it can't", (pattern, expected) => {
    expect(toJsPattern(pattern)).toBe(expected);
  });
});

describe("prose from a model's HTML", () => {
  it("converts HTML to lines of prose", () => {
    const html =
      "<fullname>X</fullname><p>One <b>two</b>\n <code>a*b</code>.</p><ul><li><p>item &lt;1&gt;</p></li></ul>rest";
    expect(proseFromHtml(html)).toEqual(["X", "", "One two ``a\\*b``.", "", "* item <1>", "", "rest", ""]);
  });

  it("takes linear time on hostile HTML", () => {
    const start = performance.now();
    for (const text of ["<", "<a ", "&", "&#", "<p>", "*"]) proseFromHtml(text.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
