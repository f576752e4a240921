import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyState, KeyValues } from "../../src/iam/evaluation/decision.ts";
import { expandArnVariables, expandVariables } from "../../src/iam/evaluation/policy-variables.ts";
import { arnMatches } from "../../src/iam/match/arn.ts";
import { ANY, globMatches, ONE, parseGlob } from "../../src/iam/match/glob.ts";
import { runs } from "../support/scale.ts";

const keysOf = (states: Record<string, KeyState>): KeyValues => {
  const known = new Map(Object.entries(states).map(([key, state]) => [key.toLowerCase(), state]));
  return { get: (key) => known.get(key.toLowerCase()) ?? "absent" };
};

const keys = keysOf({
  "aws:username": ["ann"],
  "aws:PrincipalTag/team": ["a*b"],
  "aws:userid": "unknown",
  "aws:TagKeys": ["a", "b"],
  "aws:PrincipalTag/empty": [""],
  "aws:PrincipalTag/none": [],
  "aws:PrincipalTag/path": ["x:y"],
  "aws:SourceArn": { like: "arn:aws:s3:::b/*" },
  "aws:SourceAccount": { like: "123" },
});

describe("a policy variable", () => {
  it("is replaced by the value of its key, whatever the key's case", () => {
    expect(expandVariables("home/${aws:username}/*", keys)).toEqual({ glob: ["home/ann/", ANY] });
    expect(expandVariables("${AWS:UserName}", keys)).toEqual({ glob: ["ann"] });
    expect(expandVariables("${aws:username}-${aws:username}?", keys)).toEqual({ glob: ["ann-ann", ONE] });
  });

  it("has no wildcards in its value", () => {
    expect(expandVariables("${aws:PrincipalTag/team}", keys)).toEqual({ glob: ["a*b"] });
  });

  it("escapes *, ? and $", () => {
    expect(expandVariables("a${*}b${?}c${$}{x}", keys)).toEqual({ glob: ["a*b?c${x}"] });
  });

  it("uses its default only when the key is absent", () => {
    expect(expandVariables("${aws:FederatedProvider, 'x y'}", keys)).toEqual({ glob: ["x y"] });
    expect(expandVariables("${aws:PrincipalTag/none, 'x'}", keys)).toEqual({ glob: ["x"] });
    expect(expandVariables("${aws:username, 'x'}", keys)).toEqual({ glob: ["ann"] });
    expect(expandVariables("${aws:userid, 'x'}", keys)).toEqual({ missing: "aws:userid", state: "unknown" });
  });

  it("reports the missing key, preferring an absent one over an unknown one", () => {
    expect(expandVariables("${aws:FederatedProvider}", keys)).toEqual({
      missing: "aws:FederatedProvider",
      state: "absent",
    });
    expect(expandVariables("${aws:userid}", keys)).toEqual({ missing: "aws:userid", state: "unknown" });
    expect(expandVariables("${aws:userid}${aws:FederatedProvider}", keys)).toMatchObject({ state: "absent" });
  });

  it("is unresolved when its key has several values, or an empty one", () => {
    expect(expandVariables("${aws:TagKeys}", keys)).toEqual({ missing: "aws:TagKeys", state: "unknown" });
    expect(expandVariables("${aws:PrincipalTag/empty}", keys)).toMatchObject({ state: "unknown" });
    expect(expandVariables("${aws:PrincipalTag/none}", keys)).toMatchObject({ state: "absent" });
  });

  it("is unknown in undocumented spellings", () => {
    for (const text of [
      "${aws:username,'x'}",
      "${ aws:username }",
      "${aws:username, x}",
      '${aws:username, "x"}',
      "${}",
      "${aws:username, '*'}",
    ])
      expect([text, expandVariables(text, keys)]).toMatchObject([text, { state: "unknown" }]);
    expect(expandVariables("${}", keys)).toMatchObject({ missing: "${}" });
  });

  it("is literal when it is unclosed", () => {
    expect(expandVariables("a${aws:username", keys)).toEqual({ glob: ["a${aws:username"] });
    expect(expandVariables("a$b{c}", keys)).toEqual({ glob: ["a$b{c}"] });
  });

  it("bounds the text when only a pattern of its value is known", () => {
    expect(expandVariables("<${aws:SourceArn}>", keys)).toEqual({
      missing: "aws:SourceArn",
      state: "unknown",
      atMost: ["<arn:aws:s3:::b/", ANY, ">"],
    });
    expect(expandVariables("${aws:SourceAccount}", keys)).toEqual({ glob: ["123"] });
    expect(expandVariables("${aws:SourceArn}${aws:userid}", keys)).not.toHaveProperty("atMost");
  });

  it("leaves the wildcards of literal text alone", () => {
    expect(expandVariables("*${aws:username}?", keys, "literal")).toEqual({ glob: ["*ann?"] });
  });
});

