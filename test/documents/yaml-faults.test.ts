import { describe, expect, test } from "vitest";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { formatFaults, getValues } from "./readers.ts";

const TEMPLATE = "`{{` starts a mapping in YAML: quote a template expression, or check the rendered file";
const SPECIAL = "quote text that starts with a special character";
const COMPLETE = "the value is complete, but the text goes on here";
const TEXT = "check the indentation, or quote the whole text";
const KEY = "this key is a mapping or a list; a request's keys are text";
const ENDLESS = "this alias stands inside its own anchor: the value has no end";

/** Text, position, message and help of each syntax error. */
type Row = [text: string, place: string, message: string, help?: string];
const SYNTAX: Row[] = [
  [
    "a: [1",
    "1:6-6",
    "the list that opens in line 1 is not closed before here",
    "close it with `]`, or put a comma before what follows",
  ],
  [
    "a:\n  - {b: 1\nc: 2",
    "3:1-2",
    "the mapping that opens in line 2 is not closed before here",
    "close it with `}`, or put a comma before what follows",
  ],
  [
    "a: [b: {c: 1]",
    "1:13-14",
    "the mapping that opens in line 1 is not closed before here",
    "close it with `}`, or put a comma before what follows",
  ],
  ['a: 1\nb: "x\nc: 2\nd: 3\n', "2:4-5", 'this text has no closing `"`', 'close it with `"`'],
  ["a: 'x\nb: 1", "1:4-5", "this text has no closing `'`", "close it with `'`"],
  ["a: ]", "1:4-5", "this bracket closes nothing", "remove it, or quote text that holds it"],
  ["a: [1]]", "1:7-8", "this bracket closes nothing", "remove it, or quote text that holds it"],
  ["a: [1,,2]", "1:7-8", "between two commas, or before the first, something is missing", "remove the comma"],
  [
    "a: b: c",
    "1:4-5",
    "a mapping may not start inside a value in the same line",
    "quote text that holds `: `",
  ],
  ["a: - b", "1:4-5", "a list may not start in the line of its key", "put its first `- ` into the next line"],
  ["a: 'b' c", "1:8-9", COMPLETE, TEXT],
  ["- a\nb: 1", "2:1-2", COMPLETE, TEXT],
  ["a:\n\tb: 1", "2:1-2", "a tab indents this line", "YAML indents with spaces only"],
  [
    "a:\n  b: 1\n c: 2",
    "3:1-2",
    "this line's indentation fits no mapping or list around it",
    "align it with its neighbours",
  ],
  [
    "a\nb: 1",
    "1:1-2",
    "a key may not span lines",
    "a `:` is probably missing, or the indentation differs from the lines above",
  ],
  [
    "a: 1\nother",
    "2:1-6",
    "this is no `key: value`",
    "add what is missing, or indent the line if it goes on with the one above",
  ],
  ["a: @x", "1:4-5", "plain value cannot start with reserved character `@`", SPECIAL],
  ["a: %x", "1:4-5", "plain value cannot start with directive indicator character `%`", SPECIAL],
  [
    'a: "\\q"',
    "1:5-6",
    "invalid escape sequence `\\q`",
    "write a backslash as `\\\\`, or put the text in single quotes",
  ],
  ["a: &x &y 1", "1:7-9", "a node can have at most one anchor"],
  ["a: {{ b }}", "1:5-10", KEY, TEMPLATE],
  ["{{ a }}", "1:2-7", KEY, TEMPLATE],
  ["a: {% if %}", "1:5-6", "plain value cannot start with directive indicator character `%`", TEMPLATE],
  ["? [a]\n: 1", "1:3-6", KEY, "quote it if it is meant as text"],
  ["a: *b", "1:4-6", "the alias `*b` has no anchor before it", "quote text that starts with `*`"],
  ["a: *b\nc: &b 1", "1:4-6", "the alias `*b` has no anchor before it", "quote text that starts with `*`"],
  ["a: &b [*b]", "1:8-10", ENDLESS],
  ["a: &b\n  c:\n    - {d: *b}", "3:11-13", ENDLESS],
];

