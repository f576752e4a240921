import { describe, expect, test } from "vitest";
import { LineIndex } from "../../src/diagnostics/lines.ts";
import { parseJson } from "../../src/documents/json/json.ts";
import { MAX_DOCUMENT_DEPTH } from "../../src/documents/limits.ts";
import { parseText } from "../../src/documents/parse.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { getValues } from "./readers.ts";

/**
 * Sizes at which quadratic time exceeds the test's timeout, and recursion or spread arguments exceed the
 * stack.
 */
const MANY = 60_000;
const BULK = 500_000;
const lines = (count: number, line: (index: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, index) => line(index)).join(between);

const codes = (parsed: { faults: readonly { code: string }[] }): string[] => [
  ...new Set(parsed.faults.map(({ code }) => code)),
];

describe("large valid text", () => {
  test.each([
    ["JSON", parseJson, `{${lines(MANY, (i) => `"k${i}": ${i}`, ", ")}}`],
    ["YAML", parseYaml, lines(MANY, (i) => `k${i}: ${i}`)],
    ["flow YAML", parseYaml, `{${lines(MANY, (i) => `k${i}: ${i}`, ", ")}}`],
  ])("with a mapping of many keys parses in linear time in %s", (_name, parse, text) => {
    const parsed = parse(text);
    const [value] = getValues(parsed) as [Record<string, number>];
    expect(parsed.faults).toEqual([]);
    expect(Object.keys(value)).toHaveLength(MANY);
    const { span } = parsed.documents[0]!;
    // Looks up every position: searching the mapping each time would take quadratic time.
    let wrong = 0;
    for (let i = 0; i < MANY; i++) {
      const { start, end } = span([`k${i}`], "value");
      if (text.slice(start, end) !== String(i)) wrong++;
    }
    expect(wrong).toBe(0);
  });

  test.each([
    ["JSON", parseJson, `[${lines(MANY, (i) => `${i}`, ",")}]`],
    ["YAML", parseYaml, lines(MANY, (i) => `- ${i}`)],
    ["flow YAML", parseYaml, `[\n${lines(MANY, (i) => `${i}`, ",\n")}]`],
  ])("with a list of many items parses in linear time in %s", (_name, parse, text) => {
    const parsed = parse(text);
    expect(parsed.faults).toEqual([]);
    expect(getValues(parsed)).toHaveProperty([0, "length"], MANY);
    const { start, end } = parsed.documents[0]!.span([MANY - 1], "value");
    expect(text.slice(start, end)).toBe(String(MANY - 1));
  });

  test("with many aliases has the position of each", () => {
    const text = `a: &a {b: 1}\nc:\n${lines(MANY, () => "- *a")}\n`;
    const parsed = parseYaml(text);
    expect(parsed.faults).toEqual([]);
    const { span } = parsed.documents[0]!;
    const places = new Set(lines(MANY, (i) => `${span(["c", i, "b"], "value").start}`).split("\n"));
    expect([...places]).toEqual([String(text.indexOf("1"))]);
  });

  test("parses with many anchors", () => {
    const parsed = parseYaml(lines(50_000, (i) => `k${i}: [&a${i} ${i}, *a${i}]`));
    expect(parsed.faults).toEqual([]);
    expect(getValues(parsed)).toHaveProperty([0, "k49999"], [49_999, 49_999]);
  });

  test("parses with many documents", () => {
    expect(parseYaml(lines(20_000, () => "--- a")).documents).toHaveLength(20_000);
  });

  test.each([
    ["a plain scalar", "word ".repeat(BULK / 5)],
    ["a plain scalar of many lines", "word\n ".repeat(BULK / 6)],
    ["a double-quoted scalar", `"${"word\\n".repeat(BULK / 6)}"`],
    ["a double-quoted scalar of many lines", `"${"word\n ".repeat(BULK / 6)}"`],
    ["a single-quoted scalar", `'${"''".repeat(BULK / 2)}'`],
    ["a literal scalar", `|\n${"  word\n".repeat(BULK / 7)}`],
    ["a folded scalar", `>\n${"  word\n\n".repeat(BULK / 8)}`],
  ])("parses with %s", (_name, text) => {
    const parsed = parseYaml(`a: ${text}`);
    expect(parsed.faults).toEqual([]);
    expect(getValues(parsed)).toHaveProperty([0, "a"], expect.any(String));
  });

  test.each(["\n", " ", "\r\n", "# c\n"])("parses with many repetitions of %j before a value", (filler) => {
    expect(getValues(parseYaml(`${filler.repeat(100_000)}a`))).toEqual(["a"]);
  });
});

