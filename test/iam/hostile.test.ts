/** Policies that are made to take long: the answer may be "unknown", and it comes. */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/iam/index.ts";
import { identity } from "./cases/row.ts";
import * as p from "./policies.ts";
import { allow, deny } from "./policies.ts";

const BUCKET = "arn:aws:s3:::reports/";
const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));
const asked = (statements: p.Parts[]) =>
  simulate(identity(statements, { resource: p.OBJECTS, missingKeys: "unknown" }));

describe("policies that take long", () => {
  it.each([
    ["stars", [allow({ Resource: BUCKET + "*a".repeat(10_000) })]],
    ["question marks", [allow({ Resource: `${BUCKET}*${"?".repeat(20_000)}` })]],
    ["letters in any order", times(26, (i) => allow({ Resource: `${BUCKET}*${(i + 10).toString(36)}*` }))],
    ["a thousand patterns", times(1000, (i) => allow({ Resource: `${BUCKET}*p${i}*` }))],
    [
      "a thousand wide Denies",
      [allow(), ...times(1000, (i) => deny({ Resource: `arn:*:*:reports/x${i}/*` }))],
    ],
    ["unclosed variables", [allow({ Resource: BUCKET + "${".repeat(300_000) })]],
    ["variables in variables", [allow({ Resource: `${BUCKET}${"${".repeat(300_000)}}` })]],
    ["many variables", [allow({ Resource: BUCKET + "${aws:PrincipalTag/x}".repeat(5000) })]],
    [
      "conditions on what only a pattern is known of",
      times(300, (i) =>
        allow({ Condition: { StringLike: { "aws:userid": times(20, (j) => `*${i}*${j}*:*`) } } }),
      ),
    ],
  ] as const)(
    "are not allowed by mistake: %s",
    (_, statements) => {
      expect(asked([...statements]).decision).not.toBe("allowed");
    },
    20_000,
  );

  it("say exactly what is granted by hundreds of patterns", () => {
    const { partial, covered, uncovered } = asked(times(300, (i) => allow({ Resource: `${BUCKET}p${i}/*` })));
    expect({ partial, covered: covered.length, uncovered }).toEqual({
      partial: true,
      covered: 300,
      uncovered: `${BUCKET}x`,
    });
  }, 20_000);
});
