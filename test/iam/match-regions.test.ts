import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArnGlob, arnMatches, parseArnGlob } from "../../src/iam/match/arn.ts";
import { globMatches, parseGlob } from "../../src/iam/match/glob.ts";
import { compareArnGlobs, compareGlobs, findRegions, type Region } from "../../src/iam/match/regions.ts";
import { runs } from "../support/scale.ts";

/** All strings over the letters, up to the given length. */
function* textsOver(letters: string, longest: number): Generator<string> {
  yield "";
  if (longest === 0) return;
  for (const start of textsOver(letters, longest - 1)) for (const letter of letters) yield start + letter;
}

const regions = (subject: string, ...others: string[]): readonly Region[] => {
  const found = findRegions(parseArnGlob(subject), others.map(parseArnGlob));
  if (found === "too-complex") throw new Error("too complex");
  return found;
};

const shown = (found: readonly Region[]) =>
  found.map(({ matches, example }) => `${matches.map((is) => (is ? "+" : "-")).join("")} ${example}`).sort();

describe("regions of a pattern", () => {
  it("are a single one for a literal subject", () => {
    expect(regions("arn:aws:s3:::b/a", "arn:aws:s3:::b/*", "arn:aws:s3:::c/*", "*")).toEqual([
      { matches: [true, false, true], example: "arn:aws:s3:::b/a" },
    ]);
  });

  it("separate the granted part of a requirement from the rest", () => {
    expect(shown(regions("arn:aws:s3:::reports/*", "arn:aws:s3:::reports/p/*"))).toEqual([
      "+ arn:aws:s3:::reports/p/x",
      "- arn:aws:s3:::reports/x",
    ]);
    expect(shown(regions("arn:aws:s3:::reports/*", "arn:aws:s3:::rep*"))).toEqual([
      "+ arn:aws:s3:::reports/x",
    ]);
    expect(shown(regions("arn:aws:s3:::reports/*", "arn:aws:s3:::reports"))).toEqual([
      "- arn:aws:s3:::reports/x",
    ]);
  });

  it("show that several patterns together cover the subject", () => {
    const found = regions("arn:aws:s3:::b?", "arn:aws:s3:::b", "arn:aws:s3:::b?", "arn:aws:s3:::*a");
    expect(shown(found)).toEqual(["-++ arn:aws:s3:::ba", "-+- arn:aws:s3:::bx"]);
  });

  it("respect that a wildcard within a field matches no colon", () => {
    expect(shown(regions("arn:aws:iam::*:role/x", "arn:aws:iam::1*:role/x"))).toEqual([
      "+ arn:aws:iam::1x:role/x",
      "- arn:aws:iam::x:role/x",
    ]);
    expect(compareArnGlobs(parseArnGlob("arn:aws:s3:::*"), parseArnGlob("arn:aws:s3:*:*:b"))).toBe(
      "overlaps",
    );
    expect(compareArnGlobs(parseArnGlob("arn:aws:s3:*:*:*"), parseArnGlob("arn:aws:s3:::b:c/*"))).toBe(
      "within",
    );
    expect(compareArnGlobs(parseArnGlob("arn:*:*:*:x:y"), parseArnGlob("arn:*:*:*:*:x:y"))).toBe("apart");
  });

  it("have a stable order, and examples that agree with their matches", () => {
    const patterns = ["arn:aws:s3:::b/*.csv", "arn:aws:s3:::b/tmp/*", "arn:aws:s3:::b/?", "*"];
    const found = regions("arn:aws:s3:::b/*", ...patterns);
    expect(regions("arn:aws:s3:::b/*", ...patterns)).toEqual(found);
    for (const { matches, example } of found)
      expect(patterns.map((pattern) => arnMatches(parseArnGlob(pattern), example))).toEqual(matches);
  });

  it("are too complex rather than unbounded in time", () => {
    const wide = `arn:aws:s3:::*a${"?".repeat(40)}`;
    expect(findRegions(parseArnGlob("arn:aws:s3:::*"), [parseArnGlob(wide)])).toBe("too-complex");
    const words = Array.from({ length: 40 }, (_, at) => parseArnGlob(`arn:aws:s3:::*word${at}x*`));
    expect(findRegions(parseArnGlob("arn:aws:s3:::*"), words)).toBe("too-complex");
    expect(compareGlobs(parseGlob(`*a${"?".repeat(40)}`), parseGlob("*"))).toBe("overlaps");
  });

  it("handle as many patterns as real policies have", () => {
    const buckets = Array.from({ length: 60 }, (_, at) => parseArnGlob(`arn:aws:s3:::team-${at}/data/*`));
    expect(findRegions(parseArnGlob("arn:aws:s3:::team-7/*"), buckets)).toHaveLength(2);
    expect(findRegions(parseArnGlob("*"), buckets)).toHaveLength(61);
  });
});

