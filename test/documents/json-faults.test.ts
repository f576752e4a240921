import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/documents/json/json.ts";
import { formatFaults, getValues } from "./readers.ts";

/** Text, position, message and help of each syntax error. */
type Row = [text: string, place: string, message: string, help?: string];
const SYNTAX: Row[] = [
  ['{"a":1,}', "1:7-8", "JSON allows no comma after the last member or item", "remove the comma"],
  ["[1,\n 2,\n]", "2:3-4", "JSON allows no comma after the last member or item", "remove the comma"],
  [
    '{"a":1 // c\n}',
    "1:8-9",
    "expected `,` or `}` after a member, found `/`",
    "JSON has no comments; YAML has",
  ],
  ["/* c */ {}", "1:1-2", "expected a JSON value, found `/`", "JSON has no comments; YAML has"],
  ["# c\n{}", "1:1-2", "expected a JSON value, found `#`", "JSON has no comments; YAML has"],
  ["[1 # c\n]", "1:4-5", "expected `,` or `]` after an item, found `#`", "JSON has no comments; YAML has"],
  [
    "{'a':1}",
    "1:2-3",
    "expected a member name in double quotes, found `'`",
    "JSON names stand in straight double quotes; YAML allows bare ones",
  ],
  [
    "{\"a\":'b'}",
    "1:6-7",
    "expected a JSON value, found `'`",
    "JSON strings stand in straight double quotes",
  ],
  ['{"a":“b”}', "1:6-7", "expected a JSON value, found `“`", "JSON strings stand in straight double quotes"],
  [
    "{a:1}",
    "1:2-3",
    "expected a member name in double quotes, found `a`",
    "JSON names stand in straight double quotes; YAML allows bare ones",
  ],
  [
    "{1:1}",
    "1:2-3",
    "expected a member name in double quotes, found `1`",
    "a JSON number is decimal, without leading zeros or `+`, and with digits around its `.`",
  ],
  [
    '{\n "a":"b',
    "2:6-8",
    "this string has no closing quote in its line",
    'close it with `"`; write a line break inside a string as `\\n`',
  ],
  [
    '{"a":"b\n","c":1}',
    "1:6-8",
    "this string has no closing quote in its line",
    'close it with `"`; write a line break inside a string as `\\n`',
  ],
  [
    '["\\"]',
    "1:2-5",
    "this string has no closing quote in its line",
    'close it with `"`; write a line break inside a string as `\\n`',
  ],
  ['{"a":', "1:6-6", "expected a JSON value, found the end of the text", "the file was cut off"],
  ['{"a"', "1:5-5", "expected `:` after the member name, found the end of the text"],
  [
    '{\n"a":[1,\n2',
    "3:2-2",
    "the text ends inside the object or list that opens in line 2",
    "the closing bracket is missing, or the file was cut off",
  ],
  [
    "[1,",
    "1:4-4",
    "the text ends inside the object or list that opens in line 1",
    "the closing bracket is missing, or the file was cut off",
  ],
  [
    "{} {}",
    "1:4-5",
    "the JSON value is complete, but the text goes on with `{`",
    "a JSON file holds one value; several requests go into a list under `requests`",
  ],
  [
    "{}\n}",
    "2:1-2",
    "the JSON value is complete, but the text goes on with `}`",
    "a JSON file holds one value; several requests go into a list under `requests`",
  ],
  ["[NaN]", "1:2-5", "expected a JSON value, found `NaN`", "JSON has no such value"],
  ["[-Infinity]", "1:2-11", "expected a JSON value, found `-Infinity`", "JSON has no such value"],
  ["[undefined]", "1:2-11", "expected a JSON value, found `undefined`", "JSON has no such value"],
  ['{"a":True}', "1:6-10", "expected a JSON value, found `True`", "JSON writes `true`, `false` and `null`"],
  ['{"a":tru}', "1:6-9", "expected a JSON value, found `tru`", "strings stand in double quotes"],
  ...["01", "-01", "+1", ".5", "1.", "1e", "0x1F", "1_000", "-", "1.5.2"].map(
    (number): Row => [
      `[${number}]`,
      `1:2-${2 + number.length}`,
      `expected a JSON value, found \`${number}\``,
      "a JSON number is decimal, without leading zeros or `+`, and with digits around its `.`",
    ],
  ),
  ["]", "1:1-2", "expected a JSON value, found `]`"],
  ["[1}", "1:3-4", "expected `,` or `]` after an item, found `}`", "a list closes with `]`"],
  ['{"a":1]', "1:7-8", "expected `,` or `}` after a member, found `]`", "an object closes with `}`"],
  ['[1\n"b"]', "2:1-4", 'expected `,` or `]` after an item, found `"b"`', "put a comma between two items"],
  [
    '{"a":1 "b":2}',
    "1:8-11",
    'expected `,` or `}` after a member, found `"b"`',
    "put a comma between two members",
  ],
  ['{"a":1;"b":2}', "1:7-8", "expected `,` or `}` after a member, found `;`"],
  ['{"a" 1}', "1:6-7", "expected `:` after the member name, found `1`"],
  [
    "[1,,2]",
    "1:4-5",
    "expected a JSON value, found `,`",
    "remove the comma, or write what is missing before it",
  ],
  [
    "{,}",
    "1:2-3",
    "expected a member name in double quotes, found `,`",
    "remove the comma, or write what is missing before it",
  ],
  [
    '{"a":1,\u00a0"b":2}',
    "1:8-9",
    "expected a member name in double quotes, found `\u00a0`",
    "this is no ordinary space; write one",
  ],
  [
    '{"a":1}\0',
    "1:8-9",
    "the JSON value is complete, but the text goes on with `\\u{0}`",
    "a JSON file holds one value; several requests go into a list under `requests`",
  ],
  ["[\u202e]", "1:2-3", "expected a JSON value, found `\\u{202e}`"],
];

