import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arnMatches, parseArnGlob } from "../../src/iam/match/arn.ts";
import { ANY, globMatches, matchesPattern, ONE, parseGlob } from "../../src/iam/match/glob.ts";
import { runs } from "../support/scale.ts";

describe("glob pattern", () => {
  it("matches any characters with * and one with ?", () => {
    const rows: [string, string, boolean][] = [
      ["", "", true],
      ["", "a", false],
      ["*", "", true],
      ["*", "a:b/c", true],
      ["?", "", false],
      ["?", "a", true],
      ["?", "ab", false],
      ["a*b*c", "a-b-b-c", true],
      ["a*b*c", "a-b-b-cd", false],
      ["*ab", "aab", true],
      ["*a?", "aab", true],
      ["a*", "b", false],
      ["**", "x", true],
      ["a**b", "ab", true],
    ];
    for (const [pattern, text, wanted] of rows)
      expect([pattern, text, globMatches(parseGlob(pattern), text)]).toEqual([pattern, text, wanted]);
  });

  it("treats all other characters literally, including the dot", () => {
    expect(matchesPattern("t2.*", "t2.micro")).toBe(true);
    expect(matchesPattern("t2.*", "t2xmicro")).toBe(false);
    for (const text of ["[a]", "a|b", "^a$", "(a)+", "\\d", "{a,b}", "a{2}"]) {
      expect(matchesPattern(text, text)).toBe(true);
      expect(matchesPattern(`${text}*`, text)).toBe(true);
      expect(matchesPattern(`${text}*`, "a")).toBe(false);
    }
  });

  it("has no wildcards in a literal part", () => {
    expect(globMatches(["a*b"], "axb")).toBe(false);
    expect(globMatches(["a*b"], "a*b")).toBe(true);
    expect(globMatches(["a", ANY, "?", ONE], "a--?-")).toBe(true);
    expect(globMatches(["a", ANY, "?", ONE], "a----")).toBe(false);
  });

  it("counts a surrogate pair as one character", () => {
    expect(matchesPattern("?", "😀")).toBe(true);
    expect(matchesPattern("??", "😀")).toBe(false);
    expect(matchesPattern("*?", "😀😀")).toBe(true);
  });

  it("ignores case only with ignoreCase", () => {
    expect(matchesPattern("S3:PUT*", "s3:PutObject", { ignoreCase: true })).toBe(true);
    expect(matchesPattern("S3:PUT*", "s3:PutObject")).toBe(false);
    expect(matchesPattern("S3:PutObject", "s3:putobject", { ignoreCase: true })).toBe(true);
    // The Kelvin sign, whose lower-case form is k.
    expect(matchesPattern("\u212ams:*", "kms:Decrypt", { ignoreCase: true })).toBe(false);
  });

  it("matches without exponential backtracking", () => {
    const text = "a".repeat(5000);
    expect(matchesPattern(`${"*a".repeat(500)}*b`, text)).toBe(false);
    expect(matchesPattern(`${"*?".repeat(500)}a`, text)).toBe(true);
  });

  it("agrees with a regular expression", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 7 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 7 });
    fc.assert(
      fc.property(pattern, text, (glob, subject) => {
        const source = glob.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
        expect(matchesPattern(glob, subject)).toBe(new RegExp(`^${source}$`, "s").test(subject));
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe("value of Resource", () => {
  const matches = (pattern: string, arn: string) => arnMatches(parseArnGlob(pattern), arn);

  it("matches strings other than ARNs only as *", () => {
    for (const text of ["*", "", "foo", "arn:aws:s3:::b"]) expect(matches("*", text)).toBe(true);
    for (const text of ["*", "", "foo", "a:b:c:d:e"]) expect(matches("*:*:*:*:*:*", text)).toBe(false);
    expect(matches("arn:*", "arn:aws")).toBe(false);
  });

  it("confines wildcards to their field, except in the last one", () => {
    const rows: [string, string, boolean][] = [
      ["arn:aws:s3:::b/*", "arn:aws:s3:::b/", true],
      ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y:z", true],
      ["arn:aws:s3:::b/*", "arn:aws:s3:::b", false],
      ["arn:aws:s3:::*/x", "arn:aws:s3:::a:b/c/x", true],
      ["arn:aws:s3:::?", "arn:aws:s3::::", true],
      ["arn:aws:iam::*:role/x", "arn:aws:iam::1:role/x", true],
      ["arn:aws:iam::*:role/x", "arn:aws:iam::1:a:role/x", false],
      ["arn:aws:sns:*:t", "arn:aws:sns:eu:1:t", false],
      ["arn:aws:iam:?:1:x", "arn:aws:iam:::1:x", false],
      ["arn:aws:lambda:*:*:function:*", "arn:aws:lambda:eu:1:function:f:1", true],
    ];
    for (const [pattern, arn, wanted] of rows)
      expect([pattern, arn, matches(pattern, arn)]).toEqual([pattern, arn, wanted]);
  });

  it("is case-sensitive", () => {
    expect(matches("arn:aws:s3:::Reports/*", "arn:aws:s3:::reports/a.csv")).toBe(false);
  });

  it("matches any value in the fields that it omits", () => {
    expect(matches("arn:aws:sqs", "arn:aws:sqs:eu-west-1:1:q")).toBe(true);
    expect(matches("arn:aws:s3:*", "arn:aws:s3:::b/x")).toBe(true);
    expect(matches("arn:aws:sqs", "arn:aws:sns:eu-west-1:1:q")).toBe(false);
  });

  it("has no wildcards in a substituted value", () => {
    const glob = parseArnGlob(["arn:aws:s3:::b/", "*", "/x"]);
    expect(arnMatches(glob, "arn:aws:s3:::b/y/x")).toBe(false);
    expect(arnMatches(glob, "arn:aws:s3:::b/*/x")).toBe(true);
  });
});
