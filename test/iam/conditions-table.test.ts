import { describe, expect, it } from "vitest";
import { BASE_OPERATORS, type BaseOperator } from "../../src/iam/conditions/operators.ts";
import type { KeyState } from "../../src/iam/evaluation/decision.ts";
import { evaluateOnKey } from "./conditions-support.ts";

/** Policy values of an operator, with a request value that they match and one that they don't. */
interface Sample {
  values: readonly string[];
  matched: string;
  unmatched: string;
}

const text = { values: ["red", "blue"], matched: "blue", unmatched: "green" };
const arn = {
  values: ["arn:aws:s3:::a*", "arn:aws:s3:::b"],
  matched: "arn:aws:s3:::b",
  unmatched: "arn:aws:s3:::c",
};
const date = { values: ["2020-01-01T00:00:00Z"], matched: "2020-01-01T00:00:00Z", unmatched: "1500000000" };
const address = { values: ["10.0.0.0/8", "2001:db8::/32"], matched: "10.1.1.1", unmatched: "2001:db9::1" };

const SAMPLES: Record<Exclude<BaseOperator, "Null">, Sample> = {
  StringEquals: text,
  StringNotEquals: text,
  StringEqualsIgnoreCase: { ...text, matched: "Blue" },
  StringNotEqualsIgnoreCase: { ...text, matched: "Blue" },
  StringLike: { ...text, values: ["r?d", "bl*"] },
  StringNotLike: { ...text, values: ["r?d", "bl*"] },
  NumericEquals: { values: ["5", "6"], matched: "6.0", unmatched: "7" },
  NumericNotEquals: { values: ["5", "6"], matched: "6.0", unmatched: "7" },
  NumericLessThan: { values: ["5", "6"], matched: "5.5", unmatched: "6" },
  NumericLessThanEquals: { values: ["5", "6"], matched: "6", unmatched: "7" },
  NumericGreaterThan: { values: ["5", "6"], matched: "6", unmatched: "5" },
  NumericGreaterThanEquals: { values: ["5", "6"], matched: "5", unmatched: "4" },
  DateEquals: date,
  DateNotEquals: date,
  DateLessThan: { ...date, matched: "1500000000", unmatched: "1600000000" },
  DateLessThanEquals: { ...date, unmatched: "1600000000" },
  DateGreaterThan: { ...date, matched: "1600000000" },
  DateGreaterThanEquals: date,
  Bool: { values: ["true"], matched: "TRUE", unmatched: "false" },
  BinaryEquals: { values: ["QUJD", "QUJE"], matched: "QUJE", unmatched: "QUJF" },
  IpAddress: address,
  NotIpAddress: address,
  ArnEquals: arn,
  ArnLike: arn,
  ArnNotEquals: arn,
  ArnNotLike: arn,
};

const isNegated = (base: BaseOperator) => base.includes("Not");

const U = "unknown: k";
const [M, N] = ["met", "unmet"];

/** By quantifier and suffix, for positive and negated operators: the result for each state of the key. */
const EXPECTED: Record<string, { positive: string[]; negated: string[] }> = {
  //                    matched unmatched absent, empty, both, matched twice, unknown
  "": { positive: [M, N, N, N, U, U, U], negated: [N, M, M, M, U, U, U] },
  IfExists: { positive: [M, N, M, M, U, U, U], negated: [N, M, M, M, U, U, U] },
  "ForAllValues:": { positive: [M, N, M, M, N, M, U], negated: [N, M, M, M, N, N, U] },
  "ForAnyValue:": { positive: [M, N, N, N, M, M, U], negated: [N, M, N, N, M, N, U] },
  "ForAllValues:IfExists": { positive: [M, N, M, M, N, M, U], negated: [N, M, M, M, N, N, U] },
  "ForAnyValue:IfExists": { positive: [M, N, U, U, M, M, U], negated: [N, M, U, U, M, N, U] },
};

const named = (form: string, base: string) => {
  const [prefix, suffix] = form.includes(":")
    ? [form.replace("IfExists", ""), form.split(":")[1]]
    : ["", form];
  return `${prefix}${base}${suffix}`;
};

const bases = BASE_OPERATORS.filter((base): base is Exclude<BaseOperator, "Null"> => base !== "Null");

