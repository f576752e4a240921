import { describe, expect, it } from "vitest";
import { runs } from "../support/scale.ts";
import { OPERATORS, runCase } from "./hole-cases.ts";

describe("what an operator decides about texts with holes", () => {
  it.each(Object.keys(OPERATORS))("holds for every filling: %s", (operator) => {
    const cases = Array.from({ length: runs(1500, 40) }, (_, seed) => runCase(operator, seed, 40));
    expect(cases.find(({ counterexample }) => counterexample !== undefined)).toBeUndefined();
    expect(cases.filter(({ partial }) => partial.kind === "value").length).toBeGreaterThan(0);
    expect(cases.filter(({ partial }) => partial.kind === "failed")).toEqual([]);
  });
});
