/** Policies that are designed to be expensive. Evaluation has to terminate, possibly with "unknown". */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/iam/index.ts";
import { size } from "../support/scale.ts";
import { identity } from "./cases/row.ts";
import * as p from "./policies.ts";
import { allow, deny } from "./policies.ts";

const BUCKET = "arn:aws:s3:::reports/";
const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));
const asked = (statements: p.Parts[]) =>
  simulate(identity(statements, { resource: p.OBJECTS, missingKeys: "unknown" }));

describe("simulate() on adversarial policies", () => {
  it.each([
    ["many stars", [allow({ Resource: BUCKET + "*a".repeat(size(10_000)) })]],
    ["many question marks", [allow({ Resource: `${BUCKET}*${"?".repeat(size(20_000))}` })]],
    ["letters in any order", times(26, (i) => allow({ Resource: `${BUCKET}*${(i + 10).toString(36)}*` }))],
    ["many patterns", times(size(1000), (i) => allow({ Resource: `${BUCKET}*p${i}*` }))],
    [
      "many Denies that may span fields",
      [allow(), ...times(size(1000), (i) => deny({ Resource: `arn:*:*:reports/x${i}/*` }))],
    ],
    ["unclosed variables", [allow({ Resource: BUCKET + "${".repeat(size(300_000)) })]],
    ["nested variables", [allow({ Resource: `${BUCKET}${"${".repeat(size(300_000))}}` })]],
    ["many variables", [allow({ Resource: BUCKET + "${aws:PrincipalTag/x}".repeat(5000) })]],
    [
      "conditions on a key with a known pattern",
      times(300, (i) =>
        allow({ Condition: { StringLike: { "aws:userid": times(20, (j) => `*${i}*${j}*:*`) } } }),
      ),
    ],
  ] as const)(
    "terminates without allowing the request: %s",
    (_, statements) => {
      expect(asked([...statements]).decision).not.toBe("allowed");
    },
    20_000,
  );

  it("reports the exact grant of hundreds of patterns", () => {
    const { partial, covered, uncovered } = asked(times(300, (i) => allow({ Resource: `${BUCKET}p${i}/*` })));
    expect({ partial, covered: covered.length, uncovered }).toEqual({
      partial: true,
      covered: 300,
      uncovered: `${BUCKET}x`,
    });
  }, 20_000);
});
