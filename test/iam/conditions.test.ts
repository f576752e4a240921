import { describe, expect, it } from "vitest";
import { evaluateCondition, isComparable } from "../../src/iam/conditions/evaluate.ts";
import { BASE_OPERATORS, parseOperator } from "../../src/iam/conditions/operators.ts";
import type { KeyState } from "../../src/iam/evaluation/decision.ts";
import { createCondition, evaluateOnKey, formatResult, keyValuesFrom } from "./conditions-support.ts";

type Row = [operator: string, values: string | string[], state: KeyState, wanted: string];

const check = (rows: readonly Row[]) => {
  for (const [operator, values, state, wanted] of rows)
    expect([operator, values, state, evaluateOnKey(operator, values, state)]).toEqual([
      operator,
      values,
      state,
      wanted,
    ]);
};

const U = "unknown: k";

describe("condition operators", () => {
  it("are recognized by their exact names only", () => {
    expect(parseOperator("StringLike")).toEqual({ base: "StringLike", ifExists: false });
    expect(parseOperator("ForAnyValue:ArnNotLikeIfExists")).toEqual({
      base: "ArnNotLike",
      quantifier: "ForAnyValue",
      ifExists: true,
    });
    for (const name of [
      "stringLike",
      "StringLikeifExists",
      "forAnyValue:StringLike",
      "ForAnyValue:",
      "ForSomeValues:StringLike",
      "ForAllValues:ForAnyValue:StringLike",
      "StringLikeIfExistsIfExists",
      "NullIfExists",
      "ForAllValues:Null",
      "BinaryNotEquals",
      "IfExists",
      "",
      "constructor",
    ])
      expect([name, parseOperator(name)]).toEqual([name, undefined]);
  });

  it("give an unknown result when they aren't supported", () => {
    const condition = { ...createCondition("Bool", "k", "true"), base: "Other" };
    for (const state of [["true"], "absent", "unknown"] as const)
      expect(formatResult(evaluateCondition(condition, keyValuesFrom({ k: state }), true))).toBe(U);
  });
});

describe("string and ARN operators", () => {
  it("are case-sensitive unless they ignore case", () => {
    check([
      ["StringEquals", "Team", ["Team"], "met"],
      ["StringEquals", "Team", ["team"], "unmet"],
      ["StringLike", "T*", ["team"], "unmet"],
      ["StringEqualsIgnoreCase", "Team", ["tEAM"], "met"],
      ["StringNotEqualsIgnoreCase", "Team", ["tEAM"], "unmet"],
      ["StringEqualsIgnoreCase", "Team", ["teams"], "unmet"],
      ["StringEqualsIgnoreCase", "ÄB", ["äb"], U],
      ["StringEqualsIgnoreCase", "ÄB", ["Äb"], "met"],
      ["StringEqualsIgnoreCase", "straße", ["STRASSE"], U],
      ["StringEqualsIgnoreCase", "\u212a", ["k"], U],
    ]);
  });

  it("match one of several values; negated, none of them", () => {
    check([
      ["StringEquals", ["a", "b"], ["b"], "met"],
      ["StringEquals", ["a", "b"], ["c"], "unmet"],
      ["StringNotEquals", ["a", "b"], ["b"], "unmet"],
      ["StringNotEquals", ["a", "b"], ["c"], "met"],
      ["StringEquals", [], ["c"], "unmet"],
    ]);
  });

  it("have wildcards in StringLike only", () => {
    check([
      ["StringEquals", "a*", ["ab"], "unmet"],
      ["StringEquals", "a*", ["a*"], "met"],
      ["StringEqualsIgnoreCase", "a*", ["ab"], "unmet"],
      ["StringNotEquals", "a*", ["ab"], "met"],
      ["StringLike", "a*", ["a:b/c"], "met"],
      ["StringLike", "a?c", ["abc"], "met"],
      ["StringLike", "a.c", ["abc"], "unmet"],
      ["StringNotLike", "a*", ["ab"], "unmet"],
    ]);
  });

  it("compare ARNs field by field, in ArnEquals as in ArnLike", () => {
    const guide = "arn:aws:someservice:*:111122223333:finance/*";
    const value = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
    check([
      ["StringLike", guide, [value], "met"],
      ["ArnLike", guide, [value], "unmet"],
      ["ArnNotLike", guide, [value], "met"],
      ["ArnEquals", "arn:aws:s3:::b*", ["arn:aws:s3:::bucket"], "met"],
      ["ArnNotEquals", "arn:aws:s3:::b*", ["arn:aws:s3:::bucket"], "unmet"],
      ["ArnLike", "arn:aws:lambda:*:1:function:*", ["arn:aws:lambda:eu:1:function:f:2"], "met"],
      ["ArnLike", "arn:aws:s3:::B", ["arn:aws:s3:::b"], "unmet"],
    ]);
  });

  it("are unknown for matches of incomplete ARNs", () => {
    check([
      ["ArnLike", "*", ["arn:aws:s3:::b"], U],
      ["ArnLike", "arn:aws:s3*", ["arn:aws:s3:::b"], U],
      ["ArnLike", "arn:aws:s3*", ["arn:aws:sns:::b"], "unmet"],
      ["ArnLike", "foo", ["foo"], U],
      ["ArnLike", "arn:aws:s3:::b", ["foo"], "unmet"],
      ["ArnNotLike", "arn:aws:s3:::b", ["foo"], U],
    ]);
  });
});

