import { describe, expect, it } from "vitest";
import { createInput, evaluateAssertion, formatRuleFile, loadToyRules } from "./toy-service.ts";

const NOW = "2026-11-29T12:00:00Z";
const evaluate = (assert: string, request: unknown = {}) =>
  evaluateAssertion(assert, createInput(request, { now: NOW }));

describe("times in rules", () => {
  it.each([
    "timestamp('2025-01-01T00:00:00Z') < timestamp('2026-01-01T00:00:00Z') + duration('1h')",
    "timestamp('2026-01-01T00:00:00Z') - timestamp('2025-12-31T00:00:00Z') == duration('24h')",
    "timestamp('2026-01-01T00:00:00Z') == timestamp('2026-01-01T01:00:00+01:00')",
    "timestamp('2026-01-01T00:00:00Z') != timestamp('2026-01-02T00:00:00Z')",
    "timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026",
    "string(timestamp('2026-01-01T00:00:00Z')) == '2026-01-01T00:00:00Z'",
    "duration('90m') > duration('1h') && !(duration('1s') >= duration('1m'))",
    "timestamp('2026-01-02T00:00:00Z') in [timestamp('2026-01-01T00:00:00Z'), timestamp('2026-01-02T00:00:00Z')]",
    "[duration('1h'), duration('2h')].exists(each, each > duration('90m'))",
    "timestamp(now) - duration('12h') == timestamp('2026-11-29T00:00:00Z')",
    "timestamp(now).getHours() == 12",
  ])("hold: %s", (assert) => {
    expect(evaluate(assert)).toBe("pass");
  });

  it("fail where the later is not before the earlier", () => {
    expect(evaluate("timestamp('2026-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00Z')")).toBe("fail");
  });

  it("are undecided where the text is no time", () => {
    expect(evaluate("timestamp(request.Name) < timestamp(now)", { Name: "soon" })).toBe("undecided");
  });

  it("are readable in messages", () => {
    const rules = loadToyRules(
      formatRuleFile(
        "assert: timestamp(now) < timestamp('2025-01-01T00:00:00Z')\nmessage: \"{{timestamp(now)}}, {{duration('90m')}}\"",
      ),
    );
    const [finding] = rules.evaluate(createInput({}, { now: NOW }));
    expect(finding?.message).toBe("2026-11-29T12:00:00.000Z, 5400s");
  });
});

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
    expect(evaluate(`hoursBetween(${from}, now) < ${(hours + 0.0001).toFixed(6)}`)).toBe("pass");
    expect(evaluate(`hoursBetween(${from}, now) > ${(hours - 0.0001).toFixed(6)}`)).toBe("pass");
  });

  it.each(["soon", "", "2026-13-45"])("is neither more nor less where %j is no time", (time) => {
    expect(evaluate(`hoursBetween(${JSON.stringify(time)}, now) <= 24`)).toBe("fail");
    expect(evaluate(`hoursBetween(${JSON.stringify(time)}, now) > 24`)).toBe("fail");
  });
});
