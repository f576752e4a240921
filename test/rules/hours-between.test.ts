import { describe, expect, it } from "vitest";
import { createInput, evaluateAssertion } from "./toy-service.ts";

const evaluate = (assert: string) => evaluateAssertion(assert, createInput({}));

describe("hoursBetween", () => {
  it.each([
    ["2026-11-28T12:00:00Z", 24],
    ["2026-11-29T13:30:00+01:00", -0.5],
    ["2026-11-29 11:00:00", 1],
    [1795953600, 0],
    [1795950000.5, 0.99986],
    ["1795950000", 1],
  ])("counts from %s, in every notation of the AWS CLI", (time, hours) => {
    const name = JSON.stringify(String(time));
    const from = typeof time === "number" ? String(time) : name;
    expect(
      evaluate(`hoursBetween(${from}, timestamp('2026-11-29T12:00:00Z')) < ${(hours + 0.0001).toFixed(6)}`),
    ).toBe("pass");
    expect(
      evaluate(`hoursBetween(${from}, timestamp('2026-11-29T12:00:00Z')) > ${(hours - 0.0001).toFixed(6)}`),
    ).toBe("pass");
  });

  it.each(["soon", "", "2026-13-45"])("is neither more nor less where %j is no time", (time) => {
    expect(evaluate(`hoursBetween(${JSON.stringify(time)}, timestamp('2026-11-29T12:00:00Z')) <= 24`)).toBe(
      "fail",
    );
    expect(evaluate(`hoursBetween(${JSON.stringify(time)}, timestamp('2026-11-29T12:00:00Z')) > 24`)).toBe(
      "fail",
    );
  });
});