describe("relation of two patterns", () => {
  it("is within, apart or overlaps", () => {
    const rows: [string, string, string][] = [
      ["*", "*", "within"],
      ["a*", "a", "within"],
      ["a*", "b", "apart"],
      ["a*", "ab*", "within"],
      ["ab*", "a*", "overlaps"],
      ["a*", "b*", "apart"],
      ["*a", "a*", "overlaps"],
      ["?*", "*", "overlaps"],
      ["*?", "?*", "within"],
      ["a:*:d", "a:b:c:d", "within"],
    ];
    for (const [outer, inner, wanted] of rows)
      expect([outer, inner, compareGlobs(parseGlob(outer), parseGlob(inner))]).toEqual([
        outer,
        inner,
        wanted,
      ]);
  });
});

describe("regions compared with all short strings", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });

  it("give the relation that the strings show", () => {
    // `x` represents all letters that no pattern names. Two patterns that overlap do so on a string of at
    // most both lengths.
    const texts = [...textsOver("abx", 8)];
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        const [out, inn] = [parseGlob(outer), parseGlob(inner)];
        const seen = new Set(
          texts.filter((text) => globMatches(inn, text)).map((text) => globMatches(out, text)),
        );
        const wanted = seen.size > 1 ? "overlaps" : seen.has(true) ? "within" : "apart";
        expect([outer, inner, compareGlobs(out, inn)]).toEqual([outer, inner, wanted]);
      }),
      { numRuns: runs(300) },
    );
  });

  // The last field begins after five colons, so short strings leave room for two letters: one that patterns
  // name, and one that represents all others.
  const field = fc.string({ unit: fc.constantFrom("a", "*", "?"), maxLength: 2 });
  const rest = fc.string({ unit: fc.constantFrom("a", ":", "*", "?"), maxLength: 3 });
  const arn = fc
    .tuple(fc.array(field, { minLength: 1, maxLength: 5 }), fc.option(rest))
    .map(([fields, last]) => [...fields, ...(last === null ? [] : [last])].join(":"));
  const glob: fc.Arbitrary<ArnGlob> = fc
    .oneof({ weight: 6, arbitrary: arn }, { weight: 1, arbitrary: fc.constant("*") })
    .map(parseArnGlob);
  const arns = [...textsOver("ax:", 9)].filter((text) => text.length < 6 || text.split(":").length > 4);

  it("give the combinations that the strings show, for ARNs", () => {
    fc.assert(
      fc.property(glob, fc.array(glob, { maxLength: 3 }), (subject, others) => {
        const found = findRegions(subject, others);
        if (found === "too-complex") throw new Error("too complex");
        const matchesOf = (text: string) => String(others.map((other) => arnMatches(other, text)));
        const got = new Set(found.map(({ matches }) => String(matches)));
        expect(got.size).toBe(found.length);
        for (const { matches, example } of found) {
          expect(arnMatches(subject, example)).toBe(true);
          expect(matchesOf(example)).toBe(String(matches));
        }
        // Every combination that a string has is found, and every combination found has an example.
        for (const text of arns)
          if (arnMatches(subject, text) && !got.has(matchesOf(text)))
            expect([text, matchesOf(text)]).toBe("found");
      }),
      { numRuns: runs(60) },
    );
  });

  it("agree with arnMatches for a literal subject", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...arns.filter((text) => text.split(":").length > 5)),
        glob,
        (text, other) => {
          expect(findRegions(parseArnGlob([text]), [other])).toEqual([
            { matches: [arnMatches(other, text)], example: text },
          ]);
        },
      ),
    );
  });
});
