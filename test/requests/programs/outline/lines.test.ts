import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf } from "../../../../src/requests/programs/outline/lines.ts";
import { runs } from "../../../support/scale.ts";

const PIECES = [
  "\n",
  "\r\n",
  "\n\n",
  " ",
  "\t",
  "\u00a0",
  "\u2028",
  "\v",
  "\u0001",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  "x",
  "é",
  "😀",
];

describe("the lines of code", () => {
  it("are all that aren't blank, with their indent and the brackets that are open", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (code) => {
        const lines = linesOf(code);
        const written = code.split("\n");
        expect(lines.map((line) => line.code)).toEqual(written.map((one) => one.trim()).filter(Boolean));
        for (const { start, end, indent, before, after, code: trimmed } of lines) {
          expect(code.slice(start, end).trim()).toBe(trimmed);
          expect(code.startsWith(trimmed, start + indent)).toBe(true);
          expect(before).toBe(openedIn(code.slice(0, start)));
          expect(after).toBe(openedIn(code.slice(0, end)));
        }
      }),
      { numRuns: runs(2000) },
    );
  });
});

const openedIn = (code: string): number =>
  (code.match(/[([{]/g) ?? []).length - (code.match(/[)\]}]/g) ?? []).length;
