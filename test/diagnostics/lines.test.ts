import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineIndex } from "../../src/diagnostics/lines.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "\n", "\r", "\r\n", "💥", "\u2028", "\t", " "),
  maxLength: 40,
});

/** The reference implementation: counts the line breaks before the offset. */
function countPosition(whole: string, offset: number): { line: number; column: number } {
  const before = whole.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

describe("LineIndex", () => {
  test("places every offset at the line and column found by counting", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const lines = new LineIndex(whole);
        for (let start = 0; start <= whole.length; start++) {
          for (const end of [start, Math.min(start + 3, whole.length), whole.length]) {
            const from = countPosition(whole, start);
            const to = countPosition(whole, end);
            expect(lines.place({ start, end })).toEqual({ ...from, endLine: to.line, endColumn: to.column });
          }
        }
      }),
    );
  });

  test("returns the text of every line without its line ending", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const lines = new LineIndex(whole);
        const expected = whole.split("\n").map((line) => line.replace(/\r$/, ""));
        expect(expected.map((_, index) => lines.lineText(index + 1))).toEqual(expected);
        expect(lines.lineText(expected.length + 1)).toBe("");
        expect(lines.lineText(0)).toBe("");
      }),
    );
  });

  test("never ends a range before its start", () => {
    expect(new LineIndex("a\nb").place({ start: 2, end: 0 })).toEqual({
      line: 2,
      column: 1,
      endLine: 2,
      endColumn: 1,
    });
  });
});
