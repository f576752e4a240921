import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeHarmful, formatCount, formatList, formatNumber, quoted } from "../../src/diagnostics/text.ts";
import { runs } from "../support/scale.ts";

/** Characters that control a terminal, reorder a line or are invisible, and noncharacters. */
const DANGEROUS = /[\p{Cc}\p{Cs}\p{Bidi_C}\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb]/u;

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ..."\u001b\n\r\t\0\u007f\u009b\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff`\ud800\udc00a💥",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 200,
});

describe("escaping of user text", () => {
  test("leaves nothing that a terminal or a CI log interprets", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeHarmful(text)).not.toMatch(DANGEROUS);
        expect(quoted(text)).not.toMatch(DANGEROUS);
      }),
      { numRuns: runs(2000) },
    );
  });

  test("puts text of any length in backticks, with none inside", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 4, max: 100 }), (text, longest) => {
        expect(quoted(text, longest)).toMatch(/^`[^`]*`$/);
        expect(quoted("x".repeat(text.length), longest).length).toBeLessThanOrEqual(longest + 3);
      }),
    );
  });

  test("leaves harmless text unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        fc.pre(!/##\w*\[/.test(text));
        expect(escapeHarmful(text)).toBe(text);
      }),
    );
  });

  test("escapes every code point that readers don't show", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (/\p{Default_Ignorable_Code_Point}/u.test(character))
        expect(escapeHarmful(character)).toBe(`\\u{${code.toString(16)}}`);
    }
  });

  test.each([
    ["a\nb", "a\\nb"],
    ["\r\t", "\\r\\t"],
    ["\u001b[31m", "\\u{1b}[31m"],
    ["\u202eevil", "\\u{202e}evil"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ud800", "\\u{d800}"],
    ["x\udc00", "x\\u{dc00}"],
    ["é 💥 日本", "é 💥 日本"],
    ["##[error]x", "\\u{23}#[error]x"],
    ["###vso[x]", "#\\u{23}#vso[x]"],
    ["## [x] #1 [", "## [x] #1 ["],
    ["👩‍🚀", "👩\\u{200d}🚀"],
  ])("writes %j as %s", (text, written) => {
    expect(escapeHarmful(text)).toBe(written);
  });

  test("truncates long text in the middle", () => {
    const cut = quoted(`begin${"x".repeat(500)}end`);
    expect(cut).toMatch(/^`beginx+…x+end`$/);
  });

  test("never truncates within a surrogate pair", () => {
    for (let pad = 0; pad < 4; pad++)
      expect(quoted("x".repeat(pad) + "💥".repeat(100))).not.toMatch(/\\u\{d/);
  });
});

describe("formatting of lists and numbers", () => {
  test.each<[string[], string]>([
    [[], ""],
    [["a"], "`a`"],
    [["a", "b"], "`a` or `b`"],
    [["a", "b", "c"], "`a`, `b` or `c`"],
  ])("lists %j as %s", (words, text) => {
    expect(formatList(words)).toBe(text);
  });

  test("ends a long list in the number of omitted words", () => {
    expect(formatList(["a", "b", "c", "d"], "or", 2)).toBe("`a`, `b` and 2 more");
  });

  test.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [4357, "4,357"],
    [1234567, "1,234,567"],
  ])("groups the digits of %d as %s", (count, text) => {
    expect(formatNumber(count)).toBe(text);
  });

  test("uses the singular for one and the plural otherwise", () => {
    expect([formatCount(1, "item"), formatCount(2, "item"), formatCount(1200, "entry", "entries")]).toEqual([
      "1 item",
      "2 items",
      "1,200 entries",
    ]);
  });
});
