import { RE2JS } from "@bufbuild/re2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSimplePattern } from "../../src/rules/compile/patterns.ts";
import { runs } from "../support/scale.ts";

const SIMPLE = [
  "^(s3[an]?|https?|file|arn):",
  "(-s3alias|--ol-s3|[.]mrap)$|[*?]",
  "(^|/)[.][.]?(/|$)",
  "^2[.]10([.]|$)",
  "^[A-Za-z0-9][A-Za-z0-9._-]*$",
  "^[A-Za-z0-9][A-Za-z0-9._-]{2,}$",
  "^[0-9]{12}$",
  "\\.json$",
];

describe("isSimplePattern()", () => {
  it.each(SIMPLE)("is true of %s, for which JavaScript gives what RE2 gives", (pattern) => {
    expect(isSimplePattern(pattern)).toBe(true);
    const [native, re2] = [new RegExp(pattern), RE2JS.compile(pattern)];
    const piece = fc.constantFrom(
      "s3",
      "arn",
      "https",
      ":",
      "/",
      ".",
      "..",
      "-",
      "a",
      "Z",
      "0",
      "\n",
      "\r",
      "\u2028",
      "\ud800",
      "\u{1f600}",
      "é",
      "*",
      "--ol-s3",
      "2.10",
      "",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          expect(native.test(text)).toBe(re2.test(text));
        },
      ),
      { numRuns: runs(5000) },
    );
  });

  it.each([
    "(a+)+$",
    "a{0,99}a{0,99}b",
    "^a?a?a?a?a?a?a?a?a?a?a?b",
    "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b",
    "[a-z]+$",
    "^a*b*$",
    "^(a|b*)c",
    "^(ab)*c",
    ".",
    "[^a]",
    "\\s",
    "\\d",
    "\\bx",
    "(?i)x",
    "(?=x)",
    "(?<n>x)",
    "x*?",
    "é",
    "[é]",
    "[.](eusc|[a-z]{2})(-[a-z]+)+-[0-9]+[.]",
    "[a",
    "a{2}{3}",
    "(",
  ])("is false of %s", (pattern) => {
    expect(isSimplePattern(pattern)).toBe(false);
  });
});
