import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../support/scale.ts";
import type { Grammar } from "./mutation-grammars.ts";
import { GRAMMARS, indented } from "./mutation-grammars.ts";
import { payloadsIn } from "./read.ts";

const anyOf = <T>(items: readonly T[]) => fc.constantFrom(...items);

function program({ before, after, file }: Grammar, statements: string[][]): string {
  const body = [...before.slice(-1), ...statements.flat(), ...after.slice(0, 1)];
  const head = before.slice(0, -1);
  const isPython = file.endsWith(".py");
  return `${[...head, ...(isPython ? indented(body) : body), ...after.slice(1)].join("\n")}\n`;
}

const wrapped = (grammar: Grammar, statements: readonly string[]) =>
  fc
    .tuple(anyOf(statements), anyOf(grammar.wrappers), anyOf(grammar.wrappers))
    .map(([statement, inner, outer]) => outer(inner([statement])));

const noise = (grammar: Grammar) => fc.array(wrapped(grammar, grammar.harmless), { maxLength: 3 });

const OPTIONS = { numRuns: runs(60, 15) };

describe.each(GRAMMARS)("a value in $file", (grammar) => {
  it("is known whatever harmless stands around it", async () => {
    await fc.assert(
      fc.asyncProperty(noise(grammar), async (statements) => {
        expect(await payloadsIn(grammar.file, program(grammar, statements))).toEqual([
          { Type: "KNOWN", Paths: ["a"] },
        ]);
      }),
      OPTIONS,
    );
  });

  it("is never known once anything may have changed it", async () => {
    const arbitrary = fc.tuple(noise(grammar), wrapped(grammar, grammar.changes), noise(grammar));
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([first, change, last]) => {
        const payloads = await payloadsIn(grammar.file, program(grammar, [...first, change, ...last]));
        for (const payload of payloads) expect(payload).not.toMatchObject({ Type: "KNOWN" });
      }),
      OPTIONS,
    );
  });
});
