import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodeLines } from "../../../../src/requests/programs/outline/lines.ts";
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
        const lines = new CodeLines(code);
        const numbers = Array.from({ length: lines.count }, (_, line) => line);
        const written = code.split("\n");
        expect(numbers.map((line) => lines.code(line))).toEqual(
          written.map((one) => one.trim()).filter(Boolean),
        );
        for (const line of numbers) {
          const [start, end, trimmed] = [lines.start(line), lines.end(line), lines.code(line)];
          expect(code.slice(start, end).trim()).toBe(trimmed);
          expect(code.startsWith(trimmed, start + lines.indent(line))).toBe(true);
          expect(lines.before(line)).toBe(openedIn(code.slice(0, start)));
          expect(lines.after(line)).toBe(openedIn(code.slice(0, end)));
          expect(lines.startsWith(line, trimmed[0]!)).toBe(true);
          expect(lines.endsWith(line, trimmed)).toBe(true);
        }
      }),
      { numRuns: runs(2000) },
    );
  });
});

const openedIn = (code: string): number =>
  (code.match(/[([{]/g) ?? []).length - (code.match(/[)\]}]/g) ?? []).length;
