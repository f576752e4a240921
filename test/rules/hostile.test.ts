import { describe, expect, it } from "vitest";
import { OpenList } from "../../src/documents/partial.ts";
import { createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { MAX_STEPS } from "../../src/rules/limits.ts";
import { toCelValue } from "../../src/rules/runtime/index.ts";
import { compileExpressions, compileRuleSet } from "./compile-rules.ts";
import {
  createInput,
  createPlaceholder,
  evaluateAssertion,
  formatRuleFile,
  loadToyRules,
} from "./toy-service.ts";

const WORDS = Array.from({ length: 10_000 }, (_, index) => `word-${index}`);
const TEXT = "a".repeat(200_000);
const BLOCKS = Array.from({ length: 3000 }, () => ({ Colour: "RED", Name: "x", Weight: 1 }));
const W = "orElse(request.Words, [])";
const B = "orElse(request.Blocks, [])";
const GIVEN = createInput({ Name: TEXT, Words: WORDS, Blocks: BLOCKS });

/** Each item occurs 2^40 times in the result, though few steps make it. */
const DOUBLING = ".map(i, [i, i])".repeat(40);
const DOUBLED = `['x']${DOUBLING}`;

const evaluateMessage = (assert: string, given = GIVEN): string | undefined =>
  loadToyRules(formatRuleFile(`assert: ${JSON.stringify(assert)}`)).evaluate(given)[0]?.message;

/** Without limits, each of these would take minutes or exhaust memory. */
describe("evaluation is limited", () => {
  it.each([
    `${W}.all(a, ${W}.all(b, a + b != ''))`,
    `${W}.map(a, ${W}.map(b, a + b)) != []`,
    `${W}.exists(a, request.Name.contains(a + '!'))`,
    `${W}.exists(a, request.Name.matches('(a|b|ab)*c|' + a))`,
    `request.Name.matches('(?:a{1,100}){1,9}b')`,
    `${B}.all(a, ${B} == ${B} && a == a)`,
    `${W}.all(a, a in ${W})`,
    `${W}.map(a, distinct(${W})).size() == 1`,
    `'x'.matches(request.Name)`,
    `${W}.all(a, isInside(request.Name, a)) || ${W}.map(a, arn(request.Name)).size() == 0`,
  ])("in the number of steps: %s", (assert) => {
    expect(evaluateMessage(assert)).toBe("can't be checked: it takes too many steps");
  });

  it.each([
    "request.Name + request.Name == ''",
    "'ab'.replace('', request.Name) == ''",
    `${W}.map(w, w + w + w).join(request.Name) == ''`,
    "'aaaaaaaaaaaaaaaaaaaaaa'.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaaaaa') == ''",
  ])("in the length of strings: %s", (assert) => {
    expect(evaluateMessage(assert)).toBe("can't be checked: it makes a text of over 262144 characters");
  });

  it("in the length of lists", () => {
    expect(evaluateMessage(`size(${W} + ${W}) == 1`)).toBe(
      "can't be checked: it makes a list of over 10000 items",
    );
    expect(evaluateMessage(`${W}.map(a, request.Name.split('')).size() == 1`)).toBe(
      "can't be checked: it makes a list of over 10000 items",
    );
    const long = createInput({ Words: [...WORDS, "one more"] });
    expect(evaluateMessage(`${W}.all(w, w != '')`, long)).toBe(
      "can't be checked: it goes through a list of over 10000 items",
    );
    const each = loadToyRules(formatRuleFile("each: request.Words\nassert: item != ''"));
    expect(each.evaluate(long).map(({ message }) => message)).toEqual([
      "can't be checked: it goes through a list of over 10000 items",
    ]);
  });

  it.each([
    `${DOUBLED} == ${DOUBLED}`,
    `'x' in request.Words${DOUBLING}`,
    `size(distinct(${DOUBLED})) == 1`,
    `${DOUBLED}.join() == ''`,
    `request.Open${DOUBLING} == []`,
    `firstIndex(request.Open${DOUBLING}, 'x') == 1`,
  ])("in the number of steps, where items share their parts: %s", (text) => {
    const missing = [{ kind: "overrun", what: "it takes too many steps" }];
    const request = { Words: WORDS.slice(0, 1000), Open: new OpenList("$WORDS", ["x"]) };
    const variables = { request: toCelValue(request), shared: [] };
    for (const program of [createProgram(parseExpression(text)), compileExpressions([text])[0]!])
      expect(program(variables, { left: MAX_STEPS / 20 })).toEqual({ kind: "unknown", missing });
  });

  it("in what a message shows of a list whose items share their parts", () => {
    const rules = loadToyRules(
      formatRuleFile(`assert: "false"\nmessage: ${JSON.stringify(`is {{${DOUBLED}}}`)}`),
    );
    expect(rules.evaluate(GIVEN)[0]?.message).toMatch(/^is x, x, x, /);
  });

  it("in the depth of the values that `distinct` compares", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 200; level++) deep = [deep, { Name: deep === "x" }];
    expect(evaluateAssertion("distinct([request.Name]).size() == 1", createInput({ Name: deep }))).toBe(
      "pass",
    );
  });

  it("by one budget for all items of `each`", () => {
    const rules = loadToyRules(
      formatRuleFile(`each: request.Words\nassert: ${JSON.stringify(`${W}.all(w, w != item + '!')`)}`),
    );
    const findings = rules.evaluate(GIVEN);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      status: "undecided",
      message: "can't be checked: it takes too many steps",
    });
  });

  it("but an operand that decides the outcome still decides it", () => {
    expect(evaluateAssertion(`request.Name != '' || ${W}.all(a, ${W}.all(b, a + b != ''))`, GIVEN)).toBe(
      "pass",
    );
  });

  it("but large lists can be checked in linear time", () => {
    expect(evaluateAssertion(`${W}.all(w, w.startsWith('word-'))`, GIVEN)).toBe("pass");
    expect(evaluateAssertion(`duplicates(${W}) == []`, GIVEN)).toBe("pass");
    expect(evaluateAssertion(`size(${W}.filter(w, w.endsWith('7'))) == 1000`, GIVEN)).toBe("pass");
    expect(evaluateAssertion(`nestedPaths(${W}) == []`, GIVEN)).toBe("pass");
  });
});

