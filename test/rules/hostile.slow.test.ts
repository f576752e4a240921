import { describe, expect, it } from "vitest";
import { createInput, formatRuleFile, loadToyRules } from "./toy-service.ts";

describe("evaluation is limited", () => {
  it("by one budget for all requests of a run", () => {
    const rules = loadToyRules(
      formatRuleFile(
        "scope: changeset\nassert: \"requests.all(a, requests.all(b, a.request.Name != b.request.Name + '!'))\"\nexamples: { pass: [{ requests: [] }], fail: [{ requests: [] }] }",
      ),
    );
    // The examples exist only because they are required; they don't run here.
    const inputs = Array.from({ length: 1000 }, (_, index) => createInput({ Name: `n${index}` }));
    const findings = rules.evaluateChangeset(inputs);
    expect(findings).toHaveLength(1000);
    expect(findings.every(({ finding }) => finding.status === "undecided")).toBe(true);
  });
});
