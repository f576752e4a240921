import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadRulePacks } from "../../src/engine/rule-packs.ts";
import { CelSyntaxError, createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { compileRules } from "../../src/rules/compile/index.ts";
import type { RuleInput, RuleOptions, RuleSet } from "../../src/rules/index.ts";
import { MAX_STEPS } from "../../src/rules/limits.ts";
import type { Program } from "../../src/rules/runtime/index.ts";
import { createUnknownFailure, DataMap, toCelValue } from "../../src/rules/runtime/index.ts";
import { deferred } from "../../src/schema/builtin.generated.js";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { compileExpressions, compileRuleSet } from "./compile-rules.ts";
import { CONTEXT, condition, FILLING, hidden, LISTS, TERMS } from "./random-expressions.ts";
import { RandomInputs } from "./random-inputs.ts";
import { formatRuleFile, loadToyRules } from "./toy-service.ts";

const INTERPRETED = loadRulePacks(["rules"], builtinSchemas);
/** In two parts, as they ship. */
const COMPILED = compileRuleSet(INTERPRETED, deferred);
const INPUTS = new RandomInputs(INTERPRETED.rules);
const NOW = { now: new Date("2026-01-05T10:00:00Z") };

/** The interpreter is slow: each request is checked by one part of the rules, and some are by all. */
const PARTS = 12;
const OPTIONS: readonly RuleOptions[] = Array.from({ length: PARTS }, (_, part) => ({
  ...NOW,
  severities: Object.fromEntries(
    INTERPRETED.rules.filter((_, index) => index % PARTS !== part).map(({ id }) => [id, "off"]),
  ),
}));

/** The interpreter takes its time. */
const PATIENCE = { timeout: 300_000 };

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

describe("compiled rules", () => {
  const counts = new Map<string, number>();

  it.each(INPUTS.operations)("find what the interpreter finds: %s", PATIENCE, (operation) => {
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
      { numRuns: Math.ceil(10_000 * shareOf(operation)) },
    );
  });

  it("are compared on requests that break most rules and leave most undecided", () => {
    const rules = INTERPRETED.rules.filter(({ scope }) => scope === "request");
    for (const status of ["failed", "undecided"]) {
      const seen = rules.filter(({ id }) => counts.has(`${id} ${status}`));
      expect(seen.length, status).toBeGreaterThan(rules.length * 0.5);
    }
  });
});

/** Expressions of any type, which rules may make: most are faulty. */
const ATOMS = fc.oneof(
  TERMS,
  LISTS,
  condition,
  fc.constantFrom(
    "request",
    "request.c",
    "request.l",
    "request.n",
    "request.x.y",
    "context.f",
    "context.h",
    "caller",
  ),
  fc.constantFrom("1", "-3", "2.5", "true", "null", "[]", "['x', 'y']", "[1, 2.5, 'x']", "string", "now"),
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    ATOMS,
    fc
      .tuple(
        tie("value"),
        fc.constantFrom("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in", "&&", "||"),
        tie("value"),
      )
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    fc
      .tuple(
        fc.constantFrom("size", "string", "type", "int", "double", "arn", "segments", "!", "-"),
        tie("value"),
      )
      .map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(
        tie("value"),
        fc.constantFrom("trim()", "lowerAscii()", "upperAscii()", "join()", "join('-')", "split('/')"),
      )
      .map(([a, call]) => `(${a}).${call}`),
    fc
      .tuple(
        tie("value"),
        fc.constantFrom("startsWith", "endsWith", "contains", "matches", "indexOf", "lastIndexOf", "split"),
        tie("value"),
      )
      .map(([a, name, b]) => `(${a}).${name}(${b})`),
    fc
      .tuple(
        tie("value"),
        fc.constantFrom(
          "substring(1)",
          "charAt(0)",
          "substring(0, 1)",
          "replace('x', 'yy')",
          "split('', 2)",
          "split('x', 1)",
          "indexOf('x', 1)",
        ),
      )
      .map(([a, call]) => `(${a}).${call}`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `[${a}, ${b}]`),
    fc
      .tuple(
        fc.constantFrom(
          "isInside",
          "overlaps",
          "relativeTo",
          "common",
          "firstIndex",
          "samePaths",
          "overlapping",
          "hoursBetween",
        ),
        tie("value"),
        tie("value"),
      )
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc
      .tuple(tie("value"), fc.constantFrom("all", "exists", "exists_one", "filter"), tie("value"))
      .map(([a, macro, b]) => `(${a}).${macro}(i, ${b} == i || (${b}))`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `(${a}).map(i, [i, ${b}])`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `(${a}).map(i, i != (${b}), (${b}))`),
    fc.tuple(tie("value"), tie("value")).map(([a, b]) => `(${a}).filter(i, (${b}).exists(j, j == i))`),
    fc.constantFrom("a", "c", "c.d", "l", "x", "x.y").map((path) => `has(request.${path})`),
    fc
      .tuple(
        fc.constantFrom("request.a", "request.x", "request.c.d", "context.f.g", "context.f.z", "context.z.y"),
        tie("value"),
      )
      .map(([path, other]) => `orElse(${path}, ${other})`),
    fc.tuple(fc.constantFrom("known", "placeholders"), tie("value")).map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie("value"), tie("value"), tie("value")).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    fc.constantFrom("undecided('it depends')", "undecided('it depends', 'look')"),
  ),
}));

describe("compiled expressions", () => {
  it("give what the interpreter gives", PATIENCE, () => {
    const decisions = fc.array(fc.boolean(), { minLength: 12, maxLength: 20 });
    const kinds = new Set<string>();
    fc.assert(
      fc.property(
        value,
        FILLING,
        CONTEXT,
        decisions,
        fc.boolean(),
        (text, filling, context, choices, isGiven) => {
          // Maps are not compiled.
          const node = text.includes("{") ? undefined : parse(text);
          if (!node) return;
          const request = { ...filling, n: choices.length };
          const variables = () => ({
            request: toCelValue(hidden(request, choices)),
            context: new DataMap(isGiven ? hidden(context, choices.slice(5)) : {}, ""),
            caller: createUnknownFailure({ kind: "caller" }),
            justification: "",
            operation: "toy:BuildTower",
            shared: [],
          });
          const given = variables();
          const run = (program: Program) => program(given, { left: MAX_STEPS });
          const expected = run(createProgram(node));
          // The second one has what the first one shares.
          const found = compileExpressions([text, text]).map(run);
          kinds.add(expected.kind);
          if (!isDeepStrictEqual(found, [expected, expected])) expect(found).toEqual([expected, expected]);
        },
      ),
      { numRuns: 300 },
    );
    expect([...kinds].sort()).toEqual(["failed", "unknown", "value"]);
  });

  it.each([
    ["a map", "{'a': 1} == {'a': 1}"],
    ["an unsigned integer", "1u == 2u"],
    ["`duration`", "duration('1h') == duration('2h')"],
  ])("aren't there for %s, which the build reports", (what, assert) => {
    const rules = loadToyRules(formatRuleFile(`assert: ${JSON.stringify(assert)}`));
    expect(() => compileRules(rules)).toThrow(`${what} can't be compiled`);
  });
});

/** Some are too deep, or loop too deep, for the parser. */
function parse(text: string) {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof CelSyntaxError) return undefined;
    throw error;
  }
}
