import type { KeyValues } from "../evaluation/decision.ts";
import { expand, type TextKind } from "../evaluation/policy-variables.ts";
import type { Truth } from "../evaluation/ternary.ts";
import { type ArnGlob, arnGlob, arnMatches, FIELDS, fieldsOf } from "../match/arn.ts";
import { type Automaton, arnAutomaton, globAutomaton } from "../match/automaton.ts";
import { foldCase, type Glob, globMatches, mapTexts, parseGlob } from "../match/glob.ts";

/** How strings are compared. */
export interface TextComparison {
  kind: Exclude<TextKind, "resource">;
  ignoresCase?: true;
}

/** A single check on the request's value. */
interface Test {
  matches(text: string): boolean;
  automaton(): Automaton;
}

/** The checks that a policy value implies for a string, and what their results mean. */
export interface Expectation {
  tests: readonly Test[];
  /** Undefined: the request's value or the policy's should be an ARN and isn't. */
  judge(matches: readonly boolean[]): Truth | undefined;
}

/** Builds the expectation of a policy value. Variables are expanded if `variables` is given. */
export function expectation(
  comparison: TextComparison,
  value: string,
  variables: KeyValues | undefined,
): Expectation {
  const expanded = variables === undefined ? undefined : expand(value, variables, comparison.kind);
  if (expanded === undefined)
    return asked(comparison, comparison.kind === "literal" ? [value] : parseGlob(value));
  if ("glob" in expanded) return asked(comparison, expanded.glob);
  if (expanded.state === "absent") return { tests: [], judge: () => false };
  if (expanded.atMost === undefined) return { tests: [], judge: () => "unknown" };
  const { tests, judge } = asked(comparison, expanded.atMost);
  const weakened = (truth: Truth | undefined) => (truth === true ? "unknown" : truth);
  return { tests, judge: (matches) => weakened(judge(matches)) };
}

function asked({ kind, ignoresCase }: TextComparison, glob: Glob): Expectation {
  if (kind === "arn") return askedOfArn(glob);
  if (ignoresCase) return askedIgnoringCase(glob);
  return { tests: [globTest(glob)], judge: ([isMatch]) => isMatch };
}

const globTest = (glob: Glob): Test => ({
  matches: (text) => globMatches(glob, text),
  automaton: () => globAutomaton(glob),
});

const arnTest = (glob: ArnGlob): Test => ({
  matches: (text) => arnMatches(glob, text),
  automaton: () => arnAutomaton(glob),
});

const isArn = arnTest(arnGlob("*:*:*:*:*:*"));

/**
 * IAM user guide, "ARN condition operators": each of the six fields is compared separately. The guide doesn't
 * define patterns and values with fewer fields, so a match of those is unknown.
 */
function askedOfArn(glob: Glob): Expectation {
  return fieldsOf(glob).length === FIELDS
    ? {
        tests: [arnTest(arnGlob(glob)), isArn],
        judge: ([isMatch, isArn]) => (isMatch ? true : isArn ? false : undefined),
      }
    : {
        tests: [arnTest(arnGlob(glob)), globTest(glob)],
        judge: (matches) => (matches.includes(true) ? "unknown" : undefined),
      };
}

/** ASCII letters are certain to be folded; which other letters IAM folds isn't documented. */
function askedIgnoringCase(glob: Glob): Expectation {
  const folded = mapTexts(glob, foldCase);
  return {
    tests: [foldedTest(folded, foldCase), foldedTest(folded, lower), foldedTest(folded, upper)],
    judge: ([isSame, isLower, isUpper]) => (isSame ? true : isLower || isUpper ? "unknown" : false),
  };
}

/** Compares with both sides folded. The automaton expects folded ASCII, on which all foldings agree. */
const foldedTest = (folded: Glob, fold: (text: string) => string): Test => ({
  matches: (text) => globMatches(mapTexts(folded, fold), fold(text)),
  automaton: () => globAutomaton(folded),
});

const lower = (text: string): string => text.toLowerCase();
const upper = (text: string): string => text.toUpperCase();