describe("a policy variable in an ARN", () => {
  it("is expanded in the last field", () => {
    const expanded = expandArnVariables("arn:aws:s3:::b/${aws:username}/*", keys);
    if (!("glob" in expanded)) throw new Error("missing");
    expect(arnMatches(expanded.glob, "arn:aws:s3:::b/ann/x")).toBe(true);
    expect(arnMatches(expanded.glob, "arn:aws:s3:::b/bob/x")).toBe(false);
    expect(expandArnVariables("arn:aws:s3:::${aws:PrincipalTag/path}", keys)).toHaveProperty("glob");
  });

  it("is unknown in any other field of Resource", () => {
    for (const text of [
      "${aws:username}",
      "arn:aws:s3:::",
      "arn:aws:iam::${aws:SourceAccount}:role/x",
      "arn:aws:${aws:username}",
    ].filter((text) => text.includes("$")))
      expect([text, expandArnVariables(text, keys)]).toMatchObject([text, { state: "unknown" }]);
    expect(expandArnVariables("arn:aws:s3::${aws:PrincipalTag/path}:z", keys)).toMatchObject({
      state: "unknown",
    });
  });

  it("never shifts the fields of an ARN operator's value", () => {
    expect(expandVariables("arn:aws:iam::${aws:SourceAccount}:x", keys, "arn")).toHaveProperty("glob");
    expect(expandVariables("arn:aws:iam::${aws:PrincipalTag/path}:x", keys, "arn")).toMatchObject({
      state: "unknown",
    });
    const shifting = expandVariables("arn:aws:iam::${aws:SourceArn}:x", keys, "arn");
    expect(shifting).toEqual({ missing: "aws:SourceArn", state: "unknown" });
  });
});

describe("text with expanded variables", () => {
  const piece = fc.constantFrom("a", "b", "*", "?", "${k}", "${*}", "${?}");
  const short = fc.string({ unit: fc.constantFrom("a", "b", "*"), minLength: 1, maxLength: 3 });

  it("matches at most what the pattern of a key's value allows", () => {
    const like = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), like, short, short, (pieces, pattern, value, text) => {
        fc.pre(globMatches(parseGlob(pattern), value));
        const bound = expandVariables(pieces.join(""), keysOf({ k: { like: pattern } }));
        const exact = expandVariables(pieces.join(""), keysOf({ k: [value] }));
        if (!("glob" in exact)) throw new Error("missing");
        const atMost = "glob" in bound ? bound.glob : bound.atMost!;
        if (globMatches(exact.glob, text)) expect(globMatches(atMost, text)).toBe(true);
        if ("glob" in bound) expect(globMatches(bound.glob, text)).toBe(globMatches(exact.glob, text));
      }),
      { numRuns: runs(1000) },
    );
  });

  it("is expanded without throwing for arbitrary text", () => {
    const part = fc.constantFrom("$", "{", "}", ",", "'", " ", "*", "?", ":", "a", "${", "${a, '");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const expanded = expandArnVariables(parts.join(""), keys);
        expect("glob" in expanded || expanded.missing.length > 0).toBe(true);
      }),
    );
  });
});
