import { describe, expect, test } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { getValues, READERS } from "./readers.ts";

const BEYOND = 9007199254740993n;

describe.each(["json", "yaml"] as const)("numbers in %s", (kind) => {
  test.each<[string, unknown]>([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740993", BEYOND],
    ["-9007199254740993", -BEYOND],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
    ["1e999", Number.POSITIVE_INFINITY],
    ["-1e999", Number.NEGATIVE_INFINITY],
    ["1e300", 1e300],
    ["1.0", 1],
    ["1E2", 100],
    ["0", 0],
    ["0.1", 0.1],
    ["5e-324", 5e-324],
    ["1e-999", 0],
  ])("keep the exact value of %s", (text, value) => {
    expect(getValues(READERS[kind](text))).toEqual([value]);
    expect(getValues(READERS[kind](`{"a": [${text}]}`))).toEqual([{ a: [value] }]);
  });

  test("don't change because another integer is inexact", () => {
    expect(getValues(READERS[kind](`{"a": ${BEYOND}, "b": 1, "c": "${BEYOND}"}`))).toEqual([
      { a: BEYOND, b: 1, c: String(BEYOND) },
    ]);
  });

  test("stay exact with very many digits", () => {
    const digits = "9".repeat(20_000);
    expect(getValues(READERS[kind](digits)).map(String)).toEqual([digits]);
  });
});

/** Plain scalars as YAML 1.2 resolves them; YAML 1.1 resolves many of them differently. */
const PLAIN: readonly (readonly [string, unknown])[] = [
  ["0x1F", 31],
  ["0o17", 15],
  ["010", 10],
  ["0xFFFFFFFFFFFFFFFFFF", 4722366482869645213695n],
  ["+12", 12],
  ["-0x1F", "-0x1F"],
  ["0b11", "0b11"],
  ["1_000", "1_000"],
  ["190:20:30", "190:20:30"],
  ["yes", "yes"],
  ["on", "on"],
  ["n", "n"],
  ["True", true],
  ["FALSE", false],
  ["~", null],
  ["Null", null],
  [".inf", Number.POSITIVE_INFINITY],
  ["-.INF", Number.NEGATIVE_INFINITY],
  [".nan", Number.NaN],
  ["2001-12-14", "2001-12-14"],
  ["2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"],
];

describe("plain scalars in YAML", () => {
  test.each(PLAIN)("resolve %s by the core schema", (text, value) => {
    expect(getValues(READERS.yaml(`a: ${text}\nb: [${text}]\n`))).toEqual([{ a: value, b: [value] }]);
  });

  test.each(PLAIN)("resolve %s by the core schema despite a %%YAML 1.1 directive", (text, value) => {
    expect(getValues(READERS.yaml(`%YAML 1.1\n---\na: ${text}\n`))).toEqual([{ a: value }]);
  });

  test("do not include a merge key: `<<` is an ordinary key with or without a directive", () => {
    const text = "a: &a {x: 1}\nb: {<<: *a, y: 2}\n";
    const value = { a: { x: 1 }, b: { "<<": { x: 1 }, y: 2 } };
    expect(getValues(READERS.yaml(text))).toEqual([value]);
    expect(getValues(READERS.yaml(`%YAML 1.1\n---\n${text}`))).toEqual([value]);
  });

  test("do not include quoted and block scalars, which remain texts", () => {
    const text = 'a: "1"\nb: \'true\'\nc: |\n  1\nd: >-\n  null\ne: "\\u0041\\x41\\\n   b"\n';
    expect(getValues(READERS.yaml(text))).toEqual([{ a: "1", b: "true", c: "1\n", d: "null", e: "AAb" }]);
  });
});

describe("keys in YAML", () => {
  test.each<[string, unknown]>([
    ["1: a", { 1: "a" }],
    ["0x10: a\n1.0: b", { "0x10": "a", "1.0": "b" }],
    ["true: a", { true: "a" }],
    [": a", { null: "a" }],
    ["? a", { a: null }],
    ["{a, b: 1}", { a: null, b: 1 }],
    ["[a: 1, b]", [{ a: 1 }, "b"]],
    ["&k a: 1\nb: *k", { a: 1, b: "a" }],
    ["a: &v b\n*v : 1", { a: "b", b: 1 }],
    ['"a b": 1\n"": 2', { "a b": 1, "": 2 }],
  ])("become member names in %j", (text, value) => {
    const parsed = READERS.yaml(text);
    expect(parsed.faults).toEqual([]);
    expect(getValues(parsed)).toEqual([value]);
  });

  test("include __proto__ as an own member", () => {
    const [value] = getValues(READERS.yaml("__proto__: {x: 1}\n")) as [object];
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value)).toEqual([["__proto__", { x: 1 }]]);
  });
});

const unknown = (source: string) => new Unknown(source);

describe("tags in YAML", () => {
  test.each<[string, unknown]>([
    ["!Ref Name", unknown("!Ref Name")],
    ["!Sub [x, {y: 1}]", unknown("!Sub [x, {y: 1}]")],
    ["!GetAtt 'a.b'", unknown("!GetAtt 'a.b'")],
    ["!Ref", unknown("!Ref")],
    ["!<tag:example.com,2000:x> 1", unknown("tag:example.com,2000:x 1")],
    ["!!python/object:os.system x", unknown("tag:yaml.org,2002:python/object:os.system x")],
    ["!!set {x}", unknown("tag:yaml.org,2002:set {x}")],
    ["!!str 1", "1"],
    ["! 1", "1"],
    ["!!int 7", 7],
    ["!!binary aGk=", "aGk="],
    ["!!timestamp 2001-12-14", "2001-12-14"],
  ])("are unknown unless they are standard: %s", (text, value) => {
    const parsed = READERS.yaml(`a: ${text}\n`);
    expect(parsed.faults).toEqual([]);
    expect(getValues(parsed)).toStrictEqual([{ a: value }]);
  });

  test.each(["!Ref Name", "!Sub [x]", "!Sub {y: 1}"])("make an alias of %s unknown, too", (text) => {
    const [value] = getValues(READERS.yaml(`a: &x ${text}\nb: *x\n`)) as [{ a: Unknown; b: Unknown }];
    expect(value.b).toBeInstanceOf(Unknown);
    expect(value.b.source).toBe(value.a.source);
  });

  test("of a %TAG directive are unknown, too", () => {
    const [value] = getValues(READERS.yaml("%TAG ! tag:example.com,2000:\n---\na: !Ref x\n")) as [
      { a: Unknown },
    ];
    expect(value.a).toBeInstanceOf(Unknown);
  });
});