describe("large invalid text", () => {
  const keep = (index: number): string => `"k${index % (MANY / 2)}": 1`;
  test.each([
    ["JSON", parseJson, `{${lines(MANY, keep, ",\n")}}`, MANY / 2],
    ["JSON in one line", parseJson, `{${lines(MANY, keep, ",")}}`, MANY / 2],
    ["JSON that are all the same", parseJson, `{${lines(MANY, () => '"k": 1', ",\n")}}`, MANY - 1],
    ["YAML", parseYaml, lines(MANY, (i) => `k${i % (MANY / 2)}: 1`), MANY / 2],
    ["YAML that are all the same", parseYaml, lines(MANY, () => "k: 1"), MANY - 1],
  ])("reports many duplicate keys in %s", (_name, parse, text, count) => {
    const parsed = parse(text);
    expect(codes(parsed)).toEqual(["document/duplicate-key"]);
    expect(parsed.faults).toHaveLength(count);
    expect(parsed.documents).toHaveLength(1);
  });

  test.each<[string, (text: string) => ReturnType<typeof parseJson>, string]>([
    ["quotes", parseJson, '"'.repeat(BULK)],
    ["backslashes", parseJson, `"${"\\".repeat(BULK)}`],
    ["escaped quotes", parseJson, `"${'\\"'.repeat(BULK)}`],
    ["bad escapes", parseJson, `["${"\\n".repeat(BULK)}\\q"]`],
    ["strings", parseJson, `[${'"a",'.repeat(MANY)}x]`],
    ["space", parseJson, `${" ".repeat(BULK)}x`],
    ["digits", parseJson, `[${"9".repeat(BULK)}x]`],
    ["quotes", parseYaml, '"'.repeat(BULK / 5)],
    ["backslashes", parseYaml, `"${"\\".repeat(BULK)}`],
    ["closing brackets", parseYaml, "]".repeat(BULK)],
    ["commas", parseYaml, `[${",".repeat(BULK / 10)}]`],
    ["tabs", parseYaml, `${"\t".repeat(BULK)}a: 1`],
    ["anchors", parseYaml, "&a ".repeat(BULK / 10)],
    ["tags", parseYaml, "!a ".repeat(BULK / 10)],
    ["aliases", parseYaml, `[${"*a,".repeat(BULK / 10)}]`],
    ["directives", parseYaml, "%A b\n".repeat(BULK / 10)],
    ["percent signs", parseYaml, "%".repeat(BULK)],
    ["bad indentation", parseYaml, " a: 1\nb: 2\n".repeat(BULK / 50)],
    ["templates", parseYaml, "a: {{ b }}\n".repeat(BULK / 50)],
    ["broken documents", parseYaml, "--- [\n".repeat(BULK / 50)],
  ])("reports a short syntax error for many %s (case %#)", (_name, parse, text) => {
    const parsed = parse(text);
    expect(codes(parsed)).toContain("document/syntax");
    expect(parsed.faults[0]!.message.length).toBeLessThan(300);
  });
});

