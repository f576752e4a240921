import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../support/scale.ts";
import type { Grammar } from "./mutation-grammars.ts";
import { DERIVED_GRAMMARS, GRAMMARS, indented } from "./mutation-grammars.ts";
import { payloadsIn } from "./read.ts";

const anyOf = <T>(items: readonly T[]) => fc.constantFrom(...items);

/** Lines of the body: all that stand below the head of the function. */
const headLength = ({ before }: Grammar): number =>
  before.findIndex((line) => /\b(?:run|Run)\b/.test(line)) + 1;

function program(grammar: Grammar, statements: string[][]): string {
  const { before, after, file } = grammar;
  const length = Math.max(headLength(grammar), 0);
  const body = [...before.slice(length), ...statements.flat(), ...after.slice(0, 1)];
  const isPython = file.endsWith(".py");
  return `${[...before.slice(0, length), ...(isPython ? indented(body) : body), ...after.slice(1)].join("\n")}\n`;
}

const wrapped = (grammar: Grammar, statements: readonly string[]) =>
  fc
    .tuple(anyOf(statements), anyOf(grammar.wrappers), anyOf(grammar.wrappers))
    .map(([statement, inner, outer]) => outer(inner([statement])));

const noise = (grammar: Grammar) => fc.array(wrapped(grammar, grammar.harmless), { maxLength: 3 });

const OPTIONS = { numRuns: runs(60, 15) };

const RARE = { numRuns: runs(60, 6) };

describe.each([
  ...GRAMMARS.map((grammar) => ({ title: grammar.file, grammar, options: OPTIONS })),
  ...DERIVED_GRAMMARS.map((grammar) => ({
    title: `${grammar.file}, ${grammar.before.at(-1)}`,
    grammar,
    options: RARE,
  })),
])("a value in $title", ({ grammar, options }) => {
  it("is known whatever harmless stands around it", async () => {
    await fc.assert(
      fc.asyncProperty(noise(grammar), async (statements) => {
        expect(await payloadsIn(grammar.file, program(grammar, statements))).toEqual([
          { Type: "KNOWN", Paths: ["a"] },
        ]);
      }),
      options,
    );
  });

  it("is never known once anything may have changed it", async () => {
    const arbitrary = fc.tuple(noise(grammar), wrapped(grammar, grammar.changes), noise(grammar));
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([first, change, last]) => {
        const payloads = await payloadsIn(grammar.file, program(grammar, [...first, change, ...last]));
        for (const payload of payloads) expect(payload).not.toMatchObject({ Type: "KNOWN" });
      }),
      options,
    );
  });
});
