import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateCondition } from "../../src/iam/conditions/evaluate.ts";
import { BASE_OPERATORS, parseOperator } from "../../src/iam/conditions/operators.ts";
import type { KeyState } from "../../src/iam/evaluation/decision.ts";
import { globMatches, parseGlob } from "../../src/iam/match/glob.ts";
import { runs } from "../support/scale.ts";
import { createCondition, evaluateOnKey, formatResult, keyValuesFrom } from "./conditions-support.ts";

const OPERATORS = BASE_OPERATORS.flatMap((base) =>
  ["", "ForAllValues:", "ForAnyValue:"].flatMap((prefix) => [`${prefix}${base}`, `${prefix}${base}IfExists`]),
).filter((name) => parseOperator(name) !== undefined);

const operator = fc.constantFrom(...OPERATORS);
const isPlain = (name: string) => !name.includes(":");

/** Values to which some operator gives a meaning, and short strings over few letters, which match often. */
const letters = fc.string({ unit: fc.constantFrom("a", "b", "A"), maxLength: 3 });
const meaningful = fc.constantFrom(
  "true",
  "False",
  "5",
  "5.0",
  "0x5",
  "2020-01-01T00:00:00Z",
  "2020",
  "1577836800",
  "10.0.0.1",
  "::1",
  "QUJD",
  "arn:aws:s3:::b",
  "arn:aws:s3:::b/c:d",
  "",
  "ä",
);
const actual = fc.oneof(letters, meaningful);
const expected = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 }),
  meaningful,
  fc.constantFrom("10.0.0.0/8", "::/0", "arn:aws:s3:::*", "arn:*", "${v}", "a${v}", "${v, 'a'}", "${*}"),
);
const values = fc.array(expected, { maxLength: 3 });
const known: fc.Arbitrary<KeyState> = fc.oneof(
  fc.constant("absent" as const),
  fc.array(actual, { maxLength: 3 }),
);
const like = fc
  .oneof(
    fc.string({ unit: fc.constantFrom("a", "b", "A", "*", "?"), maxLength: 3 }),
    fc.constantFrom("arn:aws:s3:::*", "*", "1*"),
  )
  .map((pattern) => ({ like: pattern }));
const state: fc.Arbitrary<KeyState> = fc.oneof(known, like, fc.constant("unknown" as const));

