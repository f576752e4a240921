import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCountable } from "../../src/engine/count-request-findings.ts";
import { compileRules } from "../../src/rules/compile/index.ts";
import { type CountedRequest, FindingCounter } from "../../src/rules/counting/finding-counter.ts";
import { WaitingLister } from "../../src/rules/counting/waiting-lister.ts";
import type { RuleSet } from "../../src/rules/rule-set.ts";
import type { MissingFact } from "../../src/rules/runtime/index.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { runs } from "../support/scale.ts";
import { compareExpressions } from "./compare-expressions.ts";
import { COMPILED, compareRequests, INPUTS, INTERPRETED, NOW, PATIENCE } from "./compare-requests.ts";
import { compileCountersOf } from "./compile-rules.ts";
import { formatRuleFile, loadToyRules } from "./toy-service.ts";

describe("compiled rules", () => {
  compareRequests(10_000);
});

describe("the counts of what rules find", () => {
  const counters = compileCountersOf(INTERPRETED);
  const createCounter = (rules: RuleSet, operation: string) =>
    FindingCounter.create(rules, (name) => counters[name], { operation, options: NOW });

  /** Without surroundings. Undefined if it isn't known as a whole. */
  function createRequest(operation: string, seed: number) {
    const { request, justification, caller } = INPUTS.create(operation, seed);
    const texts = [justification, caller].filter((text) => text !== undefined);
    if (!texts.every((text) => typeof text === "string") || !isCountable(request, ...texts)) return undefined;
    return { operation, request, justification, caller } as CountedRequest;
  }

  it("are those of the findings", PATIENCE, () => {
    const seen = new Set<string>();
    let [counted, given] = [0, 0];
    fc.assert(
      fc.property(fc.constantFrom(...INPUTS.operations), fc.nat(), (operation, seed) => {
        const request = createRequest(operation, seed);
        if (!request) return;
        given++;
        const counts = createCounter(COMPILED, operation)?.count(request);
        if (!counts) return;
        counted++;
        const input = { ...request, faulty: new Set<string>() };
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
      { numRuns: runs(20_000) },
    );
    expect(seen.size).toBe(4);
    expect(counted / given).toBeGreaterThan(0.8);
  });

  it("say what each undecided check waits for, where it is facts alone", PATIENCE, () => {
    const listers = new Map(
      INPUTS.operations.map((operation) => [
        operation,
        WaitingLister.create(COMPILED, (name) => counters[name], { operation, options: NOW }),
      ]),
    );
    let [listed, open] = [0, 0];
    fc.assert(
      fc.property(fc.constantFrom(...INPUTS.operations), fc.nat(), (operation, seed) => {
        const request = createRequest(operation, seed);
        if (!request || !builtinSchemas.find(operation)!.validator(request.request)) return;
        const input = { ...request, faulty: new Set<string>() };
        const found = COMPILED.decide(input, NOW);
        const facts = found.map(({ missingFacts }) => missingFacts);
        const isOnlyFacts = facts.every((each) => each !== undefined);
        if (isOnlyFacts && found.length > 0) open++;
        const waiting = listers.get(operation)?.list(request);
        if (!waiting) return;
        if (waiting.length > 0) listed++;
        expect(waiting.map(nameFacts)).toEqual(facts.map(nameFacts));
      }),
      { numRuns: runs(20_000) },
    );
    expect(listed / open).toBeGreaterThan(0.5);
  });

  it("aren't made of interpreted rules", () => {
    const [operation = ""] = INPUTS.operations;
    expect(createCounter(INTERPRETED, operation)).toBe(undefined);
  });
});

/** The condition of a rule and its assertion may both wait for a fact. */
const nameFacts = (facts: readonly MissingFact[] | undefined): unknown =>
  facts && [...new Set(facts.map((fact) => JSON.stringify(fact)))];

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
