import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SimulateInput, type SimulateReason, simulate } from "../../src/iam/index.ts";
import { runs } from "../support/scale.ts";
import { arbitraryInput, PATTERNS, RESOURCES_WITHOUT_WILDCARDS, statement } from "./arbitraries.ts";
import { allow, createSimulateInput, OBJECT, policy } from "./policies.ts";

/** Few enough that all are looked at one by one. */
const FEW = 20;

function describeResult(input: SimulateInput) {
  const toPlain = ({ policy: { index }, statement: place, ...reason }: SimulateReason) => ({
    ...reason,
    place: index * FEW + place,
  });
  const { decidedBy, considered, faults: _, ...result } = simulate(input);
  return { ...result, decidedBy: decidedBy.map(toPlain), considered: considered.map(toPlain) };
}

const LARGE = Array.from({ length: 100 }, (_, index) =>
  allow({ Sid: `Team${index}`, Resource: `arn:aws:s3:::team-${index}/*` }),
);

describe("a policy of many statements", () => {
  it.each([
    ["resources", RESOURCES_WITHOUT_WILDCARDS],
    ["patterns of resources", PATTERNS],
  ])("decides %s as policies with a part of the statements each", (_, resources) => {
    fc.assert(
      fc.property(
        arbitraryInput(resources),
        fc.array(statement(), { minLength: 40, maxLength: 90 }),
        (input, statements) => {
          const parts = Array.from({ length: Math.ceil(statements.length / FEW) }, (_, part) =>
            policy(...statements.slice(part * FEW, (part + 1) * FEW)),
          );
          const whole = { ...input, identityPolicies: [policy(...statements)] };
          expect(describeResult(whole)).toEqual(describeResult({ ...input, identityPolicies: parts }));
        },
      ),
      { numRuns: runs(300, 8) },
    );
  });

  it("says of all statements why they don't match, in order", () => {
    const input = createSimulateInput({ identityPolicies: [policy(...LARGE, allow())], resource: OBJECT });
    const { decision, decidedBy, considered } = simulate(input);
    expect(decision).toBe("allowed");
    expect(decidedBy.map(({ statement }) => statement)).toEqual([LARGE.length]);
    expect(considered.map(({ statement, outcome }) => [statement, outcome])).toEqual([
      ...LARGE.map((_, index) => [index, "unmatched"]),
      [LARGE.length, "matched"],
    ]);
    expect(considered[0]!.because).toEqual({ part: "resource" });
  });

  it("gives a result whose trace doesn't change with the input, and that can be copied", () => {
    const condition = { StringEquals: { "aws:PrincipalTag/team": "a" } };
    const context: Record<string, string> = { "aws:PrincipalTag/team": "b" };
    const statements = LARGE.map((each) => ({ ...each, Condition: condition }));
    const result = simulate(createSimulateInput({ identityPolicies: [policy(...statements)], context }));
    context["aws:PrincipalTag/team"] = "a";
    expect(result.considered[0]!.because).toMatchObject({ part: "condition", got: ["b"] });
    expect(structuredClone(result)).toEqual(JSON.parse(JSON.stringify(result)));
    expect(Object.freeze({ ...result }).considered).toHaveLength(LARGE.length);
  });

  it("is decided anew when one of its statements changes", () => {
    const document = policy(...LARGE, allow({ Resource: "arn:aws:s3:::other/*" }));
    const input = createSimulateInput({ identityPolicies: [document], resource: OBJECT });
    expect(simulate(input).decision).toBe("implicitDeny");
    document.Statement[50]!.Resource = "arn:aws:s3:::reports/*";
    expect(simulate(input).decision).toBe("allowed");
    document.Statement[50]!.Effect = "Deny";
    expect(simulate(input).decision).toBe("explicitDeny");
  });
});
