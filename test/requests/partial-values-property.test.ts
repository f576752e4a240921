import fc from "fast-check";
import { expect, test } from "vitest";
import { PartialText } from "../../src/documents/partial.ts";
import { replacePlaceholders } from "../../src/requests/placeholders.ts";

/** A piece of a text as it is written, and as it is when the placeholders are filled in. */
interface Piece {
  written: string;
  filled: string;
}

const literal = fc
  .string({ unit: fc.constantFrom("a", "b", ":", "/", "-", " ", "}", ">", "é"), maxLength: 4 })
  .map((text): Piece => ({ written: text, filled: text }));
const filling = fc.string({ unit: fc.constantFrom("a", ":", "/", "}", "$", " "), maxLength: 3 });
const placeholder = fc
  .tuple(
    fc.constantFrom(
      "${NAME}",
      "${{ x.y }}",
      "{{ name }}",
      "<NAME>",
      "<<a b>>",
      "{name}",
      "[NAME]",
      "${f('}', {a = 1})}",
      '{{ "}}" }}',
    ),
    filling,
  )
  .map(([written, filled]): Piece => ({ written, filled }));
/** A directive, which may leave out what it encloses, and the blanks around it. */
const directive = fc
  .tuple(literal, fc.constantFrom(["{% if a %}", "{% endif %}"], ["{{#a}}", "{{/a}}"]), fc.boolean())
  .map(
    ([inside, [open, close], isKept]): Piece => ({
      written: open + inside.written + close,
      filled: isKept ? inside.filled : "",
    }),
  );

const toPattern = ({ parts }: PartialText): RegExp =>
  new RegExp(
    `^${parts.map((part) => (typeof part === "string" ? escapeText(part) : "[^]*")).join("")}$`,
    "u",
  );
const escapeText = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

test("what is known of a text with placeholders holds however they are filled in", () => {
  let known = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(literal, placeholder, directive), { maxLength: 5 }), (pieces) => {
      const value = replacePlaceholders(pieces.map(({ written }) => written).join(""));
      const filled = pieces.map(({ filled }) => filled).join("");
      if (typeof value === "string") expect(value).toBe(filled);
      if (!(value instanceof PartialText)) return;
      expect(filled).toMatch(toPattern(value));
      if (value.parts.some((part) => typeof part === "string")) known++;
    }),
    { numRuns: 3000, seed: 12 },
  );
  expect(known).toBeGreaterThan(500);
});