describe("evaluateCondition()", () => {
  it("ignores the case of the key and of keys in variables", () => {
    fc.assert(
      fc.property(operator, values, state, state, (name, wanted, k, v) => {
        const keys = keyValuesFrom({ k, v });
        const result = formatResult(evaluateCondition(createCondition(name, "k", ...wanted), keys, true));
        const upper = wanted.map((value) => value.replaceAll("${v", "${V"));
        const other = formatResult(evaluateCondition(createCondition(name, "K", ...upper), keys, true));
        expect(other.toLowerCase()).toBe(result.toLowerCase());
      }),
    );
  });

  it("keeps a result reached without the key for every state of the key", () => {
    fc.assert(
      fc.property(operator, values, known, state, (name, wanted, value, v) => {
        // A plain operator on several values is never decided, since it is for single-valued keys.
        fc.pre(!isPlain(name) || name === "Null" || !Array.isArray(value) || value.length < 2);
        const open = evaluateOnKey(name, wanted, "unknown", { v });
        if (!open.startsWith("unknown")) expect(evaluateOnKey(name, wanted, value, { v })).toBe(open);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("keeps a result reached from a pattern for every value that the pattern matches", () => {
    fc.assert(
      fc.property(operator, values, like, actual, state, (name, wanted, pattern, value, v) => {
        fc.pre(globMatches(parseGlob(pattern.like), value));
        const open = evaluateOnKey(name, wanted, pattern, { v });
        if (!open.startsWith("unknown")) expect(evaluateOnKey(name, wanted, [value], { v })).toBe(open);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("keeps a result reached without a variable for every value of the variable", () => {
    const open = fc.oneof(like, fc.constant("unknown" as const));
    fc.assert(
      fc.property(operator, values, state, open, known, (name, wanted, k, pattern, v) => {
        fc.pre(
          typeof pattern === "string" ||
            (Array.isArray(v) && v.length === 1 && globMatches(parseGlob(pattern.like), v[0]!)),
        );
        const result = evaluateOnKey(name, wanted, k, { v: pattern });
        if (!result.startsWith("unknown")) expect(evaluateOnKey(name, wanted, k, { v })).toBe(result);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("is unknown only if two states of the key give different results", () => {
    const texts = (longest: number): string[] =>
      longest === 0
        ? [""]
        : ["", ...texts(longest - 1).flatMap((text) => ["a", "b", "c"].map((letter) => letter + text))];
    const all = [...new Set(texts(5))];
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 });
    const text = fc.constantFrom(...OPERATORS.filter((name) => /String(?!\w*Ignore)/.test(name)));
    fc.assert(
      fc.property(text, fc.array(pattern, { maxLength: 2 }), fc.option(pattern), (name, wanted, bound) => {
        const open: KeyState = bound === null ? "unknown" : { like: bound };
        if (!evaluateOnKey(name, wanted, open).startsWith("unknown")) return;
        const states: KeyState[] = [...all, ...wanted]
          .filter((value) => bound === null || globMatches(parseGlob(bound), value))
          .map((value) => [value]);
        if (bound === null) states.push("absent");
        const results = new Set(states.map((one) => evaluateOnKey(name, wanted, one)));
        // For a quantifier, the empty string itself may be the reason for an unknown result.
        expect([name, wanted, open, results.size > 1 || results.has("unknown: k")]).toEqual([
          name,
          wanted,
          open,
          true,
        ]);
      }),
      { numRuns: runs(300) },
    );
  });

  it("gives the opposite result for the negated operator when the key has a value", () => {
    const pairs = fc.constantFrom(
      ["StringEquals", "StringNotEquals"],
      ["StringLike", "StringNotLike"],
      ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
      ["NumericEquals", "NumericNotEquals"],
      ["DateEquals", "DateNotEquals"],
      ["IpAddress", "NotIpAddress"],
      ["ArnLike", "ArnNotLike"],
    );
    const opposite: Record<string, string> = { met: "unmet", unmet: "met" };
    fc.assert(
      fc.property(
        pairs,
        fc.array(
          expected.filter((text) => !text.includes("$")),
          { maxLength: 3 },
        ),
        actual,
        ([is, not], wanted, value) => {
          const [one, other] = [evaluateOnKey(is!, wanted, [value]), evaluateOnKey(not!, wanted, [value])];
          // A malformed value matches nothing, and isn't known to differ.
          if (!other.startsWith("unknown")) expect(one).toBe(opposite[other]);
          if (one === "met") expect(other).toBe("unmet");
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it("terminates without throwing for arbitrary values", () => {
    const anything = fc.oneof(fc.string(), fc.string({ unit: "binary" }), expected);
    fc.assert(
      fc.property(
        operator,
        fc.array(anything, { maxLength: 4 }),
        fc.oneof(
          state,
          fc.array(anything),
          anything.map((text) => ({ like: text })),
        ),
        (name, wanted, k) => {
          expect(evaluateOnKey(name, wanted, k)).toMatch(/^(?:met|unmet|unknown: .*)$/s);
        },
      ),
    );
    const long = "a?*".repeat(2000);
    expect(evaluateOnKey("StringLike", [long, `${long}b`], { like: `*${long}` })).toMatch(
      /^(?:met|unmet|unknown: k)$/,
    );
    expect(evaluateOnKey("IpAddress", ":".repeat(10_000), ["::1"])).toBe("unmet");
    expect(evaluateOnKey("DateEquals", "1".repeat(50_000), ["1"])).toBe("unknown: k");
    expect(evaluateOnKey("DateEquals", `20200401T0000${" ".repeat(50_000)}x`, ["1"])).toBe("unmet");
    expect(evaluateOnKey("NumericEquals", `${" ".repeat(50_000)}x`, ["1"])).toBe("unmet");
  });
});
