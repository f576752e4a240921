import type { KeyValues } from "../evaluation/decision.ts";
import { expandVariables, type UnresolvedText } from "../evaluation/policy-variables.ts";
import type { Ternary } from "../evaluation/ternary.ts";
import { createGlobAutomaton } from "../match/automaton.ts";
import { ANY, foldCase, type Glob, isAsciiGlob, mapTexts, matchesPattern } from "../match/glob.ts";
import { exploreRegions } from "../match/regions.ts";
import { createExpectation, type Expectation, type TextComparison } from "./expectation.ts";

const equals: TextComparison = { kind: "literal" };
const equalsIgnoringCase: TextComparison = { kind: "literal", ignoresCase: true };
const like: TextComparison = { kind: "pattern" };
const arn: TextComparison = { kind: "arn" };

export const TEXT_COMPARISONS: ReadonlyMap<string, TextComparison> = new Map([
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
): Ternary | undefined {
  if (comparison === equals && !mayHaveVariable(expected, variables)) return expected === actual;
  if (comparison === like && !mayHaveVariable(expected, variables)) return matchesPattern(expected, actual);
  const { tests, evaluate: judge } = createExpectation(comparison, expected, variables);
  return judge(tests.map((test) => test.matches(actual)));
}

const mayHaveVariable = (text: string, variables: KeyValues | undefined): boolean =>
  variables !== undefined && text.includes("${");

/** The variables in the values that have no value or an unknown one. */
export const findUnresolvedVariables = (
  { kind }: TextComparison,
  values: readonly string[],
  variables: KeyValues,
): readonly UnresolvedText[] =>
  values.flatMap((value) => {
    const expanded = value.includes("${") ? expandVariables(value, variables, kind) : undefined;
    return expanded === undefined || "glob" in expanded ? [] : expanded;
  });

/** A policy may have hundreds of conditions, few of which need an expensive comparison. */
const MAX_COMPARE_STEPS = 50_000;

/**
 * Whether one of the values matches every string that `known` matches, or none does; `isNegated` inverts the
 * result. Exact, except for non-ASCII strings when case is ignored.
 */
export function compareTextPattern(
  comparison: TextComparison,
  values: readonly string[],
  known: Glob,
  { variables, isNegated }: { variables: KeyValues | undefined; isNegated: boolean },
): Ternary {
  const expectations = values.map((value) => createExpectation(comparison, value, variables));
  if (comparison.ignoresCase && ![known, ...values.map((value) => [value])].every(isAsciiGlob))
    return "unknown";
  const subject = comparison.ignoresCase ? mapTexts(known, foldCase) : known;
  const tests = expectations.flatMap((each) => each.tests);
  const truths = new Set<Ternary>();
  const regions = exploreRegions(
    createGlobAutomaton(subject),
    tests.map((test) => test.createAutomaton()),
    {
      steps: MAX_COMPARE_STEPS,
      isEnough: ({ matches }) =>
        truths.add(combineExpectations(expectations, matches, isNegated)).size > 1 || truths.has("unknown"),
    },
  );
  const [only] = truths;
  return regions === "too-complex" || truths.size !== 1 ? "unknown" : only!;
}

/** Combines the results of all checks into whether any value matches. */
function combineExpectations(
  expectations: readonly Expectation[],
  matches: readonly boolean[],
  isNegated: boolean,
): Ternary {
  let at = 0;
  const truths = expectations.map(({ tests, evaluate: judge }) => {
    at += tests.length;
    return settleComparison(judge(matches.slice(at - tests.length, at)), isNegated);
  });
  if (truths.includes(true)) return !isNegated;
  return truths.includes("unknown") ? "unknown" : isNegated;
}

/** Values that can't be compared don't match. Whether a negated operator is met then isn't documented. */
export const settleComparison = (truth: Ternary | undefined, isNegated: boolean): Ternary =>
  truth === undefined ? (isNegated ? "unknown" : false) : truth;

/** Matches every string: the possible values of an unknown key. */
export const ANY_TEXT: Glob = [ANY];
