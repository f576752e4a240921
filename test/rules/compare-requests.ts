import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { loadRulePacks } from "../../src/engine/rule-packs.ts";
import type { RuleInput, RuleOptions, RuleSet } from "../../src/rules/index.ts";
import { deferred } from "../../src/schema/builtin.generated.js";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { compileRuleSet } from "./compile-rules.ts";
import { RandomInputs } from "./random-inputs.ts";

export const INTERPRETED = loadRulePacks(["rules"], builtinSchemas);
/** In two parts, as they ship. */
export const COMPILED = compileRuleSet(INTERPRETED, deferred);
export const INPUTS = new RandomInputs(INTERPRETED.rules);
export const NOW = { now: new Date("2026-01-05T10:00:00Z") };

/** The interpreter is slow: each request is checked by one part of the rules, and some are by all. */
const PARTS = 12;
const OPTIONS: readonly RuleOptions[] = Array.from({ length: PARTS }, (_, part) => ({
  ...NOW,
  severities: Object.fromEntries(
    INTERPRETED.rules.filter((_, index) => index % PARTS !== part).map(({ id }) => [id, "off"]),
  ),
}));

/** The interpreter takes its time. */
export const PATIENCE = { timeout: 300_000 };

type Evaluate = (rules: RuleSet, input: RuleInput) => unknown;

const evaluateAll: Evaluate = (rules, input) => [
  rules.evaluate(input, NOW),
  rules.findRequirements(input),
  rules.findHolders(input),
];

/** What is compared of a request. */
const chooseEvaluation = (seed: number): Evaluate => {
  const choice = seed % (PARTS * 4);
  if (choice === 0) return evaluateAll;
  if (choice === 1) return (rules, input) => rules.evaluateChangeset([input, input], NOW);
  return choice < 6
    ? (rules, input) => [rules.findRequirements(input), rules.findHolders(input)]
    : (rules, input) => rules.evaluate(input, OPTIONS[choice % PARTS]);
};

const listOwnRules = (operation: string) =>
  INTERPRETED.rules.filter((rule) => rule.operation === operation && rule.scope === "request");

/** The part of the requests that an operation has: the more rules it has, the more. */
const shareOf = (operation: string): number => {
  const weights = INPUTS.operations.map((name) => listOwnRules(name).length + 1);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return (listOwnRules(operation).length + 1) / sum;
};

/** Compares this many requests of all operations, or those of them that are of some, in one test for each operation. */
export function compareRequests(count: number, operations = INPUTS.operations): void {
  const counts = new Map<string, number>();

  it.each(operations)("find what the interpreter finds: %s", PATIENCE, (operation) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const input = INPUTS.create(operation, seed);
        const evaluate = chooseEvaluation(seed);
        const found = evaluate(COMPILED, input);
        const expected = evaluate(INTERPRETED, input);
        if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
        for (const { code = "", status } of (found as { code?: string; status?: string }[]).flat())
          counts.set(`${code} ${status}`, (counts.get(`${code} ${status}`) ?? 0) + 1);
      }),
      { numRuns: Math.ceil(count * shareOf(operation)) },
    );
  });

  it("are compared on requests that break most rules and leave most undecided", () => {
    const rules = INTERPRETED.rules.filter(
      ({ scope, operation }) => scope === "request" && operations.includes(operation),
    );
    for (const status of ["failed", "undecided"]) {
      const seen = rules.filter(({ id }) => counts.has(`${id} ${status}`));
      expect(seen.length, status).toBeGreaterThan(rules.length * 0.5);
    }
  });
}
