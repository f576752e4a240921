import type { KeyValues } from "../evaluation/decision.ts";
import { expandVariables, type TextKind } from "../evaluation/policy-variables.ts";
import type { Ternary } from "../evaluation/ternary.ts";
import { ARN_FIELD_COUNT, type ArnGlob, arnMatches, parseArnGlob, splitFields } from "../match/arn.ts";
import { type Automaton, createArnAutomaton, createGlobAutomaton } from "../match/automaton.ts";
import { foldCase, type Glob, globMatches, mapTexts, parseGlob } from "../match/glob.ts";

/** How strings are compared. */
export interface TextComparison {
  kind: Exclude<TextKind, "resource">;
  ignoresCase?: true;
}

/** A single check on the request's value. */
interface TextTest {
  matches(text: string): boolean;
  createAutomaton(): Automaton;
}

/** The checks that a policy value implies for a string, and what their results mean. */
export interface Expectation {
  tests: readonly TextTest[];
  /** Undefined: the request's value or the policy's should be an ARN and isn't. */
  evaluate(matches: readonly boolean[]): Ternary | undefined;
}

/** Builds the expectation of a policy value. Variables are expanded if `variables` is given. */
export function createExpectation(
  comparison: TextComparison,
  value: string,
  variables: KeyValues | undefined,
): Expectation {
  const expanded = variables === undefined ? undefined : expandVariables(value, variables, comparison.kind);
  if (expanded === undefined)
    return expectGlob(comparison, comparison.kind === "literal" ? [value] : parseGlob(value));
  if ("glob" in expanded) return expectGlob(comparison, expanded.glob);
  if (expanded.state === "absent") return { tests: [], evaluate: () => false };
  if (expanded.atMost === undefined) return { tests: [], evaluate: () => "unknown" };
  const { tests, evaluate: judge } = expectGlob(comparison, expanded.atMost);
  const weakened = (truth: Ternary | undefined) => (truth === true ? "unknown" : truth);
  return { tests, evaluate: (matches) => weakened(judge(matches)) };
}

function expectGlob({ kind, ignoresCase }: TextComparison, glob: Glob): Expectation {
  if (kind === "arn") return expectArn(glob);
  if (ignoresCase) return expectIgnoringCase(glob);
  return { tests: [createGlobTest(glob)], evaluate: ([isMatch]) => isMatch };
}

const createGlobTest = (glob: Glob): TextTest => ({
  matches: (text) => globMatches(glob, text),
  createAutomaton: () => createGlobAutomaton(glob),
});

const createArnTest = (glob: ArnGlob): TextTest => ({
  matches: (text) => arnMatches(glob, text),
  createAutomaton: () => createArnAutomaton(glob),
});

const ARN_TEST = createArnTest(parseArnGlob("*:*:*:*:*:*"));

/**
 * IAM user guide, "ARN condition operators": each of the six fields is compared separately. The guide doesn't
 * define patterns and values with fewer fields, so a match of those is unknown.
 */
function expectArn(glob: Glob): Expectation {
  return splitFields(glob).length === ARN_FIELD_COUNT
    ? {
        tests: [createArnTest(parseArnGlob(glob)), ARN_TEST],
        evaluate: ([isMatch, isArn]) => (isMatch ? true : isArn ? false : undefined),
      }
    : {
        tests: [createArnTest(parseArnGlob(glob)), createGlobTest(glob)],
        evaluate: (matches) => (matches.includes(true) ? "unknown" : undefined),
      };
}

/** ASCII letters are certain to be folded; which other letters IAM folds isn't documented. */
function expectIgnoringCase(glob: Glob): Expectation {
  const folded = mapTexts(glob, foldCase);
  return {
    tests: [
      createFoldedTest(folded, foldCase),
      createFoldedTest(folded, foldToLower),
      createFoldedTest(folded, foldToUpper),
    ],
    evaluate: ([isSame, isLower, isUpper]) => (isSame ? true : isLower || isUpper ? "unknown" : false),
  };
}

/** Compares with both sides folded. The automaton expects folded ASCII, on which all foldings agree. */
const createFoldedTest = (folded: Glob, fold: (text: string) => string): TextTest => ({
  matches: (text) => globMatches(mapTexts(folded, fold), fold(text)),
  createAutomaton: () => createGlobAutomaton(folded),
});

const foldToLower = (text: string): string => text.toLowerCase();
const foldToUpper = (text: string): string => text.toUpperCase();
