import { describe, expect, it } from "vitest";
import { createInput, evaluateOutcome, loadFaultLines, loadToyRules } from "./toy-service.ts";

const writeFile = (define: string, assert: string, more = "") => `operation: toy:BuildTower
define:
${define
  .split("\n")
  .map((line) => `  ${line}`)
  .join("\n")}
rules:
  - id: toy/rule
    severity: error
    at: /Name
    assert: ${JSON.stringify(assert)}
    message: broken
${more}    examples: { pass: [{ request: {} }], fail: [{ request: {} }], undecided: [{ request: {} }] }
`;

const evaluate = (define: string, assert: string, request: unknown) =>
  evaluateOutcome(loadToyRules(writeFile(define, assert)), createInput(request));

describe("definitions of a rule file", () => {
  it("stand for their expressions, and may use earlier ones", () => {
    const define = "isHigh: request.Kind == 'HIGH'\nisTall: isHigh && orElse(request.Height, 0) > 3";
    expect(evaluate(define, "isTall", { Kind: "HIGH", Height: 4 })).toBe("pass");
    expect(evaluate(define, "isTall", { Kind: "HIGH", Height: 3 })).toBe("fail");
  });

  it("keep to their own operands", () => {
    const define = "either: request.Kind == 'HIGH' || request.Kind == 'WIDE'";
    expect(evaluate(define, "either && request.Name == 'a'", { Kind: "HIGH", Name: "b" })).toBe("fail");
  });

  it("take values", () => {
    const define = "isRed(block): block.Colour == 'RED'";
    const assert = "orElse(request.Blocks, []).exists(b, isRed(b))";
    expect(evaluate(define, assert, { Blocks: [{ Colour: "GREEN" }, { Colour: "RED" }] })).toBe("pass");
    expect(evaluate(define, assert, { Blocks: [{ Colour: "GREEN" }] })).toBe("fail");
  });

  it("keep their loop variables apart from those of the rule", () => {
    const define = "isUsed(colour): orElse(request.Blocks, []).exists(b, b.Colour == colour)";
    const assert = "orElse(request.Words, []).all(b, isUsed(b))";
    const Blocks = [{ Colour: "GREEN" }];
    expect(evaluate(define, assert, { Blocks, Words: ["GREEN"] })).toBe("pass");
    expect(evaluate(define, assert, { Blocks, Words: ["RED"] })).toBe("fail");
  });

  it("are hidden by loop variables of the same name", () => {
    expect(evaluate("w: \"'x'\"", "w == 'x' && ['y'].all(w, w == 'y')", {})).toBe("pass");
  });

  it("count as presence checks where they are", () => {
    const define = "hasHeight: has(request.Height)";
    expect(evaluate(define, "hasHeight && request.Height > 1", { Height: 2 })).toBe("pass");
  });

  it("are shown with the rules that use them, also indirectly", () => {
    const { rules } = loadToyRules(writeFile("a: request.Name\nb: a == 'x'", "b"));
    expect(rules[0]?.define).toEqual([
      ["a", "request.Name"],
      ["b", "a == 'x'"],
    ]);
  });
});

describe("loadRules() of definitions with faults", () => {
  it.each([
    ["a type error, where it is used", "isHigh: request.Kind == 'HIHG'", "isHigh", "8:14 `HIHG` is none of"],
    ["a syntax error, where it is", "isHigh: request.Kind ==", "true", "3:26 the expression ends too early"],
    ["a name that means something", "request: '1'", "true", "3:3 there is something else called `request`"],
    ["a name of a function", "isInside(a): a", "true", "3:3 there is something else called `isInside`"],
    ["no name", "'a b': '1'", "true", "3:3 `a b` is no name such as `isGoing` or `isGoing(link)`"],
    ["too few values", "f(a, b): a == b", "f(1)", "8:14 `f` takes 2 values"],
    ["no text", "f: [1]", "true", "3:6 `f` stands for an expression, which is a text"],
    ["a definition that nothing uses", "f: '1'", "true", "3:3 the definition `f` is not used"],
    ["a later one", "a: b\nb: '1'", "a == 1", "9:14 there is no variable `b`"],
  ])("reports %s", (_, define, assert, expected) => {
    expect(loadFaultLines(writeFile(define, assert))[0]?.slice(0, expected.length)).toBe(expected);
  });

  it("reports definitions that grow without bounds", () => {
    const doubling = Array.from({ length: 20 }, (_, index) =>
      index === 0 ? "d0: request.Name == 'a'" : `d${index}: d${index - 1} && d${index - 1}`,
    ).join("\n");
    expect(loadFaultLines(writeFile(doubling, "d19"))[0]).toContain("with its definitions, this is too long");
  });
});

describe("paramsOf", () => {
  const text = `operation: toy:BuildTower
rules:
  - id: toy/first
    severity: error
    at: /Name
    params: { names: [a] }
    assert: request.Name in params.names
    message: broken
    examples: { pass: [{ request: {} }], fail: [{ request: {} }] }
  - id: toy/second
    severity: warning
    at: /Name
    paramsOf: toy/first
    assert: "!(request.Name in params.names)"
    message: broken
    examples: { pass: [{ request: {} }], fail: [{ request: {} }] }
`;
  const codes = (name: string, params?: Record<string, Record<string, unknown>>) =>
    loadToyRules(text)
      .evaluate(createInput({ Name: name }), params ? { params } : undefined)
      .map(({ code }) => code);

  it("takes the defaults and the settings of the other rule", () => {
    expect([codes("a"), codes("b")]).toEqual([["toy/second"], ["toy/first"]]);
    const params = { "toy/first": { names: ["b"] } };
    expect([codes("a", params), codes("b", params)]).toEqual([["toy/first"], ["toy/second"]]);
  });

  it("names an earlier rule of the file", () => {
    expect(loadFaultLines(text.replace("paramsOf: toy/first", "paramsOf: toy/other"))[0]).toBe(
      "13:15 no rule `toy/other` comes before this one in the file",
    );
  });
});