describe.each(Object.keys(EXPECTED))("condition operator form `%s`", (form) => {
  it.each(bases)("gives the documented result of %s for each state of the key", (base) => {
    const { values, matched, unmatched } = SAMPLES[base];
    const states: KeyState[] = [
      [matched],
      [unmatched],
      "absent",
      [],
      [matched, unmatched],
      [matched, matched],
      "unknown",
    ];
    const wanted = EXPECTED[form]![isNegated(base) ? "negated" : "positive"];
    const operator = named(form, base);
    expect(states.map((state) => evaluateOnKey(operator, values, state))).toEqual(wanted);
    // A single policy value suffices if it is the one that matches.
    const one = values
      .filter((value) => evaluateOnKey(base, value, [matched]) === (isNegated(base) ? N : M))
      .slice(0, 1);
    expect(one).toHaveLength(1);
    expect(states.map((state) => evaluateOnKey(operator, one, state))).toEqual(wanted);
  });

  it.each(bases)("evaluates %s when only a pattern of the value is known", (base) => {
    const { values, matched, unmatched } = SAMPLES[base];
    const operator = named(form, base);
    const [met, unmet] = isNegated(base) ? [N, M] : [M, N];
    expect(evaluateOnKey(operator, values, { like: matched })).toBe(met);
    expect(evaluateOnKey(operator, values, { like: unmatched })).toBe(unmet);
    expect(evaluateOnKey(operator, values, { like: `${matched.slice(0, 1)}*` })).toBe(U);
    // Only string and ARN operators can exclude a match with a pattern.
    const isText = /^(?:String|Arn)/.test(base);
    expect(evaluateOnKey(operator, values, { like: `${unmatched}*` })).toBe(isText ? unmet : U);
  });
});

describe("a key of which only a pattern is known", () => {
  it("is compared with the union of the policy's values", () => {
    expect(evaluateOnKey("StringLike", ["ab*", "a?"], { like: "ab*" })).toBe("met");
    expect(evaluateOnKey("StringLike", ["a", "a?*"], { like: "a*" })).toBe("met");
    expect(evaluateOnKey("StringNotLike", ["a", "a?*"], { like: "a*" })).toBe("unmet");
    expect(evaluateOnKey("StringEqualsIgnoreCase", ["AB"], { like: "b*" })).toBe("unmet");
    expect(evaluateOnKey("StringLike", ["*"], { like: "?*" })).toBe("met");
    expect(
      evaluateOnKey("ArnLike", ["arn:aws:storagegateway:*:1:gateway/*"], {
        like: "arn:aws:storagegateway:eu:1:gateway/*",
      }),
    ).toBe("met");
    expect(
      evaluateOnKey("ArnLike", ["arn:aws:storagegateway:*:1:share/*"], {
        like: "arn:aws:storagegateway:eu:1:gateway/*",
      }),
    ).toBe("unmet");
    expect(evaluateOnKey("ArnNotLike", ["arn:aws:s3:::b"], { like: "arn:aws:s3:::c*" })).toBe("met");
    expect(evaluateOnKey("ArnNotLike", ["arn:aws:s3:::b"], { like: "c*" })).toBe(U);
  });
});

describe("a key of which nothing is known", () => {
  it("decides a condition that gives the same result for every value and for none", () => {
    expect(evaluateOnKey("StringLikeIfExists", "*", "unknown")).toBe("met");
    expect(evaluateOnKey("StringLike", "*", "unknown")).toBe(U);
    expect(evaluateOnKey("ForAllValues:StringLike", "*", "unknown")).toBe("met");
    expect(evaluateOnKey("ForAnyValue:StringNotLike", "*", "unknown")).toBe("unmet");
    expect(evaluateOnKey("NumericEquals", "five", "unknown")).toBe("unmet");
    expect(evaluateOnKey("NumericEqualsIfExists", "five", "unknown")).toBe(U);
    expect(evaluateOnKey("ForAnyValue:IpAddress", "10.0.0.*", "unknown")).toBe("unmet");
    expect(evaluateOnKey("StringEquals", [], "unknown")).toBe("unmet");
    expect(evaluateOnKey("StringNotEquals", [], "unknown")).toBe("met");
  });
});
