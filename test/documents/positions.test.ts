import { describe, expect, test } from "vitest";
import type { Path } from "../../src/diagnostics/pointer.ts";
import { parseJson } from "../../src/documents/json/json.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { formatPart } from "./readers.ts";

type Row = readonly [path: Path, at: "key" | "value", place: string];

const JSON_TEXT = '{\r\n  "a": {"b c": [1, "x\\n", {"d": null}]},\r\n  "é\\u0061": -1.5e3\r\n}';

describe("positions in JSON", () => {
  test.each<Row>([
    [[], "value", `1:1 ${JSON_TEXT}`],
    [[], "key", `1:1 ${JSON_TEXT}`],
    [["a"], "key", '2:3 "a"'],
    [["a", "b c"], "key", '2:9 "b c"'],
    [["a", "b c"], "value", '2:16 [1, "x\\n", {"d": null}]'],
    [["a", "b c", 0], "value", "2:17 1"],
    [["a", "b c", 0], "key", "2:17 1"],
    [["a", "b c", "1"], "value", '2:20 "x\\n"'],
    [["a", "b c", 2, "d"], "value", "2:33 null"],
    [["a", "b c", 2, "d"], "key", '2:28 "d"'],
    [["éa"], "key", '3:3 "é\\u0061"'],
    [["éa"], "value", "3:14 -1.5e3"],
    [["a", "none", "deeper"], "value", '2:8 {"b c": [1, "x\\n", {"d": null}]}'],
    [["a", "b c", 9], "value", '2:16 [1, "x\\n", {"d": null}]'],
    [["éa", "x"], "key", "3:14 -1.5e3"],
  ])("of path %j (%s)", (path, at, place) => {
    expect(formatPart(JSON_TEXT, parseJson(JSON_TEXT), path, at)).toBe(place);
  });

  test("refer to the last of duplicate keys", () => {
    const text = '{"a": 1,\n "a": 2}';
    const parsed = parseJson(text);
    expect([formatPart(text, parsed, ["a"]), formatPart(text, parsed, ["a"], "key")]).toEqual([
      "2:7 2",
      '2:2 "a"',
    ]);
  });
});

const YAML_TEXT = `# comment
base: &base
  x: 1   # one
  list: &list [a, 'b c', {d: "e"}]
block: |
  first
  second
folded: "one
  two"
copy: *base
again:
  - *list
  - &s plain text
  - *s
  -
empty:
tagged: !Ref Name
? long
: short
`;

describe("positions in YAML", () => {
  test.each<Row>([
    [["base"], "key", "2:1 base"],
    [["base", "x"], "value", "3:6 1"],
    [["base", "list"], "value", "4:15 [a, 'b c', {d: \"e\"}]"],
    [["base", "list", 1], "value", "4:19 'b c'"],
    [["base", "list", 2, "d"], "key", "4:27 d"],
    [["base", "list", 2, "d"], "value", '4:30 "e"'],
    [["block"], "value", "5:8 |\n  first\n  second\n"],
    [["folded"], "value", '8:9 "one\n  two"'],
    [["copy"], "value", "10:7 *base"],
    [["copy"], "key", "10:1 copy"],
    [["copy", "x"], "value", "3:6 1"],
    [["copy", "x"], "key", "3:3 x"],
    [["copy", "list", 2, "d"], "value", '4:30 "e"'],
    [["copy", "none"], "value", "10:7 *base"],
    [["again", 0], "value", "12:5 *list"],
    [["again", 0, 0], "value", "4:16 a"],
    [["again", 1], "value", "13:8 plain text"],
    [["again", "2"], "value", "14:5 *s"],
    [["again", 9], "value", "12:3 - *list\n  - &s plain text\n  - *s\n  -"],
    [["empty"], "key", "16:1 empty"],
    [["tagged"], "value", "17:14 Name"],
    [["tagged", "x"], "value", "17:14 Name"],
    [["long"], "key", "18:3 long"],
    [["long"], "value", "19:3 short"],
  ])("of path %j (%s)", (path, at, place) => {
    expect(formatPart(YAML_TEXT, parseYaml(YAML_TEXT), path, at)).toBe(place);
  });

  test("of an alias refer to the anchor before it, not to a later one of the same name", () => {
    const text = "a: &x {v: 1}\nb: *x\nc: &x {v: 2}\nd: *x\n";
    const parsed = parseYaml(text);
    expect(parsed.documents[0]!.value).toEqual({ a: { v: 1 }, b: { v: 1 }, c: { v: 2 }, d: { v: 2 } });
    expect([formatPart(text, parsed, ["b", "v"]), formatPart(text, parsed, ["d", "v"])]).toEqual([
      "1:11 1",
      "3:11 2",
    ]);
  });

  test("count from the start of the file in every document", () => {
    const text = "a: 1\n---\n# c\nb:\n  - 2\n";
    const [, second] = parseYaml(text).documents;
    const { start, end } = second!.span(["b", 0], "value");
    expect([start, text.slice(start, end)]).toEqual([20, "2"]);
  });
});
