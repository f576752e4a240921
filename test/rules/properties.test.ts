import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEmbeddedScalar } from "../../src/documents/embedded.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { MAX_STEPS } from "../../src/rules/limits.ts";
import { createUnknownFailure, DataMap, type Result, toCelValue } from "../../src/rules/runtime/index.ts";
import { runs } from "../support/scale.ts";
import { CONTEXT, condition, FILLING, hidden } from "./random-expressions.ts";

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
      { numRuns: runs(1000) },
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