// What is limited in functions is the same code.
describe("evaluation of compiled rules is limited", () => {
  it.each([
    `${W}.all(a, ${W}.all(b, a + b != ''))`,
    `${W}.map(a, ${W}.map(b, a + b)) != []`,
    `${W}.exists(a, request.Name.contains(a + '!'))`,
    `${W}.exists(a, request.Name.matches('^a*b'))`,
    `${W}.all(a, a in ${W})`,
    `${W}.all(a, isInside(request.Name, a)) || ${W}.map(a, arn(request.Name)).size() == 0`,
  ])("in the number of steps: %s", (assert) => {
    const rules = compileRuleSet(loadToyRules(formatRuleFile(`assert: ${JSON.stringify(assert)}`)));
    expect(rules.evaluate(GIVEN)[0]?.message).toBe("can't be checked: it takes too many steps");
  });
});

describe("evaluation of unusual payloads", () => {
  const deep = (depth: number): unknown => {
    let value: unknown = "x";
    for (let level = 0; level < depth; level++) value = { Base: [value] };
    return value;
  };
  const bare = Object.assign(Object.create(null), { Name: "x", Words: ["x"] });
  const PAYLOADS: [string, unknown][] = [
    ["undefined", undefined],
    ["null", null],
    ["a string", "x"],
    ["a list", [1, 2]],
    ["a number", 1e300],
    ["bigints", { Height: 2n ** 80n, Words: [1n] }],
    ["an object without a prototype", bare],
    [
      "names of inherited members",
      JSON.parse('{"__proto__": {"Name": "x"}, "constructor": 1, "hasOwnProperty": 2}'),
    ],
    ["a date and bytes", { Name: new Date(Number.NaN), Words: [new Date(0), new Uint8Array(3)] }],
    ["functions", { Name: () => 1, Words: [Symbol("x"), undefined] }],
    ["deep nesting", deep(50_000)],
    ["a placeholder", createPlaceholder()],
    ["lone surrogates", { Name: "\ud800", Words: ["\udfff", "\u0000"] }],
  ];
  const ASSERTIONS = [
    "request.Name == 'x'",
    "has(request.Base) && request == request",
    `${W}.all(w, w.startsWith('a')) && distinct(${W}).size() == size(arnsIn(request))`,
    "orElse(request.Height, 1) + 1 > 2",
    "'{{x}}' == request.Name",
  ];
  const rules = ASSERTIONS.flatMap((assert) => {
    const interpreted = loadToyRules(
      formatRuleFile(`assert: ${JSON.stringify(assert)}\nmessage: 'is {{request}} or {{request.Name}}'`),
    );
    return [interpreted, compileRuleSet(interpreted)];
  });

  it.each(PAYLOADS)("doesn't throw for %s", (_, request) => {
    for (const rule of rules) {
      for (const finding of rule.evaluate(createInput(request)))
        expect(finding.message.length).toBeLessThan(300);
      rule.evaluate(createInput(request, { faulty: new Set(["/Name", "", "/Words/0"]) }));
      rule.evaluateChangeset([createInput(request)]);
    }
  });
});
