import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEmbeddedScalar } from "../../src/documents/embedded.ts";
import { OpenList, OpenObject, PartialText } from "../../src/documents/partial.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { MAX_STEPS } from "../../src/rules/limits.ts";
import { createUnknownFailure, DataMap, type Result, toCelValue } from "../../src/rules/runtime/index.ts";
import { runs } from "../support/scale.ts";
import { createPlaceholder } from "./toy-service.ts";

const evaluate = (text: string, request: unknown, context: Record<string, unknown> = {}): Result =>
  createProgram(parseExpression(text))(
    {
      request: toCelValue(request),
      context: new DataMap(context, ""),
      caller: createUnknownFailure({ kind: "caller" }),
      justification: "",
      operation: "toy:BuildTower",
    },
    { left: MAX_STEPS },
  );

/** Conditions over a request that always has all members, so that only their values can be unknown. */
const TERMS = fc.oneof(
  fc.constantFrom("request.a", "request.b", "request.c.d"),
  fc.constantFrom("'x'", "'y'", "'xy'"),
);
const LISTS = fc.constantFrom("request.l", "request.m", "['x', request.a]", "request.l + request.m");
const ATOMS = fc.oneof(
  fc.tuple(TERMS, fc.constantFrom("==", "!=", "<", ">="), TERMS).map((parts) => parts.join(" ")),
  fc.tuple(TERMS, LISTS).map(([term, list]) => `${term} in ${list}`),
  fc
    .tuple(LISTS, fc.constantFrom("all", "exists", "exists_one"), TERMS)
    .map(([list, macro, term]) => `(${list}).${macro}(i, i == ${term})`),
  fc.tuple(LISTS, TERMS).map(([list, term]) => `(${list}).filter(i, i != ${term}).size() > 1`),
  fc.tuple(LISTS, LISTS).map(([a, b]) => `${a} == ${b}`),
  LISTS.map((list) => `size(distinct(${list})) == 2`),
  LISTS.map((list) => `size(duplicates(${list})) == 0`),
  LISTS.map((list) => `size(nestedPaths(${list})) > 0`),
  fc.tuple(LISTS, LISTS).map(([a, b]) => `size(overlapping(${a}, ${b})) > 0`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `(${a} + ${b}).trim().lowerAscii().matches('^x+/?y?$')`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `overlaps(${a}, ${b}) || size(${a}) >= size(${b})`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `${a}.endsWith(${b}) || ${b}.contains(${a})`),
  fc
    .tuple(TERMS, TERMS)
    .map(([a, b]) => `arn('arn:aws:' + ${a} + ':::' + ${b}).bucket == s3uri('s3://' + ${b}).bucket`),
  LISTS.map((list) => `size(${list}) > 2`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `${a}.startsWith(${b})`),
  fc.tuple(TERMS, TERMS).map(([a, b]) => `isInside(${a}, ${b})`),
  fc.constantFrom(
    "has(request.c)",
    "has(request.c.d)",
    "has(request.e)",
    "orElse(request.e, 'x') == 'x'",
    "request.c == {'d': 'x'}",
  ),
  fc.constantFrom(
    "context.f.g == 'x'",
    "has(context.f)",
    "has(context.f.g)",
    "caller == 'x'",
    "context.h.exists(r, r.k == 'x')",
  ),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    ATOMS,
    tie("condition").map((a) => `!(${a})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    fc
      .tuple(tie("condition"), tie("condition"), tie("condition"))
      .map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
}));

const TEXT = fc.constantFrom("x", "y", "xy", "x/y", "");
const LIST = fc.array(TEXT, { maxLength: 3 });
const FILLING = fc.record({ a: TEXT, b: TEXT, c: fc.record({ d: TEXT }), l: LIST, m: LIST });
const CONTEXT = fc.record({
  f: fc.record({ g: TEXT }),
  h: fc.array(fc.record({ k: TEXT }), { maxLength: 2 }),
});

/** Replaces parts of a value by unknown values; takes one decision from the end for each part. */
function hide(value: unknown, decisions: boolean[]): unknown {
  if (decisions.pop()) return decisions.pop() ? hidePart(value) : createPlaceholder();
  if (Array.isArray(value)) return value.map((item) => hide(item, decisions));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hide(member, decisions)]));
}

/** What is left of a value if a stretch of a text, or how many parts there are, isn't known. */
function hidePart(value: unknown): unknown {
  if (typeof value === "string") return new PartialText(value, [value.slice(0, 1), { source: "${X}" }]);
  if (Array.isArray(value)) return new OpenList("$LIST", value.slice(1));
  return new OpenObject("**more", {});
}

const hidden = (value: unknown, decisions: boolean[]) =>
  hide(value, [...decisions, false]) as Record<string, unknown>;

describe("evaluation with unknown values", () => {
  it("gives a result only if it holds whatever the unknown values are", () => {
    const decisions = fc.array(fc.boolean(), { minLength: 12, maxLength: 20 });
    fc.assert(
      fc.property(
        condition,
        FILLING,
        CONTEXT,
        decisions,
        fc.boolean(),
        (text, request, context, choices, isGiven) => {
          const partial = evaluate(
            text,
            hidden(request, choices),
            isGiven ? hidden(context, choices.slice(5)) : {},
          );
          if (partial.kind !== "value") return;
          const whole = evaluate(text, request, context);
          // The caller remains unknown, which the partial result doesn't depend on.
          expect(whole).toEqual(partial);
        },
      ),
      { numRuns: runs(3000) },
    );
  });

  it("gives a result if everything is known", () => {
    const closed = condition.filter((text) => !text.includes("caller"));
    fc.assert(
      fc.property(closed, FILLING, CONTEXT, (text, request, context) => {
        expect(evaluate(text, request, context).kind).toBe("value");
      }),
      { numRuns: runs(1000) },
    );
  });

  it("doesn't depend on the order of the operands of && and ||", () => {
    fc.assert(
      fc.property(
        condition,
        condition,
        fc.constantFrom("&&", "||"),
        FILLING,
        fc.array(fc.boolean()),
        (a, b, operator, request, choices) => {
          const given = hidden(request, choices);
          const [one, other] = [
            evaluate(`(${a}) ${operator} (${b})`, given),
            evaluate(`(${b}) ${operator} (${a})`, given),
          ];
          expect([one.kind, one.kind === "value" && one.value]).toEqual([
            other.kind,
            other.kind === "value" && other.value,
          ]);
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});

describe("fast paths of operators", () => {
  it("give the library's results", () => {
    const values = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true }),
      fc.constant(null),
      fc.array(fc.integer({ max: 3 }), { maxLength: 2 }),
    );
    const operators = ["==", "!=", "<", "<=", ">", ">="];
    fc.assert(
      fc.property(values, values, fc.constantFrom(...operators), (a, b, operator) => {
        // Lists have no fast path for `==`, so the library compares their items.
        const direct = evaluate(`request.a ${operator} request.b`, { a, b });
        if (operator === "==") expect(direct).toEqual(evaluate("[request.a] == [request.b]", { a, b }));
        if (operator === "!=") expect(direct).toEqual(evaluate("!([request.a] == [request.b])", { a, b }));
        const negated = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" }[operator];
        if (negated && direct.kind === "value")
          expect(evaluate(`!(request.a ${negated} request.b)`, { a, b })).toEqual(direct);
      }),
    );
  });
});

describe("scalarAt()", () => {
  it("maps every character of a YAML scalar's value to its position in the source", () => {
    const texts = fc.array(
      fc.constantFrom("a", "b", "'", '"', "\\", " ", "  ", "\n", "\n\n", "ü", "😀", "#", "x: y"),
      { minLength: 1, maxLength: 12 },
    );
    const styles: ((text: string) => string)[] = [
      (text) => JSON.stringify(text),
      (text) => `'${text.replaceAll("'", "''").replaceAll("\n", " ")}'`,
      (text) =>
        `|\n${text
          .split("\n")
          .map((line) => `  ${line}`)
          .join("\n")}\n`,
      (text) =>
        `>-\n${text
          .split("\n")
          .map((line) => `  ${line}`)
          .join("\n")}\n`,
    ];
    fc.assert(
      fc.property(texts, fc.constantFrom(...styles), (parts, style) => {
        const source = `key: ${style(`k${parts.join("")}k`)}`;
        const { documents, faults } = parseYaml(source);
        const [document] = documents;
        const value = (document?.value as { key?: unknown } | undefined)?.key;
        if (faults.length > 0 || !document || typeof value !== "string") return;
        const inside = readEmbeddedScalar(source, document.span(["key"], "value"), value);
        for (const { index, 0: letter } of value.matchAll(/[^\s'"\\]/gu))
          expect(source.startsWith(letter, inside.at(index))).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});