describe("absent keys", () => {
  it("meet negated operators and IfExists, but no positive operator", () => {
    check([
      ["StringEquals", "a", "absent", "unmet"],
      ["StringNotEquals", "a", "absent", "met"],
      ["StringEqualsIfExists", "a", "absent", "met"],
      ["StringEqualsIfExists", "a", ["b"], "unmet"],
      ["BoolIfExists", "false", "absent", "met"],
      ["Bool", "false", "absent", "unmet"],
      ["NotIpAddress", "10.0.0.0/8", "absent", "met"],
      ["NumericGreaterThan", "1", "absent", "unmet"],
    ]);
  });

  it("are tested by Null", () => {
    check([
      ["Null", "true", "absent", "met"],
      ["Null", "false", "absent", "unmet"],
      ["Null", "True", "absent", "met"],
      ["Null", "true", [], "met"],
      ["Null", "false", ["a"], "met"],
      ["Null", "true", ["a", "b"], "unmet"],
      ["Null", "true", { like: "a*" }, "unmet"],
      ["Null", "false", { like: "a*" }, "met"],
      ["Null", "false", { like: "*" }, U],
      ["Null", "false", [""], U],
      ["Null", "false", "unknown", U],
      ["Null", ["true", "false"], "unknown", "met"],
      ["Null", "maybe", "unknown", "unmet"],
    ]);
  });

  it("meet ForAllValues, but not ForAnyValue", () => {
    check([
      ["ForAllValues:StringEquals", "a", "absent", "met"],
      ["ForAllValues:StringEquals", "a", [], "met"],
      ["ForAnyValue:StringEquals", "a", "absent", "unmet"],
      ["ForAnyValue:StringNotEquals", "a", "absent", "unmet"],
      ["ForAnyValue:StringEqualsIfExists", "a", "absent", U],
    ]);
  });
});

describe("multivalued keys", () => {
  it("are compared by quantifiers", () => {
    check([
      ["ForAllValues:StringEquals", ["a", "b"], ["a", "b", "a"], "met"],
      ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], "unmet"],
      ["ForAllValues:StringNotLike", "key1*", ["key1:hr", "key2"], "unmet"],
      ["ForAllValues:StringNotLike", "key1*", ["key2:audit"], "met"],
      ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], "met"],
      ["ForAnyValue:StringEquals", ["a", "b"], ["c", "d"], "unmet"],
      ["ForAnyValue:StringNotEquals", "a", ["a", "b"], "met"],
      ["ForAnyValue:StringNotEquals", "a", ["a", "a"], "unmet"],
      ["ForAnyValue:NumericLessThan", "5", ["9", "4"], "met"],
    ]);
  });

  it("give an unknown result under plain operators", () => {
    check([
      ["StringEquals", "a", ["a", "b"], U],
      ["StringEquals", "a", ["b", "c"], U],
      ["StringNotEqualsIfExists", "a", ["b", "c"], U],
    ]);
  });

  it("may give an unknown result when the only value is empty", () => {
    check([
      ["ForAllValues:StringEquals", "a", [""], U],
      ["ForAllValues:StringLike", "*", [""], "met"],
      ["ForAnyValue:StringLike", "*", [""], U],
      ["ForAnyValue:StringEquals", "a", [""], "unmet"],
      ["StringEquals", "", [""], "met"],
      ["StringLike", ["", "home/"], [""], "met"],
    ]);
  });
});