describe("syntax errors in YAML", () => {
  test.each<Row>(SYNTAX)("are reported with position and help for %j", (text, place, message, help) => {
    const parsed = parseYaml(text);
    expect(parsed.documents).toEqual([]);
    expect(formatFaults(text, parsed)).toEqual([
      `document/syntax ${place} ${message}${help === undefined ? "" : ` / ${help}`}`,
    ]);
  });

  test("include an alias to an anchor of another document", () => {
    const parsed = parseYaml("a: &x 1\n---\nb: *x\n");
    expect(getValues(parsed)).toEqual([{ a: 1 }]);
    expect(parsed.faults.map((fault) => fault.message)).toEqual(["the alias `*x` has no anchor before it"]);
  });

  test("have columns that carriage returns don't shift", () => {
    const text = "a: 1\r\nb:\r\n  c: [1\r\nd: 2\r\n";
    expect(formatFaults(text, parseYaml(text))[0]).toMatch(
      /^document\/syntax 4:1-2 the list that opens in line 3 /,
    );
  });
});

describe("YAML streams", () => {
  test("yield the other documents despite syntax errors in some", () => {
    const text = "a: 1\n---\nb: [\n---\nc: 3\n---\nd: 'x\n";
    const parsed = parseYaml(text);
    expect(getValues(parsed)).toEqual([{ a: 1 }, { c: 3 }]);
    expect(formatFaults(text, parsed).map((fault) => fault.split(" ").slice(0, 2))).toEqual([
      ["document/syntax", "4:1-2"],
      ["document/syntax", "7:4-5"],
    ]);
  });

  test.each([
    ["a: 1\n...\n---\nb: 2\n...\n", [{ a: 1 }, { b: 2 }]],
    ["--- a\n--- b", ["a", "b"]],
    ["---\n---\na: 1", [null, { a: 1 }]],
    ["# only\n# comments\n", [null]],
  ])("yield all documents of %j", (text, values) => {
    const parsed = parseYaml(text);
    expect(parsed.faults).toEqual([]);
    expect(getValues(parsed)).toEqual(values);
  });
});

const keep = "most readers silently take the last one: keep one of them";
const twice = (place: string, key: string, line: number) =>
  `document/duplicate-key ${place} the key \`${key}\` stands twice in this mapping, first in line ${line} / ${keep}`;

describe("duplicate keys in YAML", () => {
  test.each([
    ["a: 1\nb: 2\na: 3", { a: 3, b: 2 }, twice("3:1-2", "a", 1)],
    ["a: 1\n\"a\": 2\n'a': 3", { a: 3 }, twice("2:1-4", "a", 1), twice("3:1-4", "a", 1)],
    ['x: {a: 1, "\\u0061": 2}', { x: { a: 2 } }, twice("1:11-19", "a", 1)],
    ["- a: 1\n  a: 2", [{ a: 2 }], twice("2:3-4", "a", 1)],
    ['1: a\n"1": b', { 1: "b" }, twice("2:1-4", "1", 1)],
    ["~: a\nnull: b", { null: "b" }, twice("2:1-5", "null", 1)],
    ["<<: 1\n<<: 2", { "<<": 2 }, twice("2:1-3", "<<", 1)],
    ["&k a: 1\n*k : 2", { a: 2 }, twice("2:1-3", "a", 1)],
    ["? a\n: 1\n? a\n: 2", { a: 2 }, twice("3:3-4", "a", 1)],
  ] as [string, unknown, ...string[]][])(
    "are reported, and the last one counts, in %j",
    (text, value, ...faults) => {
      const parsed = parseYaml(text);
      expect(formatFaults(text, parsed)).toEqual(faults);
      expect(getValues(parsed)).toEqual([value]);
    },
  );
});
