/** Cases that IAM policy evaluators commonly get wrong, each with variants. Source: the IAM user guide. */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/iam/index.ts";
import { CONDITIONS, IP } from "./cases/conditions.ts";
import { LAYERS } from "./cases/layers.ts";
import { PATTERNS, ROLES_AND_KEYS } from "./cases/roles-and-keys.ts";
import { identity, VERDICTS, when } from "./cases/row.ts";
import { RESOURCES, STATEMENTS } from "./cases/statements.ts";
import * as p from "./policies.ts";
import { allow } from "./policies.ts";

describe.each([
  ["statements", STATEMENTS],
  ["resources", RESOURCES],
  ["conditions", CONDITIONS],
  ["layers", LAYERS],
  ["roles and keys", ROLES_AND_KEYS],
  ["patterns", PATTERNS],
] as const)("simulate() on %s", (_, rows) => {
  const cases = rows.map(([name, letter, input]) => [VERDICTS[letter], name, input] as const);

  it.each(cases)("returns %s in case %s", (verdict, _name, input) => {
    const result = simulate(input);
    expect({
      decision: result.decision,
      faults: result.faults.filter(({ severity }) => severity === "error"),
    }).toEqual({
      decision: verdict,
      faults: [],
    });
  });
});

it("the numbered cases are complete", () => {
  const rows = [...STATEMENTS, ...RESOURCES, ...CONDITIONS, ...LAYERS, ...ROLES_AND_KEYS, ...PATTERNS];
  const numbers = new Set(rows.map(([name]) => Number.parseInt(name, 10)));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 54 }, (_, index) => index + 1));
});

describe("simulate()", () => {
  it("names the missing condition key", () => {
    const result = simulate(when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { missingKeys: "unknown" }));
    expect(result.missing).toEqual([IP]);
    expect(result.decidedBy).toMatchObject([{ outcome: "unknown", because: { part: "condition", key: IP } }]);
  });

  it("names the granted part of a pattern", () => {
    const input = identity([allow({ Resource: "arn:aws:s3:::reports/p/*" })], { resource: p.OBJECTS });
    const result = simulate(input);
    expect(result).toMatchObject({ partial: true, covered: ["arn:aws:s3:::reports/p/*"] });
    expect(simulate({ ...input, resource: result.uncovered! }).decision).toBe("implicitDeny");
  });
});