describe("variables in conditions", () => {
  it("are replaced by the values of their keys", () => {
    const others = { "aws:username": ["ann"], "aws:PrincipalTag/team": ["a*"] };
    expect(evaluateOnKey("StringLike", "home/${aws:username}/*", ["home/ann/x"], others)).toBe("met");
    expect(evaluateOnKey("StringEquals", "${AWS:UserName}", ["ann"], others)).toBe("met");
    expect(evaluateOnKey("StringEqualsIgnoreCase", "${aws:username}", ["ANN"], others)).toBe("met");
    expect(evaluateOnKey("StringLike", "${aws:PrincipalTag/team}", ["ab"], others)).toBe("unmet");
    expect(evaluateOnKey("StringLike", "${aws:PrincipalTag/team}", ["a*"], others)).toBe("met");
    expect(evaluateOnKey("StringLike", "a${*}b", ["axxb"])).toBe("unmet");
    expect(evaluateOnKey("StringLike", "a${*}b", ["a*b"])).toBe("met");
    expect(evaluateOnKey("StringEquals", "${aws:x, 'none'}", ["none"])).toBe("met");
    expect(
      evaluateOnKey("ArnLike", "arn:aws:iam::*:user/${aws:username}", ["arn:aws:iam::1:user/ann"], others),
    ).toBe("met");
  });

  it("are literal in policies of version 2008-10-17", () => {
    const condition = createCondition("StringEquals", "k", "${aws:username}");
    const keys = keyValuesFrom({ k: ["ann"], "aws:username": ["ann"] });
    expect(evaluateCondition(condition, keys, false)).toBe("unmet");
    expect(evaluateCondition(condition, keyValuesFrom({ k: ["${aws:username}"] }), false)).toBe("met");
  });

  it("match nothing without a value, and make a result unknown that would be met", () => {
    expect(evaluateOnKey("StringEquals", "${aws:username}", ["ann"])).toBe("unmet");
    expect(evaluateOnKey("StringEquals", ["ann", "${aws:username}"], ["ann"])).toBe("unknown: aws:username");
    expect(evaluateOnKey("StringNotEquals", "${aws:username}", ["ann"])).toBe("unknown: aws:username");
    expect(evaluateOnKey("StringNotEquals", ["ann", "${aws:username}"], ["ann"])).toBe("unmet");
    expect(evaluateOnKey("StringEqualsIfExists", "${aws:username}", "absent")).toBe("met");
    expect(evaluateOnKey("StringEquals", "${aws:username}", "absent")).toBe("unmet");
  });

  it("are named when their values are unknown", () => {
    const others = { "aws:userid": "unknown", "aws:SourceArn": { like: "arn:*" } } as const;
    expect(evaluateOnKey("StringEquals", "${aws:userid}", ["x"], others)).toBe("unknown: aws:userid");
    expect(evaluateOnKey("StringEquals", "${aws:userid}", "unknown", others)).toBe("unknown: k, aws:userid");
    expect(evaluateOnKey("StringEquals", "${aws:SourceArn}", ["x"], others)).toBe("unmet");
    expect(evaluateOnKey("StringEquals", "${aws:SourceArn}", ["arn:x"], others)).toBe(
      "unknown: aws:SourceArn",
    );
    expect(evaluateOnKey("StringNotLike", "${aws:SourceArn}*", { like: "x*" }, others)).toBe(
      "unknown: k, aws:SourceArn",
    );
  });

  it("aren't expanded in numbers and addresses, and are unknown in Bool", () => {
    const others = { n: ["5"], a: ["10.0.0.1"] };
    expect(evaluateOnKey("NumericEquals", "${n}", ["5"], others)).toBe("unmet");
    expect(evaluateOnKey("IpAddress", "${a}", ["10.0.0.1"], others)).toBe("unmet");
    expect(evaluateOnKey("Bool", "${n}", ["true"], others)).toBe(U);
  });
});

describe("Bool and BinaryEquals", () => {
  it("accept true and false in any case", () => {
    check([
      ["Bool", "True", ["true"], "met"],
      ["Bool", "true", ["FALSE"], "unmet"],
      ["Bool", "yes", ["true"], "unmet"],
      ["Bool", ["true", "false"], ["1"], "unmet"],
    ]);
  });

  it("compare decoded bytes", () => {
    check([
      ["BinaryEquals", "QmluYXJ5", ["QmluYXJ5"], "met"],
      ["BinaryEquals", "QmluYXJ5", ["QmluYXJ6"], "unmet"],
      ["BinaryEquals", "QQ==", ["QQ"], U],
      ["BinaryEquals", "no base64!", ["no base64!"], "unmet"],
    ]);
  });
});

describe("policy values of a condition", () => {
  it("are recognized as comparable or malformed", () => {
    expect(["5", "0x10", "five"].map((value) => isComparable("NumericEquals", value))).toEqual([
      true,
      true,
      false,
    ]);
    expect(["10.0.0.0/8", "10.0.0.*"].map((value) => isComparable("NotIpAddress", value))).toEqual([
      true,
      false,
    ]);
    expect(["True", "1"].map((value) => isComparable("Null", value))).toEqual([true, false]);
    expect(isComparable("StringEquals", "anything")).toBe(true);
    for (const base of BASE_OPERATORS) expect(typeof isComparable(base, "")).toBe("boolean");
  });
});