describe("nesting depth", () => {
  const ROWS: readonly (readonly [string, typeof parseJson, (depth: number) => string])[] = [
    ["JSON lists", parseJson, (depth) => "[".repeat(depth) + "]".repeat(depth)],
    ["JSON objects", parseJson, (depth) => `${'{"a":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}`],
    ["flow lists", parseYaml, (depth) => "[".repeat(depth) + "]".repeat(depth)],
    ["flow mappings", parseYaml, (depth) => `${"{a: ".repeat(depth)}1${"}".repeat(depth)}`],
    ["block lists", parseYaml, (depth) => `${"- ".repeat(depth)}a`],
    ["block mappings", parseYaml, (depth) => lines(depth, (i) => `${" ".repeat(i)}a:`)],
    [
      "explicit keys",
      parseYaml,
      (depth) => `${lines(depth, (i) => `${" ".repeat(i)}?\n${" ".repeat(i)}:`)} a`,
    ],
  ];

  test.each(ROWS)("of %s is accepted up to the limit and rejected beyond", (_name, parse, text) => {
    expect(parse(text(MAX_DOCUMENT_DEPTH))).toMatchObject({ faults: [], documents: [{}] });
    expect(parse(text(MAX_DOCUMENT_DEPTH + 1))).toMatchObject({
      documents: [],
      faults: [{ code: "document/too-large" }],
    });
  });

  test.each(ROWS.slice(0, 5))("of %s far beyond the limit is rejected", (_name, parse, text) => {
    const parsed = parse(text(MAX_DOCUMENT_DEPTH * 1000).slice(0, BULK));
    expect(parsed.documents).toEqual([]);
    expect(codes(parsed)).toEqual(["document/too-large"]);
  });

  test.each<[string, typeof parseJson, string, number, number]>([
    ["JSON", parseJson, `{"a":\n${"[".repeat(1000)}`, 2, MAX_DOCUMENT_DEPTH],
    ["flow YAML", parseYaml, `a:\n ${"[".repeat(1000)}`, 2, MAX_DOCUMENT_DEPTH + 1],
    ["block YAML", parseYaml, `a:\n ${"- ".repeat(1000)}`, 2, 2 * MAX_DOCUMENT_DEPTH],
  ])("is reported where it exceeds the limit in %s", (_name, parse, text, line, column) => {
    const [fault] = parse(text).faults;
    expect(new LineIndex(text).place(fault!.span)).toMatchObject({ line, column });
    expect(fault!.message).toMatch(/^more than 128 /);
  });

  test("of keys inside of keys is rejected", () => {
    expect(codes(parseYaml("? ".repeat(100_000)))).toEqual(["document/too-large"]);
    expect(codes(parseYaml("a: ".repeat(100_000)))).toEqual(["document/too-large"]);
  });

  test("is limited in a file of unknown type", async () => {
    const { documents, faults } = await parseText("request", "[".repeat(BULK));
    expect(documents).toEqual([]);
    expect(faults).toMatchObject([{ code: "document/too-large" }]);
  });
});

describe("alias bombs", () => {
  const laughs = (levels: number, each: number): string =>
    lines(levels, (i) => `l${i}: &l${i} [${i === 0 ? "lol" : lines(each, () => `*l${i - 1}`, ",")}]`);

  test.each([
    ["a billion laughs", laughs(10, 10), 7],
    ["endless doubling", laughs(100, 2), 19],
    ["one list repeated very often", `a: &a [${"x,".repeat(1000)}]\nb:\n${lines(MANY, () => "- *a")}\n`, 2],
    [
      "a long text repeated very often",
      `a: &a "${"x".repeat(100_000)}"\nb:\n${lines(MANY, () => "- *a")}\n`,
      2,
    ],
  ])("such as %s are rejected", (_name, text, line) => {
    const parsed = parseYaml(text);
    expect(parsed.documents).toEqual([]);
    expect(parsed.faults).toMatchObject([
      {
        code: "document/too-large",
        message: "its aliases multiply this document to over a million values",
      },
    ]);
    expect(new LineIndex(text).place(parsed.faults[0]!.span).line).toBeGreaterThanOrEqual(line);
  });

  test("include aliases that only nest, beyond the depth limit", () => {
    const parsed = parseYaml(
      lines(MAX_DOCUMENT_DEPTH + 10, (i) => `l${i}: &l${i} [${i === 0 ? "x" : `*l${i - 1}`}]`),
    );
    expect(parsed).toMatchObject({
      documents: [],
      faults: [{ code: "document/too-large", message: "its aliases nest this too deep" }],
    });
  });

  test("do not include a few aliases of a long text", () => {
    const text = `a: &a "${"x".repeat(10_000)}"\nb: [${"*a, ".repeat(100)}]\n`;
    expect(parseYaml(text).faults).toEqual([]);
  });
});

describe("countersign directives", () => {
  const MUCH = 100_000;
  test.each<[string, number]>([
    ["a", 1],
    ["a ", MUCH],
    ["a=b ", MUCH],
    ["a=", 1],
    ['a="', 1],
    ["a=' ", MUCH / 2],
    [" ", 0],
    ['"', 1],
  ])("are parsed in linear time with many %j in the first line", (piece, count) => {
    const parsed = parseYaml(`# countersign: ${piece.repeat(MUCH)}\na: 1\n`);
    expect(getValues(parsed)).toEqual([{ a: 1 }]);
    expect(parsed.directives).toHaveLength(count);
  });
});
