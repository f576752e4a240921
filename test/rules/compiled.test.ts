import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/rules/compile/index.ts";
import { compareExpressions } from "./compare-expressions.ts";
import { COMPILED, compareRequests, INPUTS, INTERPRETED, NOW, PATIENCE } from "./compare-requests.ts";
import { formatRuleFile, loadToyRules } from "./toy-service.ts";

describe("compiled rules", () => {
  compareRequests(10_000);
});

describe("the counts of what rules find", () => {
  it("are those of the findings", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...INPUTS.operations), fc.nat(), (operation, seed) => {
        const input = { ...INPUTS.create(operation, seed), faulty: new Set<string>() };
        const counts = COMPILED.count(input, NOW);
        const found = COMPILED.decide(input, NOW);
        const countOf = (severity: string) =>
          found.filter((each) => each.status === "failed" && each.severity === severity).length;
        const expected = {
          errors: countOf("error"),
          warnings: countOf("warning"),
          undecided: found.filter(({ status }) => status === "undecided").length,
          needsPermission: COMPILED.findHolders(input).length > 0,
        };
        expect(counts).toEqual(expected);
        for (const [name, count] of Object.entries(expected)) if (count) seen.add(name);
      }),
      { numRuns: 3_000 },
    );
    expect(seen.size).toBe(4);
  });

  it("aren't made of interpreted rules", () => {
    const [operation = ""] = INPUTS.operations;
    expect(INTERPRETED.count(INPUTS.create(operation, 1), NOW)).toBe(undefined);
  });
});

describe("compiled expressions", () => {
  it("give what the interpreter gives", PATIENCE, () => compareExpressions(300));

  it.each([
    ["a map", "{'a': 1} == {'a': 1}"],
    ["an unsigned integer", "1u == 2u"],
    ["`duration`", "duration('1h') == duration('2h')"],
  ])("aren't there for %s, which the build reports", (what, assert) => {
    const rules = loadToyRules(formatRuleFile(`assert: ${JSON.stringify(assert)}`));
    expect(() => compileRules(rules)).toThrow(`${what} can't be compiled`);
  });
});