const ESCAPES =
  'the escapes are `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four hexadecimal digits';
const CONTROL = "write it as an escape: `\\t` for a tab, `\\u` and four hexadecimal digits for any other";
const STRINGS: Row[] = [
  ['["ok\\n\\q"]', "1:7-9", "`\\q` is no escape that JSON has", ESCAPES],
  ['["\\u12G4"]', "1:3-9", "`\\u12G4` is no escape that JSON has", ESCAPES],
  ['["\\u12"]', "1:3-7", "`\\u12` is no escape that JSON has", ESCAPES],
  ['["\\x41"]', "1:3-5", "`\\x` is no escape that JSON has", ESCAPES],
  ['["a\\\\b\tc"]', "1:7-8", "a string may not hold the control character `\\t` as it is", CONTROL],
  ['{"a\u0001":1}', "1:4-5", "a string may not hold the control character `\\u{1}` as it is", CONTROL],
];

describe("syntax errors in JSON", () => {
  test.each<Row>([...SYNTAX, ...STRINGS])(
    "are reported with position and help for %j",
    (text, place, message, help) => {
      const parsed = parseJson(text);
      expect(parsed.documents).toEqual([]);
      const expected = `document/syntax ${place} ${message}${help === undefined ? "" : ` / ${help}`}`;
      expect(formatFaults(text, parsed)).toEqual([expected]);
      expect(() => JSON.parse(text)).toThrow();
    },
  );

  test("have columns that carriage returns don't shift", () => {
    const text = '{\r\n  "a": 1,\r\n  "b": x\r\n}';
    expect(formatFaults(text, parseJson(text))[0]).toMatch(/^document\/syntax 3:8-9 /);
  });
});

const keep = "most readers silently take the last one: keep one of them";
const twice = (place: string, key: string, line: number) =>
  `document/duplicate-key ${place} the key \`${key}\` stands twice in this object, first in line ${line} / ${keep}`;

type Duplicate = [text: string, value: unknown, ...faults: string[]];
const DUPLICATES: Duplicate[] = [
  ['{"a":1,"a":2}', { a: 2 }, twice("1:8-11", "a", 1)],
  ['{"a":1,\n"\\u0061":2}', { a: 2 }, twice("2:1-9", "a", 1)],
  ['{\n"a":1,\n"a":2,\n"a":3}', { a: 3 }, twice("3:1-4", "a", 2), twice("4:1-4", "a", 2)],
  ['{"b":1,"a":{"b":2,"b":3}}', { b: 1, a: { b: 3 } }, twice("1:19-22", "b", 1)],
  ['[{"a":1},{"a":1,"a":1}]', [{ a: 1 }, { a: 1 }], twice("1:17-20", "a", 1)],
  ['{"":1,"":2}', { "": 2 }, twice("1:7-9", "", 1)],
  ['{"constructor":1,"constructor":2}', { constructor: 2 }, twice("1:18-31", "constructor", 1)],
  ['{"a\\"":1,"a\\"":"\\"a\\":"}', { 'a"': '"a":' }, twice("1:10-15", 'a"', 1)],
  ['{"0":1,"1":2,"0":3}', { 0: 3, 1: 2 }, twice("1:14-17", "0", 1)],
];

describe("duplicate keys in JSON", () => {
  test.each<Duplicate>(DUPLICATES)(
    "are reported, and the last one counts, in %j",
    (text, value, ...faults) => {
      const parsed = parseJson(text);
      expect(formatFaults(text, parsed)).toEqual(faults);
      expect(getValues(parsed)).toEqual([value]);
    },
  );

  test("include __proto__, which is an own member", () => {
    const text = '{"__proto__":{"x":1},"__proto__":{"y":2}}';
    const parsed = parseJson(text);
    expect(formatFaults(text, parsed)).toEqual([twice("1:22-33", "__proto__", 1)]);
    const [value] = getValues(parsed) as [object];
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect("y" in value).toBe(false);
  });

  test("are reported together with a later syntax error", () => {
    const text = '{"a":1,"a":2,}';
    expect(formatFaults(text, parseJson(text)).map((fault) => fault.split(" ")[0])).toEqual([
      "document/duplicate-key",
      "document/syntax",
    ]);
  });

  test.each(['{"a":{"a":{"a":"a"}}}', '["a","a",{"a":"\\"a\\":1"}]', '{"a":"x:\\"a\\":","b":"a"}'])(
    "are not reported in %j",
    (text) => {
      expect(parseJson(text).faults).toEqual([]);
    },
  );
});
