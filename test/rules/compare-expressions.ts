import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import { CelSyntaxError, createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { MAX_STEPS } from "../../src/rules/limits.ts";
import type { Program } from "../../src/rules/runtime/index.ts";
import { createUnknownFailure, DataMap, toCelValue } from "../../src/rules/runtime/index.ts";
import { compileExpressions } from "./compile-rules.ts";
import { CONTEXT, condition, FILLING, hidden, LISTS, TERMS } from "./random-expressions.ts";

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

/** Compares this many random expressions. */
export function compareExpressions(count: number): void {
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
    { numRuns: count },
  );
  expect([...kinds].sort()).toEqual(["failed", "unknown", "value"]);
}

/** Some are too deep, or loop too deep, for the parser. */
function parse(text: string) {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof CelSyntaxError) return undefined;
    throw error;
  }
}
