import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadRulePacks } from "../../src/engine/rule-packs.ts";
import type { RuleInput, RuleSet } from "../../src/rules/index.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { runs } from "../support/scale.ts";
import { compileRuleSet } from "./compile-rules.ts";
import { RandomInputs } from "./random-inputs.ts";

const INTERPRETED = loadRulePacks(["rules"], builtinSchemas);
const COMPILED = compileRuleSet(INTERPRETED);
const INPUTS = new RandomInputs(INTERPRETED.rules);
const OPTIONS = { now: new Date("2026-01-05T10:00:00Z") };

/** All that rules and permissions say about a request. */
const evaluateAll = (rules: RuleSet, input: RuleInput) => ({
  findings: rules.evaluate(input, OPTIONS),
  requirements: rules.findRequirements(input),
  holders: rules.findHolders(input),
});

describe("compiled rules", () => {
  it.each(INPUTS.operations)("find what the interpreter finds: %s", (operation) => {
    const counts = { failed: 0, undecided: 0 };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const input = INPUTS.create(operation, seed);
        const found = evaluateAll(COMPILED, input);
        for (const { status = "failed" } of found.findings) counts[status as "failed"]++;
        const expected = evaluateAll(INTERPRETED, input);
        if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
      }),
      { numRuns: runs(300_000 / INPUTS.operations.length) },
    );
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.undecided).toBeGreaterThan(0);
  });
});
