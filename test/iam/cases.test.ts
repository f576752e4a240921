/** Cases that evaluators of policies get wrong; each with its variants. Source: the IAM user guide. */
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
] as const)("cases: %s", (_, rows) => {
  it.each(rows)("%s: %s", (_name, verdict, input) => {
    const result = simulate(input);
    expect({
      decision: result.decision,
      faults: result.faults.filter(({ severity }) => severity === "error"),
    }).toEqual({
      decision: VERDICTS[verdict],
      faults: [],
    });
  });
});

it("covers every case", () => {
  const rows = [...STATEMENTS, ...RESOURCES, ...CONDITIONS, ...LAYERS, ...ROLES_AND_KEYS, ...PATTERNS];
  const numbers = new Set(rows.map(([name]) => Number.parseInt(name, 10)));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 54 }, (_, index) => index + 1));
});

describe("what the cases name", () => {
  it("names the key that is missing", () => {
    const result = simulate(when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { missingKeys: "unknown" }));
    expect(result.missing).toEqual([IP]);
    expect(result.decidedBy).toMatchObject([{ outcome: "unknown", because: { part: "condition", key: IP } }]);
  });

  it("says which part of a pattern is granted", () => {
    const input = identity([allow({ Resource: "arn:aws:s3:::reports/p/*" })], { resource: p.OBJECTS });
    const result = simulate(input);
    expect(result).toMatchObject({ partial: true, covered: ["arn:aws:s3:::reports/p/*"] });
    expect(simulate({ ...input, resource: result.uncovered! }).decision).toBe("implicitDeny");
  });
});
