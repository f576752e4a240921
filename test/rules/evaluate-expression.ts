import { createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { MAX_STEPS } from "../../src/rules/limits.ts";
import { createUnknownFailure, DataMap, type Result, toCelValue } from "../../src/rules/runtime/index.ts";

/** Evaluates an expression of a rule for a payload. */
export const evaluate = (
  text: string,
  request: unknown,
  context: Record<string, unknown> = {},
  parsed = parseExpression(text),
): Result =>
  createProgram(parsed)(
    {
      request: toCelValue(request),
      context: new DataMap(context, ""),
      caller: createUnknownFailure({ kind: "caller" }),
      justification: "",
      operation: "toy:BuildTower",
    },
    { left: MAX_STEPS },
  );
