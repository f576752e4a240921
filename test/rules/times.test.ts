import { describe, expect, it, test } from "vitest";
import { createProgram, parseExpression } from "../../src/rules/cel/index.ts";
import { createTimestamp, formatCelValue } from "../../src/rules/runtime/index.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

function evaluate(expression: string): { value: string; steps: number } {
  const budget = { left: 1000 };
  const result = createProgram(parseExpression(expression))({ now: createTimestamp(NOW) }, budget);
  const value = result.kind === "value" ? formatCelValue(result.value) : result.kind;
  return { value, steps: 1000 - budget.left };
}

describe("times in expressions", () => {
  test.each([
    ["timestamp('2026-01-01T00:00:00Z') + duration('1h') < timestamp('2025-01-01T00:00:00Z')", "false"],
    ["timestamp('2026-01-01T00:00:00+01:00') == timestamp('2025-12-31T23:00:00Z')", "true"],
    ["timestamp('2026-01-01T00:00:00Z') != timestamp('2025-12-31T23:00:00Z')", "true"],
    ["now", "2026-06-01T12:00:00Z"],
    ["now - duration('24h')", "2026-05-31T12:00:00Z"],
    ["now - timestamp('2026-06-01T11:30:00Z')", "1800s"],
    ["now - timestamp('2026-06-01T11:30:00Z') > duration('15m')", "true"],
    ["duration('1h') == duration('60m')", "true"],
    ["now.getFullYear() == 2026 && now.getMonth() == 5 && now.getDayOfWeek() == 1", "true"],
    ["now.getHours('Europe/Berlin')", "14"],
    ["duration('90m').getMinutes()", "90"],
    ["string(now)", "2026-06-01T12:00:00Z"],
    ["int(now)", "1780315200"],
    ["[now].exists(time, time == now)", "true"],
    ["now in [now]", "true"],
    ["{'a': now}.a == now", "true"],
    ["timestamp('tomorrow')", "failed"],
  ])("%s is %s", (expression, value) => expect(evaluate(expression).value).toBe(value));

  it("cost what a scalar costs", () => {
    expect(evaluate("now == now").steps).toBe(evaluate("1 == 1").steps);
    expect(evaluate("now > now - duration('1h')").steps).toBeLessThan(5);
    expect(evaluate("[now, now, now].all(time, time <= now)").steps).toBeLessThan(10);
  });
});
