import type { KeyValues } from "../evaluation/decision.ts";
import { expand, type Missing } from "../evaluation/policy-variables.ts";
import type { Truth } from "../evaluation/ternary.ts";
import { globAutomaton } from "../match/automaton.ts";
import { ANY, foldCase, type Glob, isAscii, mapTexts, matchesPattern } from "../match/glob.ts";
import { explored } from "../match/regions.ts";
import { type Expectation, expectation, type TextComparison } from "./expectation.ts";

const equals: TextComparison = { kind: "literal" };
const equalsIgnoringCase: TextComparison = { kind: "literal", ignoresCase: true };
const like: TextComparison = { kind: "pattern" };
const arn: TextComparison = { kind: "arn" };

export const TEXTS: ReadonlyMap<string, TextComparison> = new Map([
  ["StringEquals", equals],
  ["StringNotEquals", equals],
  ["StringEqualsIgnoreCase", equalsIgnoringCase],
  ["StringNotEqualsIgnoreCase", equalsIgnoringCase],
  ["StringLike", like],
  ["StringNotLike", like],
  ["ArnEquals", arn],
  ["ArnLike", arn],
  ["ArnNotEquals", arn],
  ["ArnNotLike", arn],
]);

/** Whether the request's value matches; undefined when it should be an ARN and isn't. */
export function compareText(
  comparison: TextComparison,
  expected: string,
  actual: string,
  variables: KeyValues | undefined,
): Truth | undefined {
  if (comparison === equals && !mayHaveVariable(expected, variables)) return expected === actual;
  if (comparison === like && !mayHaveVariable(expected, variables)) return matchesPattern(expected, actual);
  const { tests, judge } = expectation(comparison, expected, variables);
  return judge(tests.map((test) => test.matches(actual)));
}

const mayHaveVariable = (text: string, variables: KeyValues | undefined): boolean =>
  variables !== undefined && text.includes("${");

/** The variables in the values that have no value or an unknown one. */
export const gapsOf = (
  { kind }: TextComparison,
  values: readonly string[],
  variables: KeyValues,
): readonly Missing[] =>
  values.flatMap((value) => {
    const expanded = value.includes("${") ? expand(value, variables, kind) : undefined;
    return expanded === undefined || "glob" in expanded ? [] : expanded;
  });

/** A policy may have hundreds of conditions, few of which need an expensive comparison. */
const MOST_STEPS = 50_000;

/**
 * Whether one of the values matches every string that `known` matches, or none does; `isNegated` inverts the
 * result. Exact, except for non-ASCII strings when case is ignored.
 */
export function compareAll(
  comparison: TextComparison,
  values: readonly string[],
  known: Glob,
  { variables, isNegated }: { variables: KeyValues | undefined; isNegated: boolean },
): Truth {
  const expectations = values.map((value) => expectation(comparison, value, variables));
  if (comparison.ignoresCase && ![known, ...values.map((value) => [value])].every(isAscii)) return "unknown";
  const subject = comparison.ignoresCase ? mapTexts(known, foldCase) : known;
  const tests = expectations.flatMap((each) => each.tests);
  const truths = new Set<Truth>();
  const regions = explored(
    globAutomaton(subject),
    tests.map((test) => test.automaton()),
    {
      steps: MOST_STEPS,
      isEnough: ({ matches }) =>
        truths.add(together(expectations, matches, isNegated)).size > 1 || truths.has("unknown"),
    },
  );
  const [only] = truths;
  return regions === "too-complex" || truths.size !== 1 ? "unknown" : only!;
}

/** Combines the results of all checks into whether any value matches. */
function together(
  expectations: readonly Expectation[],
  matches: readonly boolean[],
  isNegated: boolean,
): Truth {
  let at = 0;
  const truths = expectations.map(({ tests, judge }) => {
    at += tests.length;
    return settled(judge(matches.slice(at - tests.length, at)), isNegated);
  });
  if (truths.includes(true)) return !isNegated;
  return truths.includes("unknown") ? "unknown" : isNegated;
}

/** Values that can't be compared don't match. Whether a negated operator is met then isn't documented. */
export const settled = (truth: Truth | undefined, isNegated: boolean): Truth =>
  truth === undefined ? (isNegated ? "unknown" : false) : truth;

/** Matches every string: the possible values of an unknown key. */
export const ANYTHING: Glob = [ANY];
