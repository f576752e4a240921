import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Hole, PartialText } from "../../src/documents/partial.ts";
import { decidePattern, lengthRange } from "../../src/texts/decide.ts";
import { runs } from "../support/scale.ts";

const ACCOUNT: Hole = { source: "${AWS::AccountId}", domain: { pattern: "[0-9]{12}" } };
const ANY: Hole = { source: "${X}" };
const PARTITION: Hole = { source: "${AWS::Partition}", domain: { values: ["aws", "aws-cn", "aws-us-gov"] } };

const text = (...parts: readonly (string | Hole)[]): PartialText =>
  new PartialText(parts.map((part) => (typeof part === "string" ? part : part.source)).join(""), parts);

const ROLE = "^arn:(aws(|-cn|-us-gov|-iso[A-Za-z0-9_-]*|-eusc)):iam::([0-9]+):role/(\\S+)$";

describe("decidePattern()", () => {
  it.each([
    ["an ARN of a role in an unknown account", text("arn:aws:iam::", ACCOUNT, ":role/x"), ROLE, "always"],
    ["an ARN of a user in an unknown account", text("arn:aws:iam::", ACCOUNT, ":user/x"), ROLE, "never"],
    ["an ARN whose account may be anything", text("arn:aws:iam::", ANY, ":user/x"), ROLE, "depends"],
    ["an unknown partition of three", text("arn:", PARTITION, ":iam::1:role/x"), ROLE, "always"],
    ["an S3 URI that goes on", text("s3://lab/", ANY), "^s3://", "always"],
    ["a text that ends otherwise", text(ANY, ".csv"), "\\.json$", "never"],
    ["a pattern that is found inside", text(ANY, "abc", ANY), "abc", "always"],
    ["a pattern that only a hole may hold", text("a", ANY), "abc", "depends"],
    ["look-around, which is no regular language", text("a", ANY), "^(?=b)", "depends"],
    ["a long counted class", text("a\n", ANY), "^[^\\u0000\\u0085\\u2028\\u2029\\r\\n]{3,4357}$", "never"],
    ["a property of letters", text("a\u0000", ANY), "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", "never"],
  ] as const)("decides %s", (_, value, pattern, verdict) => {
    expect(decidePattern(value, pattern)).toBe(verdict);
  });

  const atom = fc.constantFrom("a", "b", "/", ":", "[ab]", "[^a]", ".", "(a|b:)", "(?:/a)", "\\w", "\\d");
  const quantified = fc
    .tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{2,}"))
    .map(([one, count]) => one + count);
  const pattern = fc
    .tuple(
      fc.constantFrom("", "^"),
      fc.array(quantified, { maxLength: 4 }),
      fc.constantFrom("", "|a$"),
      fc.constantFrom("", "$"),
    )
    .map(([start, parts, other, end]) => start + parts.join("") + other + end);
  const short = fc.string({ unit: fc.constantFrom("a", "b", "/", ":", "1", "\n"), maxLength: 4 });
  const hole = fc.constantFrom<Hole>(
    ANY,
    { source: "${D}", domain: { pattern: "[ab]{1,2}" } },
    { source: "${V}", domain: { values: ["a", "b:", ""] } },
  );
  const fits = ({ domain }: Hole, filling: string): boolean =>
    domain?.values?.includes(filling) ??
    (domain?.pattern === undefined || new RegExp(`^(?:${domain.pattern})$`).test(filling));

  it("is right for every filling that was tried", () => {
    let decided = 0;
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.oneof(short, hole), { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(short, { minLength: 4, maxLength: 4 }), { minLength: 10, maxLength: 10 }),
        (expression, parts, fillings) => {
          const verdict = decidePattern(text(...parts), expression);
          if (verdict === "depends") return;
          decided++;
          const regexp = new RegExp(expression, "u");
          for (const filling of fillings) {
            const values = parts.map((part, index) => (typeof part === "string" ? part : filling[index]!));
            if (parts.some((part, index) => typeof part !== "string" && !fits(part, values[index]!)))
              continue;
            expect(regexp.test(values.join("")), values.join("")).toBe(verdict === "always");
          }
        },
      ),
      { numRuns: runs(3000) },
    );
    expect(decided).toBeGreaterThan(runs(500));
  });
});

describe("lengthRange()", () => {
  it("adds what is known of each stretch", () => {
    expect(lengthRange(text("arn:", PARTITION, ":", ACCOUNT))).toEqual({ min: 20, max: 27 });
    expect(lengthRange(text("😀", ANY))).toEqual({ min: 1, max: Number.POSITIVE_INFINITY });
  });
});
