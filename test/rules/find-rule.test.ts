import { describe, expect, it } from "vitest";
import { getBuiltinRules } from "../../src/rules/builtin.ts";
import { RuleSet } from "../../src/rules/index.ts";

const [first, second] = getBuiltinRules().rules;

/** A set with one rule at hand and one that is deferred, and how often that was loaded. */
function createDeferring() {
  const loads = { count: 0 };
  const load = () => {
    loads.count++;
    return { rules: [second!], permissions: [] };
  };
  return { loads, rules: new RuleSet([first!], [], [{ operations: new Set(), load }]) };
}

describe("a rule is found by its id", () => {
  it("without loading deferred rules, if it is at hand", () => {
    const { loads, rules } = createDeferring();
    expect(rules.find(first!.id)).toBe(first);
    expect(loads.count).toBe(0);
  });

  it("among deferred rules, which are loaded once", () => {
    const { loads, rules } = createDeferring();
    expect(rules.find(second!.id)).toBe(second);
    expect(rules.find("own/unknown")).toBeUndefined();
    expect(loads.count).toBe(1);
  });
});
