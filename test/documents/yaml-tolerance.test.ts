import { describe, expect, test } from "vitest";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { formatFaults, getValues } from "./readers.ts";

const FLOW = "YAML 1.2 wants the lines of a value in brackets deeper than its key";
const QUOTED = "YAML 1.2 wants the lines of a quoted text deeper than its key";

describe("YAML that PyYAML takes and YAML 1.2 forbids", () => {
  test.each([
    ["a:\n  b: {\n  c: 1\n  }\nd: 2", [{ a: { b: { c: 1 } }, d: 2 }], FLOW],
    ["a:\n  b: {\nc: 1\n}\nd: 2", [{ a: { b: { c: 1 } }, d: 2 }], FLOW],
    ["a: [\n1,\n2\n]\nb: 3", [{ a: [1, 2], b: 3 }], FLOW],
    ["a: [ # ]\n1, ']', \"]\",\nx]", [{ a: [1, "]", "]", "x"] }], FLOW],
    ["a: {b: it's,\nc: '}'}", [{ a: { b: "it's", c: "}" } }], FLOW],
    ["a:\n- {\n  b: [\n1\n  ]\n}\n- c", [{ a: [{ b: [1] }, "c"] }], FLOW],
    ["a: {\n\tb: 1\n}", [{ a: { b: 1 } }], FLOW],
    ["a: {b: http://x:1,\nc: d}", [{ a: { b: "http://x:1", c: "d" } }], FLOW],
    ['a:\n  b: "x\n  y"\nc: 1', [{ a: { b: "x y" }, c: 1 }], QUOTED],
    ['a: "x\ny"\nc: 1', [{ a: "x y", c: 1 }], QUOTED],
    ["a: 'x\n\n''y'\nc: 1", [{ a: "x\n'y", c: 1 }], QUOTED],
    ['- "x\\\n  y\\"\nz"\n- b', [['xy" z', "b"]], QUOTED],
    ['a: "x\n\ty"', [{ a: "x y" }], QUOTED],
    ['a: "x"# c\nb: 1', [{ a: "x", b: 1 }], "YAML 1.2 wants a space before a comment"],
    [
      "a: 1\n%YAML 1.1\n---\nb: 2",
      [{ a: 1 }, { b: 2 }],
      "YAML 1.2 wants `...` between a document and a directive",
    ],
  ])("is read, with a warning, in %j", (text, values, message) => {
    const parsed = parseYaml(text);
    expect(getValues(parsed)).toEqual(values);
    expect([...new Set(parsed.faults.map((fault) => `${fault.severity} ${fault.message}`))]).toEqual([
      `warning ${message}`,
    ]);
  });

  test.each([
    "a: [1,\n---\n2]",
    'a: "x\n---\ny"',
    "a: {b: 1\nc: 2",
    "a: {b: [1\n}]",
    'a: "x\nb: 1',
    "a: 'x\nb: 'y'",
    "a: {\nb: @\n}",
  ])("doesn't excuse a real fault in %j", (text) => {
    const { documents, faults } = parseYaml(text);
    expect(documents.map(({ value }) => value)).not.toContainEqual(
      expect.objectContaining({ a: expect.anything() }),
    );
    expect(faults.every(({ severity }) => severity === undefined)).toBe(true);
    expect(faults).not.toEqual([]);
  });

  test("has its values and warnings where they are in the file", () => {
    const text = 'a:\n  b: {\n  c: 1,\n  d: "x\n  y"\n  }\ne: [2]\n';
    const { documents, faults } = parseYaml(text);
    const shown = (path: (string | number)[]) => {
      const { start, end } = documents[0]!.span(path, "value");
      return text.slice(start, end);
    };
    expect(shown(["a", "b", "c"])).toBe("1");
    expect(shown(["a", "b", "d"])).toBe('"x\n  y"');
    expect(shown(["a", "b"])).toBe(text.slice(text.indexOf("{"), text.indexOf("}") + 1));
    expect(shown(["e", 0])).toBe("2");
    expect(faults.map(({ span }) => text.slice(span.start, span.end))).toEqual(["c"]);
  });

  test("is read in one document, whatever is wrong in another", () => {
    const text = "a: {\nb: 1\n}\n---\nc: [\n---\nd: 'x\ny'\n";
    const parsed = parseYaml(text);
    expect(getValues(parsed)).toEqual([{ a: { b: 1 } }, { d: "x y" }]);
    expect(formatFaults(text, parsed).map((fault) => fault.split(" ")[1])).toEqual([
      "6:1-2",
      "2:1-2",
      "8:1-2",
    ]);
  });

  test("takes no time to speak of in a hostile file", () => {
    const text = `${'a: "x\ny"\n'.repeat(500)}b: [\n${"1,\n".repeat(5000)}`;
    expect(parseYaml(text).faults).not.toEqual([]);
  });
});

/** Unknown values are shown as `?`. */
const show = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, part) =>
      part && typeof part === "object" && "$unknown" in part ? "?" : part,
    ),
  );

describe("a document with a fault", () => {
  test.each([
    ["a:\n  b: 1\n  c: [1, 2\n  d: 3\ne: 4\n", { a: { b: 1, c: "?", d: 3 }, e: 4 }, " [1, 2"],
    ['a:\n  b: "x\n  d: 3\ne: 4\n', { a: { b: "?", d: 3 }, e: 4 }, ' "x'],
    ["R:\n  A:\n    D: foo: bar\n  B:\n    T: Y\n", { R: { A: { D: "?" }, B: { T: "Y" } } }, " foo: bar"],
    ["a: {{ x }}\nb: 1\n", { a: "?", b: 1 }, " {{ x }}"],
    ["a:\n  x: 1\n  garbage\n  y: 2\nb: 3\n", { a: "?", b: 3 }, "\n  x: 1\n  garbage\n  y: 2"],
    ["a:\n\tb: 1\nc: 2\n", { a: "?", c: 2 }, "\n\tb: 1"],
    ["a:\n    b: 1\n  c: 2\nd: 1\n", { a: "?", d: 1 }, "\n    b: 1\n  c: 2"],
    ["- a: 1\n  garbage\n- c: 2\n", ["?", { c: 2 }], " a: 1\n  garbage"],
    ["s:\n- r: 'x\n- r: y\nw: 3\n", { s: [{ r: "?" }, { r: "y" }], w: 3 }, " 'x"],
    ["a: *x\nb: 1\n", { a: "?", b: 1 }, " *x"],
    ["a: &b [*b]\nc: 1", { a: "?", c: 1 }, " &b [*b]"],
    ["k: !T\n  a: ]\n  b: 1\nl: 1", { k: "?", l: 1 }, " ]"],
  ])("keeps what the fault isn't in, of %j", (text, value, gap) => {
    const { documents, recovered, faults } = parseYaml(text);
    expect(documents).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(recovered!.documents.map((document) => show(document.value))).toEqual([value]);
    expect(recovered!.gaps.map(({ start, end }) => text.slice(start, end))).toEqual([gap]);
  });

  test.each(["a: 1\nother\nb: 2\n", "a: 1\n}\n", "["])(
    "keeps nothing where no key is around it, of %j",
    (text) => {
      expect(parseYaml(text).recovered).toBeUndefined();
    },
  );

  test("keeps the places of what it keeps", () => {
    const text = "a: [\nb:\n  - c: 'x'\n";
    const [document] = parseYaml(text).recovered!.documents;
    const { start, end } = document!.span(["b", 0, "c"], "value");
    expect(text.slice(start, end)).toBe("'x'");
    expect(document!.span(["a"], "value")).toEqual({ start: 2, end: 4 });
  });
});
